"""What a table does to the content. Pure."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldChange:
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one row does: `kind` is new, changed, moved or unchanged."""

    number: int
    kind: str
    name: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RowProblem:
    number: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table does, or would do."""

    changes: tuple[RowChange, ...]
    problems: tuple[RowProblem, ...]

    def count(self, kind: str) -> int:
        return sum(1 for change in self.changes if change.kind == kind)

    @property
    def does(self) -> tuple[RowChange, ...]:
        return tuple(change for change in self.changes if change.kind != "unchanged")

    @property
    def digest(self) -> str:
        """Of all that it says: what an editor agreed to is what is done."""
        return hashlib.sha256(repr((self.changes, self.problems)).encode()).hexdigest()


class ChangedError(Exception):
    """What the table would do is no longer what the editor agreed to; nothing was written."""
