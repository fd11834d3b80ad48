"""Which things of two versions are the same though their headings changed. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from courses.content.normal import Document

WORD = re.compile(r"\w{3,}")
# From here on two things are one: half of their words in common, or the same place and a third.
ENOUGH = 0.5
SAME_PLACE = 0.2
# Beyond this many without a partner, on either side, it is another course and not a renaming.
MOST = 80


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an address: its words and links tell it from others."""

    key: str
    title: str
    signs: frozenset[str]
    place: int


def partners(old: Sequence[Thing], new: Sequence[Thing]) -> dict[str, str]:
    """The key of the old thing for each new one that has an old one.

    Equal keys first; the rest by likeness, best first, each once. Of n things without a partner
    on each side, n² pairs are compared, so n is bounded.
    """
    known = {one.key for one in old}
    found = {one.key: one.key for one in new if one.key in known}
    left = [one for one in old if one.key not in found]
    open_ = [one for one in new if one.key not in found]
    if not left or not open_ or max(len(left), len(open_)) > MOST:
        return found
    scored = sorted(
        ((likeness(one, other), one.key, other.key) for one in open_ for other in left),
        key=lambda row: -row[0],
    )
    taken: set[str] = set()
    for score, key, other in scored:
        if score >= ENOUGH and key not in found and other not in taken:
            found[key] = other
            taken.add(other)
    return found


def likeness(one: Thing, other: Thing) -> float:
    """From 0 to 1, and `SAME_PLACE` more where both stand at the same place."""
    words = max(shared(one.signs, other.signs), shared(signs_of(one.title), signs_of(other.title)))
    return words + (SAME_PLACE if one.place == other.place and words > 0 else 0)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one | other)
    return len(one & other) / both if both else 0


def signs_of(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in WORD.findall(text.casefold()))


def tracks_in(course: Document, lessons: Iterable[str]) -> list[Thing]:
    names = list(lessons)
    return [
        Thing(
            row["slug"],
            row["title"],
            frozenset(one.split("/")[1] for one in names if one.startswith(f"{row['slug']}/")),
            place,
        )
        for place, row in enumerate(course["tracks"])
    ]


def lessons_in(lessons: Mapping[str, Document]) -> list[Thing]:
    """A lesson is known by its concepts and addresses, and by its own address in any track."""
    found = []
    for place, (name, data) in enumerate(lessons.items()):
        signs = {row["slug"] for row in data["concepts"]}
        signs |= {row["url"] for row in data.get("references") or ()}
        found.append(Thing(name, data["title"], frozenset(signs), place))
    return found


def concepts_in(lesson: Document) -> list[Thing]:
    return [
        Thing(row["slug"], row["name"], signs_of(row["body"]), place)
        for place, row in enumerate(lesson["concepts"])
    ]


def notebooks_in(notebooks: Document) -> list[Thing]:
    return [
        Thing(row["slug"], row["title"], frozenset(addresses_of(row)), place)
        for place, row in enumerate(notebooks["notebooks"])
    ]


def addresses_of(row: Document) -> set[str]:
    return {row[name] for name in ("colab", "article", "homepage") if row.get(name)}
