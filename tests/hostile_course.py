"""A course whose every field is hostile, as files that `load_course` takes."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from courses.content.glossary import NAME as NAMES
from courses.content.glossary import same_name
from courses.content.shapes import problems_of_value
from courses.markdown import validate_markdown
from tests.hostile import NAME, generated, markdown, name, names, texts
from tests.quiz_factories import PAYLOADS

SLUG = "hostile"
KINDS = ("video", "article", "paper", "documentation", "course", "book", "repository", "tool")
ADDRESS = "https://example.org/{}?'><img%20src=x%20onerror=ran()>"
# Words that hostile texts are made of.
LINKED = ("script", "ran", "img", "svg onload", "alert", "example.org", "href", "onerror")
# The keys of a payload that hold an author's words, wherever they stand in it.
WORDS = {"feedback", "model_answer", "criteria", "false", "true", "unit"}


def is_readable(text: str) -> bool:
    """Whether authors may write it at all; what is refused never reaches a reader."""
    try:
        validate_markdown(text)
    except ValidationError:
        return False
    return True


@cache
def bodies(seed: int) -> list[str]:
    """Every vector and some generated ones; another seed has them in another order."""
    known = markdown()
    at = seed * 11 % len(known)
    parts = [*known[at:], *known[:at], *generated(Random(seed), 120)]
    return [
        text for text in texts(part for part in parts if is_readable(part)) if is_readable(text)
    ]


def write(root: Path, seed: int = 0) -> int:
    """Write the course under `root`, another seed with other words; says how many texts it has."""
    found = names()
    at = seed * 11 % len(found)
    one = islice(cycle(found), at, None)
    many = bodies(seed)
    save(root / "course.yaml", course(one))
    save(root / "notebooks.yaml", {"notebooks": [notebook(n, one) for n in range(8)]})
    save(root / "glossary.yaml", {"terms": terms(one)})
    save(root / "evil" / "lesson.yaml", lesson(many, one))
    save(root / "evil" / "later.yaml", {**lesson(many[:1], one), "title": NAME, "questions": []})
    return len(many)


def save(file: Path, data: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    file.write_text(text.replace("\\x01", ""), "utf-8")  # refused in files, as in fields


def course(one: Iterator[str]) -> dict[str, Any]:
    track = {
        "slug": "evil",
        "title": name(),
        "tagline": name(75),
        "summary": " ".join(next(one) for _ in range(9)),
        "lessons": ["lesson", "later"],
    }
    summary = " ".join(next(one) for _ in range(9))
    return {"slug": SLUG, "title": name(), "summary": summary, "tracks": [track]}


def notebook(number: int, one: Iterator[str]) -> dict[str, Any]:
    return {
        "slug": f"n-{number}",
        "category": name(75) if number < 4 else f"{NAME} {number}",
        "title": next(one),
        "description": next(one),
        "colab": ADDRESS.format(number),
        "article": ADDRESS.format(number),
        "lessons": ["evil/lesson"],
    }


def terms(one: Iterator[str]) -> list[dict[str, Any]]:
    """Names that a term may have, and words that stand in hostile texts, which become links."""
    known = {same_name(word): word for word in (*names()[::8], *LINKED) if is_name(word)}
    return [
        {"slug": f"t-{number}", "term": word, "definition": readable(one)}
        for number, word in enumerate(known.values())
    ]


def is_name(word: str) -> bool:
    return not list(problems_of_value(word, NAMES))


def lesson(texts: list[str], one: Iterator[str]) -> dict[str, Any]:
    return {
        "title": name(),
        "summary": " ".join(next(one) for _ in range(6)),
        "minutes": 5,
        "outcomes": [readable(one)[:200] for _ in range(8)],
        "introduction": texts[0],
        "exercise": {"task": seen(texts[0]), "answer": seen(texts[-1])},
        "concepts": [concept(number, text, one) for number, text in enumerate(texts)],
        "references": [reference(number, one) for number in range(40)],
        "questions": [
            question(kind, payload, texts[at % len(texts)], one)
            for at, (kind, payload) in enumerate(PAYLOADS.items())
        ],
    }


def seen(text: str) -> str:
    """Without what the form refuses where a test leaves it as it is."""
    return "".join(sign for sign in text if sign >= " " or sign == "\n")


def concept(number: int, text: str, one: Iterator[str]) -> dict[str, Any]:
    fact = readable(one)
    return {
        "slug": f"c-{number}",
        "name": name() if number == 0 else next(one),
        "claim": next(one),
        "needs": [f"c-{before}" for before in range(number)][-6:],
        "fact": {"prompt": fact, "answer": text[:900] if is_readable(text[:900]) else fact},
        "body": text,
    }


def reference(number: int, one: Iterator[str]) -> dict[str, Any]:
    return {
        "title": next(one),
        "url": ADDRESS.format(number),
        "author": next(one),
        "author_url": ADDRESS.format(number),
        "kind": KINDS[number % len(KINDS)],
        "note": readable(one),
    }


def question(kind: str, payload: Any, text: str, one: Iterator[str]) -> dict[str, Any]:
    return {
        "slug": f"q-{kind}",
        "concept": "c-0",
        "kind": kind,
        "prompt": text,
        "payload": poisoned(deepcopy(payload), one),
        "explanation": text,
    }


def poisoned(payload: Any, one: Iterator[str], key: str = "") -> Any:
    """`payload` with hostile words wherever words are free."""
    if isinstance(payload, dict):
        return {name: poisoned(value, one, name) for name, value in payload.items()}
    if isinstance(payload, list) and key == "accepted":
        return [NAME, *payload]
    if isinstance(payload, list):
        return [poisoned(value, one, key) for value in payload]
    if not isinstance(payload, str) or key not in {*WORDS, "text"}:
        return payload
    return f"{payload} {NAME}" if "[[" in payload else readable(one)


def readable(one: Iterator[str]) -> str:
    """The next of `one` that Markdown takes, and that makes no gap in a text."""
    return next(line for line in one if "[[" not in line and is_readable(line))
