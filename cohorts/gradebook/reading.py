"""The gradebook of a class out of the database: in three queries, however many learners."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from cohorts.gradebook.arithmetic import Cell, Row, row_of
from cohorts.gradebook.layout import Column, Kind, Layout, layout_of
from cohorts.gradebook.pieces import Cells, Reading, cells_by
from cohorts.gradebook.statements import MEMBERS, Pieces, listed, pieces_of
from cohorts.models import Cohort, Membership
from courses.statements import aware, fetch

# By learner: what is due later for them, by the key of the deadline.
Later = Mapping[int, Mapping[int, datetime]]
NOTHING = "|,,|,"
LATER = """
SELECT membership_id, deadline_id, due_at FROM cohorts_extension WHERE deadline_id IN ({deadlines})
"""
# So many learners are asked about by their keys; of more, those of all learners are read.
FEW = 100


@dataclass(frozen=True, slots=True)
class Book:
    """`rows` by the key of the membership, in the order in which they were asked for."""

    layout: Layout
    rows: Mapping[int, Row]


def book_of(
    cohort: Cohort, members: Iterable[Membership], now: datetime, *, told: bool = False
) -> Book:
    """Everything of each of `members`. `told`: only what the learners themselves may know, which
    is what was released and what quizzes tell; totals are of that alone. Three queries."""
    layout = layout_of(cohort, now)
    return Book(layout, rows_of(layout, [one.pk for one in members], now, told=told))


def own_row(member: Membership, now: datetime) -> Row:
    """What `member` may know of their own grades. Three queries."""
    return book_of(member.cohort, [member], now, told=True).rows[member.pk]


def rows_of(
    layout: Layout, members: Sequence[int], now: datetime, *, told: bool = False
) -> dict[int, Row]:
    """For those who go through a class in portions. `members` are keys. Two queries."""
    later = later_of(layout, members)
    found = pieces_of(layout, members)
    reader = Reader(layout, now, told=told)
    nothing = [NOTHING] * len(layout.columns)
    return {one: reader.row(found.get(one, nothing), later.get(one)) for one in members}


def later_of(layout: Layout, members: Sequence[int]) -> Later:
    """One query; none where nothing is due."""
    deadlines = [str(one.deadline) for one in layout.columns if one.due_at is not None]
    if not deadlines or not members:
        return {}
    # Few have longer, of many: a class is read whole, but not a whole class for some learners.
    few = f" AND membership_id {MEMBERS[connection.vendor]}" if len(members) <= FEW else ""
    keys = [listed(members)] if few else []
    later: dict[int, dict[int, datetime]] = {}
    statement = LATER.replace("{deadlines}", ", ".join(deadlines)) + few
    for member, deadline, due_at in fetch(statement, keys):
        later.setdefault(member, {})[deadline] = aware(due_at)
    return later


class Reader:
    """Reads the pieces of learners at `now`."""

    def __init__(self, layout: Layout, now: datetime, *, told: bool = False) -> None:
        self.layout, self.now, self.told = layout, now, told
        self.cells = [self.cells_of(one, one.due_at) for one in layout.columns]

    def cells_of(self, column: Column, due_at: datetime | None) -> Cells:
        closes = self.layout.closes(due_at)
        over = self.layout.ended or (closes is not None and self.now > closes)
        hands_in = column.offered and column.kind is not Kind.HAND
        released = column.released_at is not None and column.released_at <= self.now
        return cells_by(
            Reading(
                item=column.item,
                rules=self.layout.rules,
                due_at=due_at,
                overdue=hands_in and due_at is not None and self.now > due_at,
                closed=hands_in and over,
                hidden=column.nameless or (self.told and not released),
                told=self.told,
            )
        )

    def row(self, pieces: Pieces, later: Mapping[int, datetime] | None) -> Row:
        cells = [known[piece] for known, piece in zip(self.cells, pieces, strict=True)]
        if later:
            for at, column in enumerate(self.layout.columns):
                cells[at] = self.extended(column, pieces[at], later) or cells[at]
        return row_of(self.layout.plan, cells)

    def extended(self, column: Column, piece: str, later: Mapping[int, datetime]) -> Cell | None:
        """An extension that ends before the class's due date gives nothing."""
        due_at = later.get(column.deadline or 0)
        if due_at is None or column.due_at is None or due_at <= column.due_at:
            return None
        return self.cells_of(column, due_at)[piece]
