"""All that people have to grade in a class, hand-ins and quiz answers in one order.

An order of two tables: each row has a place, which is a time (`at`) and a text (`key`). Work that
is graded without names stands where its assignment was made, by random keys, so that its place
does not tell who handed in when.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, LPad

from cohorts.grading.quizzes import people_of, quizzes_of
from cohorts.grading.wanted import GRADED, WAITING, Wanted
from cohorts.models import Cohort, Grade, Role, Submission
from quizzes.hand_grading import for_people

WORK, ANSWER = "work", "answer"
DIGITS = 19
NAMELESS = Q(assignment__anonymous=True, assignment__grade_item__released_at=None)


@dataclass(frozen=True, slots=True)
class Place:
    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Step:
    """What stands at a place: a hand-in, or an answer, and its key as the database writes it."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Pile:
    work: QuerySet[Any]
    answers: QuerySet[Any]

    def rows(self) -> QuerySet[Any, Any]:
        """Kind, key and time, the oldest first."""
        return self.both(Q()).order_by("at", "key")

    def before(self, place: Place) -> QuerySet[Any, Any]:
        """The nearest first."""
        earlier = Q(at__lt=place.at) | Q(at=place.at, key__lt=place.key)
        return self.both(earlier).order_by("-at", "-key")

    def after(self, place: Place) -> QuerySet[Any, Any]:
        later = Q(at__gt=place.at) | Q(at=place.at, key__gt=place.key)
        return self.both(later).order_by("at", "key")

    def both(self, which: Q) -> QuerySet[Any, Any]:
        work, answers = (
            found.filter(which).order_by().values_list("kind", "key", "at")
            for found in (self.work, self.answers)
        )
        return work.union(answers, all=True)


def pile_of(cohort: Cohort, wanted: Wanted) -> Pile:
    work, answers = work_of(cohort, wanted), answers_of(cohort, wanted)
    if wanted.item:
        work = work.filter(assignment=wanted.work)
        answers = answers.filter(attempt__quiz=wanted.quiz)
    if wanted.state in (WAITING, GRADED):
        done = wanted.state == GRADED
        work, answers = work.filter(done=done), answers.filter(score__isnull=not done)
    return Pile(work, answers)


def work_of(cohort: Cohort, wanted: Wanted) -> QuerySet[Any]:
    """The newest hand-ins of those who learn in the class, at what counts for points.

    A group of few would tell whose nameless work is whose: by group, there is none.
    """
    newer = Submission.objects.handed_in().filter(
        assignment=OuterRef("assignment"),
        membership=OuterRef("membership"),
        number__gt=OuterRef("number"),
    )
    found = Submission.objects.handed_in().filter(
        ~Exists(newer),
        assignment__cohort=cohort,
        assignment__grade_item__isnull=False,
        membership__role=Role.LEARNER,
        membership__left_at=None,
    )
    if wanted.group:
        found = found.filter(membership__group=wanted.group).exclude(NAMELESS)
    return placed_work(found).annotate(done=Exists(settled()))


def settled() -> QuerySet[Grade]:
    """Grades by which a hand-in waits no more: it was graded, or its learner is excused."""
    graded = Q(excused=True) | Q(submission=OuterRef("pk"), score__isnull=False)
    return Grade.objects.filter(
        graded, item__assignment=OuterRef("assignment"), membership=OuterRef("membership")
    )


def placed_work(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.annotate(
        kind=Value(WORK, TextField()),
        key=Cast("pk", TextField()),
        at=Case(When(NAMELESS, then=F("assignment__created_at")), default=F("submitted_at")),
    )


def answers_of(cohort: Cohort, wanted: Wanted) -> QuerySet[Any]:
    """Of those who learn in the class, at its quizzes, all that a person grades."""
    found = for_people().filter(
        attempt__user__in=people_of(cohort, wanted.group),
        attempt__quiz__in=quizzes_of(cohort).order_by(),
    )
    return found.annotate(
        kind=Value(ANSWER, TextField()),
        # As wide as any other, so that answers of one attempt stand by number.
        key=LPad(Cast("pk", TextField()), DIGITS, Value("0")),
        at=F("attempt__submitted_at"),
    )
