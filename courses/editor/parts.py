"""A lesson's document in the parts that are edited, compared and merged one by one. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.content.normal import OF_CONCEPT, OF_LESSON, OF_REFERENCE, Document, formed

# `("title",)`; `("concepts",)` for their order; `("concepts", slug, "body")`.
Path = tuple[str, ...]

LESSON: dict[str, Any] = {
    "title": "",
    "summary": "",
    "minutes": 0,
    "quiz_required": True,
    "outcomes": [],
    "introduction": "",
    "exercise": None,
}
CONCEPT: dict[str, Any] = {"name": "", "claim": "", "needs": [], "fact": None, "body": ""}
REFERENCE = {"title": "", "author": "", "author_url": "", "kind": "", "level": "", "note": ""}
# The lists of a lesson: what tells their rows apart, and what an absent key of a row stands for.
LISTS: dict[str, tuple[str, dict[str, Any]]] = {
    "concepts": ("slug", CONCEPT),
    "references": ("url", REFERENCE),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """`values` by path, and the keys of the rows of each list in their order."""

    values: dict[Path, Any]
    orders: dict[str, tuple[str, ...]]

    def row(self, name: str, key: str) -> dict[str, Any] | None:
        """All fields of one row, or None where there is no such row."""
        if key not in self.orders[name]:
            return None
        return {one: self.values[name, key, one] for one in LISTS[name][1]}


def parts_of(document: Mapping[str, Any]) -> Parts:
    """Of a lesson's document, with or without its questions."""
    values: dict[Path, Any] = {(one,): document.get(one, none) for one, none in LESSON.items()}
    orders = {}
    for name, (key, fields) in LISTS.items():
        rows = document.get(name) or []
        orders[name] = tuple(row[key] for row in rows)
        for row in rows:
            for one, none in fields.items():
                values[name, row[key], one] = row.get(one, none)
    return Parts(values, orders)


def assembled(parts: Parts) -> Document:
    """The document that `parts` are of, without its state."""
    concepts = [
        formed({"slug": key, **(parts.row("concepts", key) or {})}, OF_CONCEPT)
        for key in parts.orders["concepts"]
    ]
    references = [
        formed({"url": key, **(parts.row("references", key) or {})}, OF_REFERENCE)
        for key in parts.orders["references"]
    ]
    values = {name: parts.values[(name,)] for name in LESSON}
    return formed({**values, "concepts": concepts, "references": references}, OF_LESSON)


def text_of(document: Mapping[str, Any]) -> Document:
    """What is edited on one page: neither the state nor what guests keep in the document."""
    return assembled(parts_of(document))


def kept(new: Parts, before: Parts) -> Parts:
    """`new`, with the very text of `before` where a form alone made a difference.

    Forms strip spaces from both ends; whoever saves what was there changes nothing.
    """
    values = {
        path: before.values[path] if same(value, before.values.get(path)) else value
        for path, value in new.values.items()
    }
    return Parts(values, new.orders)


def same(value: Any, before: Any) -> bool:
    return before is not None and squeezed(value) == squeezed(before)


def squeezed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: squeezed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [squeezed(one) for one in value]
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return value


@dataclass(frozen=True, slots=True)
class Seen:
    """What an editor had before them: a digest of each part, and the order of the rows."""

    digests: dict[Path, str] = field(default_factory=dict)
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def had(self, name: str, key: str) -> bool:
        return key in self.orders.get(name, ())

    def is_of(self, path: Path, value: Any) -> bool:
        return self.digests.get(path) == digest(value)


def seen_of(document: Mapping[str, Any]) -> Seen:
    parts = parts_of(document)
    return Seen({path: digest(value) for path, value in parts.values.items()}, parts.orders)


def digest(value: Any) -> str:
    """Short: it tells a changed text from the same one, and guards nothing."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def written(seen: Seen) -> str:
    """`seen` as a form carries it; `read` is the way back."""
    lists = {
        name: [
            [key, *(seen.digests[name, key, one] for one in fields)] for key in seen.orders[name]
        ]
        for name, (_key, fields) in LISTS.items()
    }
    return json.dumps({"lesson": [seen.digests[(one,)] for one in LESSON], **lists})


def read(text: str) -> Seen | None:
    """None where `text` is not what `written` gives."""
    try:
        data = json.loads(text)
        digests = dict(digests_in(data))
        orders = {name: tuple(str(row[0]) for row in data[name]) for name in LISTS}
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    return Seen(digests, orders)


def digests_in(data: Any) -> Iterator[tuple[Path, str]]:
    for one, value in zip(LESSON, data["lesson"], strict=True):
        yield (one,), str(value)
    for name, (_key, fields) in LISTS.items():
        for key, *values in data[name]:
            for one, value in zip(fields, values, strict=True):
                yield (name, str(key), one), str(value)
