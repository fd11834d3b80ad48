"""Two editors' texts of one lesson made into one. Pure.

A three-way merge, part by part: what one of them left as it was is the other's; what both changed,
and not alike, is a conflict, which only a choice resolves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from courses.content.documents import Document
from courses.editor.parts import LESSON, LISTS, Parts, Path, Seen, assembled, parts_of

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed the part at `path`; None where one of them took its row away."""

    path: Path
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """`document` has mine wherever a conflict is not resolved."""

    document: Document
    conflicts: tuple[Conflict, ...]


def merge(
    seen: Seen,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choices: Mapping[Path, Side] | None = None,
) -> Merged:
    """Two documents that were both made from the one that `seen` is of.

    `choices` resolve conflicts by their paths. In time linear in the parts, but for the order
    of rows, which is quadratic in their number.
    """
    merger = Merger(seen, parts_of(mine), parts_of(theirs), choices or {})
    return merger.merged()


class Merger:
    def __init__(
        self, seen: Seen, mine: Parts, theirs: Parts, choices: Mapping[Path, Side]
    ) -> None:
        self.seen, self.mine, self.theirs, self.choices = seen, mine, theirs, choices
        self.conflicts: list[Conflict] = []

    def merged(self) -> Merged:
        values: dict[Path, Any] = {(one,): self.value((one,)) for one in LESSON}
        orders = {}
        for name in LISTS:
            stays = [key for key in self.keys(name) if self.stays(name, key)]
            for key in stays:
                values |= self.row(name, key)
            orders[name] = self.order(name, stays)
        return Merged(assembled(Parts(values, orders)), tuple(self.conflicts))

    def value(self, path: Path) -> Any:
        mine, theirs = self.mine.values[path], self.theirs.values[path]
        if mine == theirs or self.seen.is_of(path, mine):
            return theirs
        if self.seen.is_of(path, theirs):
            return mine
        return self.decided(Conflict(path, mine, theirs))

    def decided(self, conflict: Conflict) -> Any:
        side = self.choices.get(conflict.path)
        if side is None:
            self.conflicts.append(conflict)
        return conflict.theirs if side == "theirs" else conflict.mine

    def keys(self, name: str) -> list[str]:
        return list(dict.fromkeys([*self.mine.orders[name], *self.theirs.orders[name]]))

    def stays(self, name: str, key: str) -> bool:
        """Whether the row is there afterwards; who changed it keeps it from being removed."""
        mine, theirs = self.mine.row(name, key), self.theirs.row(name, key)
        if (mine is None) == (theirs is None) or not self.seen.had(name, key):
            return True
        if self.is_as_seen(name, key, mine or theirs or {}):
            return False
        return self.decided(Conflict((name, key), mine, theirs)) is not None

    def is_as_seen(self, name: str, key: str, row: Mapping[str, Any]) -> bool:
        return all(self.seen.is_of((name, key, one), value) for one, value in row.items())

    def row(self, name: str, key: str) -> dict[Path, Any]:
        paths = [(name, key, one) for one in LISTS[name][1]]
        for side, other in ((self.mine, self.theirs), (self.theirs, self.mine)):
            if key not in other.orders[name]:
                return {path: side.values[path] for path in paths}
        return {path: self.value(path) for path in paths}

    def order(self, name: str, stays: list[str]) -> tuple[str, ...]:
        """One side's order of what both had, with what the other added behind what it followed."""
        base, mine, theirs = (
            [key for key in one.orders.get(name, ()) if key in stays]
            for one in (self.seen, self.mine, self.theirs)
        )
        both = set(base) & set(mine) & set(theirs)
        before, first, second = ([k for k in one if k in both] for one in (base, mine, theirs))
        if first in (second, before):
            return spliced(theirs, mine)
        if second == before:
            return spliced(mine, theirs)
        conflict = Conflict((name,), tuple(mine), tuple(theirs))
        return (
            spliced(theirs, mine)
            if self.decided(conflict) == tuple(theirs)
            else spliced(mine, theirs)
        )


def spliced(order: list[str], other: list[str]) -> tuple[str, ...]:
    """`order` with what only `other` has, each behind what stands before it there."""
    result = list(order)
    for place, key in enumerate(other):
        if key not in result:
            before = other[place - 1] if place else None
            result.insert(result.index(before) + 1 if before is not None else 0, key)
    return tuple(result)
