"""The queue of a class as its page shows it: counts, and rows with what is known of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse

from cohorts.grading.anonymous import hides_names, label_of
from cohorts.grading.answers import points_of
from cohorts.grading.pile import ANSWER, WORK, answers_of, work_of
from cohorts.grading.wanted import Wanted
from cohorts.models import Cohort, Grade, Group, Membership, Submission
from quizzes.models import Response


@dataclass(frozen=True, slots=True)
class Source:
    """An assignment or a quiz with something to grade; `item` is what filters by it.

    Of an assignment, `column` is the key of its grade item, and `released` when that was.
    """

    item: str
    title: str
    waiting: int
    graded: int
    column: int | None = None
    released: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    sources: tuple[Source, ...]

    @property
    def columns(self) -> tuple[Source, ...]:
        """Whose grades are released here; a quiz tells its results itself."""
        return tuple(one for one in self.sources if one.column)

    @property
    def waiting(self) -> int:
        return sum(one.waiting for one in self.sources)

    @property
    def graded(self) -> int:
        return sum(one.graded for one in self.sources)

    def of(self, item: str) -> "Counts":
        """Of one assignment or quiz; of all for ""."""
        return Counts(tuple(one for one in self.sources if item in ("", one.item)))


@dataclass(frozen=True, slots=True)
class Entry:
    """`answer` is the number of a quiz answer, None of a hand-in. `name` is a label where names
    are hidden, and then there is no `at` and no group.

    `score` is out of `points`, None while it waits; `again`: it was graded and handed in again.
    """

    url: str
    title: str
    answer: int | None
    name: str
    hidden: bool
    group: str
    at: datetime | None
    score: Decimal | None
    points: Decimal
    again: bool
    excused: bool


def counts_of(cohort: Cohort, group: Group | None) -> Counts:
    """Two queries."""
    wanted = Wanted(group=group)
    work = work_of(cohort, wanted).order_by()
    work = work.values(
        of=F("assignment"),
        title=F("assignment__title"),
        column=F("assignment__grade_item"),
        released=F("assignment__grade_item__released_at"),
    )
    answers = answers_of(cohort, wanted).order_by()
    answers = answers.values(of=F("attempt__quiz"), title=F("attempt__quiz__title"))
    todo = work.annotate(
        waiting=Count("pk", filter=Q(done=False)), graded=Count("pk", filter=Q(done=True))
    )
    asked = answers.annotate(
        waiting=Count("pk", filter=Q(score=None)), graded=Count("pk", filter=Q(score__isnull=False))
    )
    return Counts(
        tuple(
            Source(f"{kind}-{row.pop('of')}", **row)
            for kind, rows in (("work", todo), ("quiz", asked))
            for row in rows.order_by("title", "of")
        )
    )


def entries_of(
    cohort: Cohort, rows: Sequence[tuple[str, str, datetime]], query: str
) -> list[Entry]:
    """What a page of a pile shows, each with an address that ends in `query`. Three queries."""
    keys: dict[str, list[str]] = {WORK: [], ANSWER: []}
    for kind, key, _at in rows:
        keys[kind].append(key)
    found: dict[tuple[str, object], Entry] = {}
    for submission in with_grades(map(UUID, keys[WORK])):
        found[WORK, submission.pk] = entry_of_work(cohort, submission, query)
    answers = list(answers_with_quiz(map(int, keys[ANSWER])))
    people = named(cohort, {one.attempt.user_id for one in answers})
    for answer in answers:
        person = people[answer.attempt.user_id]
        found[ANSWER, answer.pk] = entry_of_answer(cohort, answer, person, query)
    return [found[kind, UUID(key) if kind == WORK else int(key)] for kind, key, _at in rows]


def with_grades(keys: Iterable[UUID]) -> Iterable[Submission]:
    """Each with its learner's points, with those that were for this one, and whether excused."""
    own = Grade.objects.filter(
        item__assignment=OuterRef("assignment"), membership=OuterRef("membership")
    )
    found = Submission.objects.filter(pk__in=list(keys)).annotate(
        points=Subquery(own.values("score")),
        own_points=Subquery(own.filter(submission=OuterRef("pk")).values("score")),
        excused=Subquery(own.values("excused")),
    )
    return found.select_related("assignment__grade_item", "membership__user", "membership__group")


def answers_with_quiz(keys: Iterable[int]) -> Iterable[Response]:
    return Response.objects.filter(pk__in=list(keys)).select_related("attempt__quiz")


def named(cohort: Cohort, users: Iterable[int]) -> Mapping[int, Membership]:
    """The members of `cohort` by the ids of their accounts, named."""
    found = Membership.objects.filter(cohort=cohort, user__in=users)
    return {one.user_id: one for one in found.named().select_related("group")}


def entry_of_work(cohort: Cohort, submission: Any, query: str) -> Entry:
    item = submission.assignment.grade_item
    item.assignment = submission.assignment
    member, hidden = submission.membership, hides_names(item)
    return Entry(
        url=reverse("grading_work", args=[cohort.slug, submission.pk]) + query,
        title=submission.assignment.title,
        answer=None,
        name=label_of(submission) if hidden else name_of(member),
        hidden=hidden,
        group="" if hidden or not member.group else member.group.name,
        at=None if hidden else submission.submitted_at,
        score=submission.own_points,
        points=item.points,
        again=submission.points is not None and submission.own_points is None,
        excused=bool(submission.excused),
    )


def entry_of_answer(cohort: Cohort, answer: Response, member: Membership, query: str) -> Entry:
    return Entry(
        url=reverse("grading_answer", args=[cohort.slug, answer.pk]) + query,
        title=answer.attempt.quiz.title,
        answer=answer.position,
        name=member.name,
        hidden=False,
        group=member.group.name if member.group else "",
        at=answer.attempt.submitted_at,
        score=points_of(answer, answer.score),
        points=answer.points,
        again=False,
        excused=False,
    )


def name_of(member: Membership) -> str:
    """As `MembershipQuerySet.named` says it, of one that was fetched with its person."""
    return member.listed_as or member.user.display_name or member.user.email
