"""The assignments of a class: as one learner has them, and as the staff has set them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from cohorts.grading.pile import work_of
from cohorts.grading.wanted import Wanted
from cohorts.models import Assignment, Cohort, Membership, Role, Submission
from cohorts.work.standing import Standing, standings_of


@dataclass(frozen=True, slots=True)
class SetWork:
    """`handed_in` learners have, and the work of `to_grade` of them waits for a person."""

    assignment: Assignment
    handed_in: int
    to_grade: int


def known_in(cohort: Cohort, assignments: QuerySet[Assignment]) -> list[Assignment]:
    """With the class that is there already: their addresses name it."""
    found = list(with_dates(assignments).defer("instructions"))
    for assignment in found:
        assignment.cohort = cohort
    return found


def with_dates(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return assignments.select_related("deadline", "grade_item").order_by("position", "pk")


def own_work(member: Membership, now: datetime) -> list[Standing]:
    """Six queries."""
    shown = Assignment.objects.filter(cohort=member.cohort).open_to_learners(now)
    return standings_of(member, known_in(member.cohort, shown), now)


def set_work(cohort: Cohort, only: int | None = None) -> list[SetWork]:
    """Of all assignments, or of the one with this key. Three queries."""
    wanted = Assignment.objects.filter(cohort=cohort)
    if only is not None:
        wanted = wanted.filter(pk=only)
    handed_in = dict(
        Submission.objects.handed_in()
        .filter(assignment__in=wanted.order_by())
        .filter(membership__role=Role.LEARNER, membership__left_at=None)
        .order_by()
        .values_list("assignment")
        .annotate(Count("membership", distinct=True))
    )
    waiting = dict(
        work_of(cohort, Wanted())
        .order_by()
        .values_list("assignment")
        .annotate(number=Count("pk", filter=Q(done=False)))
        .values_list("assignment", "number")
    )
    return [
        SetWork(one, handed_in.get(one.pk, 0), waiting.get(one.pk, 0))
        for one in known_in(cohort, wanted)
    ]


def learners_of(cohort: Cohort) -> int:
    return Membership.objects.filter(cohort=cohort).learners().count()
