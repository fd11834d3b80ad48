"""A course whose every field is hostile, as files that `load_course` takes."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from courses.markdown import validate_markdown
from tests.hostile import generated, lines, markdown, texts
from tests.quiz_factories import PAYLOADS

SLUG = "hostile"
KINDS = ("video", "article", "paper", "documentation", "course", "book", "repository", "tool")
ADDRESS = "https://example.org/{}?'><img%20src=x%20onerror=ran()>"


def is_readable(text: str) -> bool:
    """Whether authors may write it at all; what is refused never reaches a reader."""
    try:
        validate_markdown(text)
    except ValidationError:
        return False
    return True


def bodies(seed: int) -> list[str]:
    parts = [*markdown(), *generated(Random(seed), 120)]
    return [
        text for text in texts(part for part in parts if is_readable(part)) if is_readable(text)
    ]


def write(root: Path, seed: int = 7) -> int:
    """Write the course under `root`; says how many texts stand in it."""
    one = cycle(lines(markdown()))
    many = bodies(seed)
    short = cycle([text for text in lines(markdown(), 75) if is_readable(text)])
    save(root / "course.yaml", course(one, short))
    save(root / "notebooks.yaml", {"notebooks": [notebook(n, one) for n in range(8)]})
    save(root / "evil" / "lesson.yaml", lesson(many, one))
    save(root / "evil" / "later.yaml", {**lesson(many[:1], one), "questions": []})
    return len(many)


def save(file: Path, data: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def course(one: Iterator[str], short: Iterator[str]) -> dict[str, Any]:
    track = {
        "slug": "evil",
        "title": next(one),
        "tagline": next(short),
        "summary": " ".join(next(one) for _ in range(9)),
        "lessons": ["lesson", "later"],
    }
    summary = " ".join(next(one) for _ in range(9))
    return {"slug": SLUG, "title": next(one), "summary": summary, "tracks": [track]}


def notebook(number: int, one: Iterator[str]) -> dict[str, Any]:
    return {
        "slug": f"n-{number}",
        "category": f"{next(one)[:60]} {number}",
        "title": next(one),
        "description": next(one),
        "colab": ADDRESS.format(number),
        "article": ADDRESS.format(number),
        "lessons": ["evil/lesson"],
    }


def lesson(texts: list[str], one: Iterator[str]) -> dict[str, Any]:
    return {
        "title": next(one),
        "summary": " ".join(next(one) for _ in range(6)),
        "minutes": 5,
        "introduction": texts[0],
        "concepts": [concept(number, text, one) for number, text in enumerate(texts)],
        "references": [reference(number, one) for number in range(40)],
        "questions": [
            question(kind, payload, texts[at % len(texts)], one)
            for at, (kind, payload) in enumerate(PAYLOADS.items())
        ],
    }


def concept(number: int, text: str, one: Iterator[str]) -> dict[str, Any]:
    fact = next(line for line in one if is_readable(line))
    return {
        "slug": f"c-{number}",
        "name": next(one),
        "claim": next(one),
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
        "note": next(line for line in one if is_readable(line)),
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
    if isinstance(payload, list):
        return [poisoned(value, one, key) for value in payload]
    if key in {"feedback", "model_answer", "criteria", "false", "true"} and isinstance(
        payload, str
    ):
        return next(line for line in one if is_readable(line))
    if key == "text" and isinstance(payload, str) and "[[" not in payload:
        return next(line for line in one if is_readable(line) and "[[" not in line)
    return payload
