"""The course's files, read once, and the parts of their texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "fixtures"


def read(name: str) -> Any:
    return yaml.load((FOLDER / name).read_bytes(), Loader=yaml.CSafeLoader)


COURSE = read("course.yaml")
LESSONS: dict[str, dict[str, Any]] = {
    f"{track['slug']}/{slug}": read(f"{track['slug']}/{slug}.yaml")
    for track in COURSE["tracks"]
    for slug in track["lessons"]
}
QUESTIONS = [
    (f"{key}/{question['slug']}", question)
    for key, lesson in LESSONS.items()
    for question in lesson["questions"]
]

every_lesson = pytest.mark.parametrize("key", LESSONS)

FENCE = re.compile(r"^( *)```(\w*)[ ]?([^\n`]*)\n(.*?)^\1```[ ]*$", re.MULTILINE | re.DOTALL)
PICTURE = re.compile(r'!\[([^\]]*)\]\(([^\s)]+)(?: "([^"]*)")?\)')
LINK = re.compile(r"\]\((/[^\s)]*)\)")


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block: its language, what stands behind that, and its lines."""

    language: str
    mark: str
    source: str


def code_in(text: str) -> list[Code]:
    return [Code(found[2], found[3].strip(), found[4]) for found in FENCE.finditer(text)]


def texts_of(key: str) -> Iterator[tuple[str, str]]:
    """Each text of a lesson that is read as one, with its name."""
    lesson = LESSONS[key]
    yield "introduction", lesson["introduction"]
    for concept in lesson["concepts"]:
        yield concept["slug"], concept["body"]
    for name, text in lesson["exercise"].items():
        yield f"exercise: {name}", text
    for question in lesson["questions"]:
        yield f"{question['slug']}: prompt", question["prompt"]
        yield f"{question['slug']}: explanation", question["explanation"]


def prose(markdown: str) -> str:
    """What a reader reads as words: no code, formulas, addresses, marks or tables."""
    text = FENCE.sub("", markdown)
    text = re.sub(r"\$\$.*?\$\$", " ", text, flags=re.DOTALL)
    text = re.sub(r"^\s*(\|.*|:::.*|#+ .*)$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\$[^$\n]*\$|`[^`\n]*`", " it ", text)
    return re.sub(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[\[\]*]", "", text)


def words(markdown: str) -> int:
    """How many words a reader reads: no code, no formulas, no addresses."""
    text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)", " ", FENCE.sub(" ", markdown), flags=re.S)
    return len(re.findall(r"[A-Za-z0-9][\w'’-]*", text))
