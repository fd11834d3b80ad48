"""Two documents of a file, compared part by part and in words. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

import yaml
from django.utils.translation import gettext as _

from courses.changes.labels import MARKDOWN_KEYS, field_label, thing_label
from courses.changes.words import number_of_words, words
from courses.content.documents import Document
from courses.content.problems import Key

Kind = Literal["added", "removed", "changed", "moved"]
# By which key the rows of each list are known; a list that is not here is one value.
KNOWN_BY = {
    "tracks": "slug",
    "concepts": "slug",
    "references": "url",
    "questions": "slug",
    "notebooks": "slug",
    "terms": "slug",
    "images": "name",
    "quizzes": "slug",
}

# Mappings whose keys are parts by themselves.
MAPPINGS = frozenset({"fact", "exercise"})
TEXT_OF = {"concepts": "body", "terms": "definition"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a document that is not the same.

    `path` leads to it, rows named by slug or address: `("concepts", "lora", "body")`. `before` and
    `after` are its texts, Markdown if `markdown`; of what moved, its places as words. `owner` is
    what the thing that it belongs to is called, if it is no field of the document itself.
    """

    path: Key
    label: str
    kind: Kind
    before: str
    after: str
    markdown: bool = False
    owner: str = field(default="", compare=False)


def compare(before: Document, after: Document) -> tuple[Difference, ...]:
    """What differs, in the order of `after`, what was removed last. Total on whatever data."""
    return tuple(differences(before, after, (), ""))


def counts(found: Iterable[Difference]) -> tuple[int, int]:
    """How many words came and went."""
    added = removed = 0
    for one in found:
        if one.kind == "moved":
            continue
        for piece in words(one.before, one.after):
            added += number_of_words(piece.text) if piece.kind == "added" else 0
            removed += number_of_words(piece.text) if piece.kind == "removed" else 0
    return added, removed


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], path: Key, owner: str
) -> Iterator[Difference]:
    """Of two mappings; `owner` is what the thing that they describe is called."""
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        here = (*path, str(key))
        if key in KNOWN_BY and are_rows(old, KNOWN_BY[key]) and are_rows(new, KNOWN_BY[key]):
            yield from differences_of_rows(str(key), old or [], new or [], here)
        elif key in MAPPINGS and is_mapping(old) and is_mapping(new):
            yield from differences(old or {}, new or {}, here, owner)
        elif key == "outcomes" and are_lines(old) and are_lines(new):
            yield from differences_of_lines(old or [], new or [], here)
        else:
            yield difference(here, owner, old, new)


def difference(path: Key, owner: str, old: Any, new: Any) -> Difference:
    kind: Kind = "added" if empty(old) else "removed" if empty(new) else "changed"
    markdown = path[-1] in MARKDOWN_KEYS
    label = field_label(path, owner)
    return Difference(path, label, kind, as_text(old), as_text(new), markdown, owner)


def differences_of_lines(before: list[str], after: list[str], path: Key) -> Iterator[Difference]:
    """Of lines that have no name, known by their place: in `after`, or where they were."""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for old, new in zip_longest(range(a, b), range(c, d)):
            here = (*path, (old if new is None else new) + 1)
            texts = (None if old is None else before[old], None if new is None else after[new])
            yield difference(here, "", *texts)


def differences_of_rows(
    name: str, before: Sequence[Any], after: Sequence[Any], path: Key
) -> Iterator[Difference]:
    key = KNOWN_BY[name]
    old, new = ({row[key]: row for row in rows} for rows in (before, after))
    places = {slug: at for at, slug in enumerate(old, 1)}
    stayed = in_order([places[slug] for slug in new if slug in old])
    for place, (slug, row) in enumerate(new.items(), 1):
        here, label = (*path, slug), thing_label(name, row)
        if slug not in old:
            yield whole("added", here, label, row)
            continue
        yield from differences(old[slug], row, here, label)
        if places[slug] not in stayed:
            moved = at_place(places[slug]), at_place(place)
            yield Difference(here, label, "moved", *moved, owner=label)
    for slug, row in old.items():
        if slug not in new:
            yield whole("removed", (*path, slug), thing_label(name, row), row)


def whole(kind: Literal["added", "removed"], path: Key, label: str, row: Any) -> Difference:
    """A row that is only on one side: what has a text of its own as that, others as their keys."""
    key = TEXT_OF.get(str(path[-2]), "")
    markdown = isinstance(row.get(key), str)
    text = row[key] if markdown else as_text(row)
    before, after = (text, "") if kind == "removed" else ("", text)
    return Difference(path, label, kind, before, after, markdown, label)


def at_place(place: int) -> str:
    return _("place %d") % place


def in_order(places: Sequence[int]) -> set[int]:
    """The longest run of `places` that still rises (patience sorting): the others moved."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tops, place)
        before[place] = tops[at - 1] if at else None
        tops[at : at + 1] = [place]
    found: set[int] = set()
    last = tops[-1] if tops else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def are_rows(value: Any, key: str) -> bool:
    """A list in which each row is known by a text of its own; nothing is one, too."""
    if value is None:
        return True
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return False
    names = [row.get(key) for row in value]
    return all(isinstance(name, str) for name in names) and len(set(names)) == len(names)


def are_lines(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def is_mapping(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def as_text(value: Any) -> str:
    """A value as one reads it; what is made of parts in the manner of YAML."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return value
    if isinstance(value, list | dict):
        return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100).rstrip("\n")
    return str(value)
