"""What an editor sees of a table before it is taken in."""

from dataclasses import dataclass

from courses.changes.words import Piece, words
from courses.tables.plan import FieldChange, Plan, RowChange, RowProblem

# Rows and problems that are shown; the others are counted.
MOST = 200
# Characters of one text beyond which it is shown as before and after: comparing words takes time.
LONG = 4_000


@dataclass(frozen=True, slots=True)
class ShownField:
    column: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int
    kind: str
    name: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    rows: tuple[ShownRow, ...]
    more: int
    problems: tuple[RowProblem, ...]
    more_problems: int
    counts: dict[str, int]
    digest: str


def preview_of(plan: Plan) -> Preview:
    changes = plan.does
    return Preview(
        rows=tuple(shown(change) for change in changes[:MOST]),
        more=max(0, len(changes) - MOST),
        problems=plan.problems[:MOST],
        more_problems=max(0, len(plan.problems) - MOST),
        counts={kind: plan.count(kind) for kind in ("new", "changed", "moved", "unchanged")},
        digest=plan.digest,
    )


def shown(change: RowChange) -> ShownRow:
    fields = [one for one in change.fields if one.before or one.after]
    return ShownRow(
        change.number,
        change.kind,
        change.name,
        tuple(ShownField(one.column, pieces_of(one)) for one in fields),
    )


def pieces_of(change: FieldChange) -> tuple[Piece, ...]:
    if len(change.before) + len(change.after) > LONG or not (change.before and change.after):
        both = (Piece("removed", change.before), Piece("added", change.after))
        return tuple(piece for piece in both if piece.text)
    return words(change.before, change.after)
