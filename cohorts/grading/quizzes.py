"""Which quizzes belong to a class, and what its learners did at them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from cohorts.models import Cohort, GradeItem, Group, Membership
from quizzes.models import Attempt, Quiz


def quizzes_of(cohort: Cohort) -> QuerySet[Quiz]:
    """Those of its course, and those in its gradebook."""
    graded = GradeItem.objects.filter(cohort=cohort, quiz__isnull=False).values("quiz")
    return Quiz.objects.filter(Q(course=cohort.course_id) | Q(pk__in=graded))


def shown_quizzes(cohort: Cohort, now: datetime) -> QuerySet[Quiz]:
    """Those that learners may take at `now`, and those that learners of the class have taken."""
    taken = attempts_of(cohort).values("quiz")
    open_ones = Quiz.objects.published(now).values("pk")
    return quizzes_of(cohort).filter(Q(pk__in=open_ones) | Q(pk__in=taken))


def people_of(cohort: Cohort, group: Group | None = None) -> QuerySet[User]:
    """Who learns in it, or in one `group` of it."""
    learners = Membership.objects.filter(cohort=cohort).learners().in_group(group)
    return User.objects.filter(pk__in=learners.values("user"))


def attempts_of(cohort: Cohort, group: Group | None = None) -> QuerySet[Attempt]:
    """The finished ones of its learners, at its quizzes."""
    finished = Attempt.objects.handed_in().filter(quiz__in=quizzes_of(cohort).order_by())
    return finished.filter(user__in=people_of(cohort, group))
