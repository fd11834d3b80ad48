"""When something opens, is due and closes for one learner."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from cohorts.gradebook.late import UTC, LatePolicy, closes_at, days_late, policy_of
from cohorts.models import Assignment, Deadline, Extension, Membership
from courses.models import Lesson
from quizzes.models import Quiz


@dataclass(frozen=True, slots=True)
class Dates:
    """`due_at` is the learner's own, later than the class's where `extended`; None: no date."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    extended: bool = False
    # Of the class, on whose clock days are counted.
    zone: ZoneInfo = field(default=UTC, compare=False)

    def is_open(self, now: datetime) -> bool:
        """Whether work is accepted at `now`, be it late."""
        begun = self.opens_at is None or self.opens_at <= now
        return begun and (self.closes_at is None or now <= self.closes_at)

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and now > self.due_at

    def days_late(self, at: datetime) -> int:
        """How many days have begun since it was due, of what was handed in at `at`."""
        return days_late(self.due_at, at, self.zone)


NONE = Dates()


def dates_of(deadline: Deadline | None, extension: Extension | None, policy: LatePolicy) -> Dates:
    """Pure. An extension that ends before the class's due date gives nothing."""
    if deadline is None:
        return NONE
    due, extended = deadline.due_at, False
    if extension is not None and due is not None and extension.due_at > due:
        due, extended = extension.due_at, True
    return Dates(deadline.opens_at, due, closes_at(due, policy), extended, policy.zone)


def own_dates(membership: Membership, target: Lesson | Quiz | Assignment) -> Dates:
    """Those of one thing for one member. Two queries."""
    of_target = {str(target._meta.model_name): target}
    deadline = Deadline.objects.filter(cohort=membership.cohort_id, **of_target).first()
    if deadline is None:
        return NONE
    extension = Extension.objects.filter(deadline=deadline, membership=membership).first()
    return dates_of(deadline, extension, policy_of(membership.cohort))
