"""Three documents into one: the README as it was, the course as it is, the README as it comes.

What the README did not change is the course's; what only the README changed is the README's; what
both changed is a conflict, in which the course's stays unless the README is told to win. Without
an earlier README everything that differs is a conflict. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.content.normal import COURSE, NOTEBOOKS, Document, normal
from courses.editor.merging import Side, merge
from courses.editor.parts import Path, Seen, seen_of, text_of

OF_COURSE = ("title", "summary")
OF_TRACK = ("title", "summary", "optional")
OF_NOTEBOOK = ("category", "title", "description", "colab", "article", "homepage")
# What a README does not say of a lesson and of its concepts.
EDITORS = ("summary", "minutes", "quiz_required", "outcomes", "exercise")
OF_CONCEPT = ("claim", "needs", "fact")
OF_REFERENCE = ("kind", "level")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where the course says `ours` and the README `theirs`; None where one has no such row."""

    path: Path
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    document: Document
    conflicts: tuple[Conflict, ...] = ()


def merged_lesson(base: Document | None, ours: Document, theirs: Document, *, take: bool) -> Merged:
    """Of a lesson's text; its state stays out of it. Conflicts are told even where taken."""
    theirs = with_editors_part(theirs, ours)
    seen = seen_of(with_editors_part(base, ours)) if base is not None else Seen()
    mine = text_of(ours)
    first = merge(seen, mine, text_of(theirs))
    conflicts = tuple(Conflict(one.path, one.mine, one.theirs) for one in first.conflicts)
    if take and first.conflicts:
        choices: dict[Path, Side] = {one.path: "theirs" for one in first.conflicts}
        first = merge(seen, mine, text_of(theirs), choices)
    return Merged(first.document, conflicts)


def with_editors_part(data: Document, ours: Document) -> Document:
    """`data` with what only editors say taken from `ours`; kinds are guesses, theirs are not."""
    concepts = {row["slug"]: row for row in ours["concepts"]}
    references = {row["url"]: row for row in ours.get("references") or ()}
    return {
        **{key: value for key, value in data.items() if key not in EDITORS},
        **{key: ours[key] for key in EDITORS if key in ours},
        "concepts": [
            {**row, **pick(concepts.get(row["slug"], {}), OF_CONCEPT)} for row in data["concepts"]
        ],
        "references": [
            {**row, **pick(references.get(row["url"], {}), OF_REFERENCE)}
            for row in data.get("references") or ()
        ],
    }


def pick(row: Row, keys: Iterable[str]) -> Document:
    return {key: row[key] for key in keys if key in row}


class RowMerger:
    """Rows that are known by their slugs, and single fields."""

    def __init__(self, take: bool) -> None:
        self.take = take
        self.conflicts: list[Conflict] = []

    def fields(
        self, path: Path, names: Iterable[str], base: Row | None, ours: Row, theirs: Row
    ) -> Document:
        """The row that `ours` becomes: its other fields stay."""
        values = {
            name: self.value((*path, name), base, ours.get(name), theirs.get(name), name)
            for name in names
        }
        merged = {**ours, **values}
        return {name: value for name, value in merged.items() if value is not None}

    def value(self, path: Path, base: Row | None, ours: Any, theirs: Any, name: str) -> Any:
        if (ours or None) == (theirs or None):
            return ours
        if base is not None and (base.get(name) or None) == (theirs or None):
            return ours
        if base is not None and (base.get(name) or None) == (ours or None):
            return theirs
        self.conflicts.append(Conflict(path, ours, theirs))
        return theirs if self.take else ours

    def goes(self, path: Path, names: Iterable[str], base: Row, ours: Row) -> bool:
        """Whether a row that left the README leaves the course: not where an editor changed it."""
        if all((base.get(name) or None) == (ours.get(name) or None) for name in names):
            return True
        self.conflicts.append(Conflict(path, ours, None))
        return self.take

    def rows(
        self,
        name: str,
        fields: Sequence[str],
        base: Sequence[Row],
        ours: Sequence[Row],
        theirs: Sequence[Row],
    ) -> list[Document]:
        was, is_, comes = ({row["slug"]: row for row in rows} for rows in (base, ours, theirs))
        found: dict[str, Document] = {}
        for slug in {**is_, **comes}:
            path = (name, slug)
            if slug not in comes:
                if slug in was and self.goes(path, fields, was[slug], is_[slug]):
                    continue
                found[slug] = dict(is_[slug])
            elif slug not in is_:
                if slug in was and not self.take:
                    # An editor took it away.
                    self.conflicts.append(Conflict(path, None, comes[slug]))
                    continue
                found[slug] = dict(comes[slug])
            else:
                found[slug] = self.fields(path, fields, was.get(slug), is_[slug], comes[slug])
        keys = in_order(list(was), list(is_), list(comes), set(found))
        return [found[key] for key in keys]


def in_order(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], stays: set[str]
) -> list[str]:
    """Our order, or the README's where it changed; what only one has follows what it followed."""
    both = set(base) & set(theirs)
    changed = [key for key in base if key in both] != [key for key in theirs if key in both]
    first, second = (theirs, ours) if changed and base else (ours, theirs)
    keys = [key for key in first if key in stays]
    places = {key: at for at, key in enumerate(keys)}
    added: dict[int, list[str]] = {}
    last = -1
    for key in second:
        if key in places:
            last = places[key]
        elif key in stays:
            added.setdefault(last, []).append(key)
    return added.get(-1, []) + [
        one for at, key in enumerate(keys) for one in (key, *added.get(at, ()))
    ]


def merged_notebooks(
    base: Document | None, ours: Document, theirs: Document, *, take: bool
) -> Merged:
    merger = RowMerger(take)
    before = base["notebooks"] if base else []
    rows = merger.rows("notebooks", OF_NOTEBOOK, before, ours["notebooks"], theirs["notebooks"])
    return Merged(normal(NOTEBOOKS, {"notebooks": rows}), tuple(merger.conflicts))


def merged_course(
    base: Document | None,
    ours: Document,
    theirs: Document,
    *,
    take: bool,
    archived: frozenset[str] = frozenset(),
) -> Merged:
    """Of course.yaml. `archived` are the lessons, as `track/lesson`, that are listed no more."""
    merger = RowMerger(take)
    top = merger.fields((), OF_COURSE, base, ours, theirs)
    lists = lessons_listed(base, ours, theirs, archived)
    comes = {row["slug"] for row in theirs["tracks"]}
    # A part that left the README stays as long as it has a lesson.
    before = [
        row
        for row in (base["tracks"] if base else ())
        if row["slug"] in comes or not lists.get(row["slug"])
    ]
    rows = merger.rows("tracks", OF_TRACK, before, ours["tracks"], theirs["tracks"])
    tracks = [{**row, "lessons": lists.get(row["slug"], [])} for row in rows]
    return Merged(normal(COURSE, {**top, "tracks": tracks}), tuple(merger.conflicts))


def lessons_listed(
    base: Document | None, ours: Document, theirs: Document, archived: frozenset[str]
) -> dict[str, list[str]]:
    was, is_, comes = (
        {row["slug"]: row["lessons"] for row in one["tracks"]} if one else {}
        for one in (base, ours, theirs)
    )
    found = {}
    for track in {**is_, **comes}:
        own, new = is_.get(track, []), comes.get(track, [])
        stays = {slug for slug in (*own, *new) if f"{track}/{slug}" not in archived}
        found[track] = in_order(was.get(track, []), own, new, stays)
    return found
