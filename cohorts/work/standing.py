"""How learners stand with their assignments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cohorts.gradebook.arithmetic import Cell
from cohorts.gradebook.arithmetic import State as Known
from cohorts.gradebook.late import LatePolicy, policy_of
from cohorts.gradebook.reading import book_of
from cohorts.models import Assignment, Deadline, Extension, GradeItem, Membership, Submission
from cohorts.schedule.dates import Dates, dates_of


class State(StrEnum):
    NOT_BEGUN = "not-begun"
    DRAFT = "draft"
    HANDED_IN = "handed-in"
    MISSED = "missed"
    GRADED = "graded"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Standing:
    """`newest` is the last hand-in, `cell` what the gradebook tells its learner about it, None
    where it is not in there. `closed`: nothing is accepted now."""

    assignment: Assignment
    dates: Dates
    draft: Submission | None = None
    newest: Submission | None = None
    cell: Cell | None = None
    closed: bool = False

    @property
    def state(self) -> State:
        if self.cell is not None and self.cell.state is Known.EXCUSED:
            return State.EXCUSED
        if self.is_graded:
            return State.GRADED
        if self.newest is not None:
            return State.HANDED_IN
        if self.closed:
            return State.MISSED
        return State.NOT_BEGUN if self.draft is None else State.DRAFT

    @property
    def is_graded(self) -> bool:
        return self.cell is not None and self.cell.state in {Known.GRADED, Known.CHANGED}

    @property
    def days_late(self) -> int:
        """Of the last hand-in."""
        if self.newest is None or self.newest.submitted_at is None:
            return 0
        return self.dates.days_late(self.newest.submitted_at)


def standings_of(
    member: Membership, assignments: Iterable[Assignment], now: datetime
) -> list[Standing]:
    """Five queries. The assignments come with `deadline` and `grade_item`."""
    found = list(assignments)
    later = Extension.objects.filter(membership=member, deadline__assignment__in=found)
    extensions = {one.deadline_id: one for one in later}
    mine = Submission.objects.filter(membership=member, assignment__in=found)
    work: dict[int, list[Submission]] = defaultdict(list)
    for submission in mine.order_by("number").defer("text", "link"):
        work[submission.assignment_id].append(submission)
    cells = cells_of(member, now)
    policy = policy_of(member.cohort)
    return [
        standing(one, dates(one, extensions, policy), work[one.pk], cells, now) for one in found
    ]


def cells_of(member: Membership, now: datetime) -> Mapping[int, Cell]:
    """What `member` may know of their own grades, by the key of the item. Three queries."""
    book = book_of(member.cohort, [member], now, told=True)
    known = book.rows[member.pk].cells
    return {column.item.id: cell for column, cell in zip(book.layout.columns, known, strict=True)}


def dates(assignment: Assignment, extensions: Mapping[int, Extension], policy: LatePolicy) -> Dates:
    deadline: Deadline | None = getattr(assignment, "deadline", None)
    return dates_of(deadline, extensions.get(deadline.pk) if deadline else None, policy)


def standing(
    assignment: Assignment,
    own: Dates,
    work: list[Submission],
    cells: Mapping[int, Cell],
    now: datetime,
) -> Standing:
    item: GradeItem | None = getattr(assignment, "grade_item", None)
    handed = [one for one in work if one.submitted_at is not None]
    return Standing(
        assignment=assignment,
        dates=own,
        draft=next((one for one in work if one.submitted_at is None), None),
        newest=handed[-1] if handed else None,
        cell=cells.get(item.pk) if item else None,
        closed=not own.is_open(now),
    )
