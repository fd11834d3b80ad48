"""How somebody stands with an assignment. Pure, but for `standings_of`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from cohorts.gradebook.late import LatePolicy, after_late, days_late, policy_of
from cohorts.models import Assignment, Deadline, Extension, Grade, GradeItem, Membership, Submission
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
    """`newest` is the last hand-in, `grade` what was said about it, where that is released."""

    assignment: Assignment
    dates: Dates
    policy: LatePolicy
    draft: Submission | None = None
    newest: Submission | None = None
    grade: Grade | None = None
    closed: bool = False

    @property
    def state(self) -> State:
        if self.grade is not None and self.grade.excused:
            return State.EXCUSED
        if self.points is not None:
            return State.GRADED
        if self.newest is not None:
            return State.HANDED_IN
        if self.closed:
            return State.MISSED
        return State.DRAFT if self.draft is not None else State.NOT_BEGUN

    @property
    def days_late(self) -> int:
        if self.newest is None or self.newest.submitted_at is None:
            return 0
        return days_late(self.dates.due_at, self.newest.submitted_at)

    @property
    def points(self) -> Decimal | None:
        """What the released grade comes to, after the late policy; None without one."""
        if self.grade is None or self.grade.override is not None or self.grade.score is None:
            return self.grade.override if self.grade else None
        item: GradeItem = self.assignment.grade_item
        return after_late(self.grade.score, item.points, self.days_late_when_graded, self.policy)

    @property
    def days_late_when_graded(self) -> int:
        """Of the hand-in that was graded, which need not be the newest."""
        graded = self.grade.submission if self.grade else None
        if graded is None or graded.submitted_at is None:
            return 0
        return days_late(self.dates.due_at, graded.submitted_at)


def standings_of(
    member: Membership, assignments: Iterable[Assignment], now: datetime
) -> list[Standing]:
    """Three queries. The assignments come with `deadline` and `grade_item`."""
    found = list(assignments)
    extensions = {
        one.deadline_id: one
        for one in Extension.objects.filter(membership=member, deadline__assignment__in=found)
    }
    mine = Submission.objects.filter(membership=member, assignment__in=found)
    work: dict[int, list[Submission]] = defaultdict(list)
    for submission in mine.order_by("number").defer("text", "link"):
        work[submission.assignment_id].append(submission)
    released = Grade.objects.filter(
        membership=member, item__assignment__in=found, item__released_at__isnull=False
    )
    grades = {one.item_id: one for one in released.select_related("submission")}
    policy = policy_of(member.cohort)
    return [standing(one, policy, extensions, work[one.pk], grades, now=now) for one in found]


def standing(
    assignment: Assignment,
    policy: LatePolicy,
    extensions: dict[int, Extension],
    work: list[Submission],
    grades: dict[int, Grade],
    *,
    now: datetime,
) -> Standing:
    deadline: Deadline | None = getattr(assignment, "deadline", None)
    item: GradeItem | None = getattr(assignment, "grade_item", None)
    dates = dates_of(deadline, extensions.get(deadline.pk) if deadline else None, policy)
    handed = [one for one in work if one.submitted_at is not None]
    return Standing(
        assignment=assignment,
        dates=dates,
        policy=policy,
        draft=next((one for one in work if one.submitted_at is None), None),
        newest=handed[-1] if handed else None,
        grade=grades.get(item.pk) if item else None,
        closed=not dates.is_open(now),
    )
