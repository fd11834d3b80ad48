"""What the database adds up about the learners of a class."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from cohorts.models import Cohort, Extension, Membership
from cohorts.overview.facts import Everyone, everyone, term_of, week_began
from cohorts.overview.risk import Facts, Failed, Term
from courses.models import ConceptTick, Lesson, LessonProgress, ReferenceTick
from quizzes.models import Attempt, Quiz
from tests.class_factories import (
    NOW,
    CohortFactory,
    DeadlineFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.factories import ConceptFactory, CourseFactory, LessonFactory, ReferenceFactory
from tests.quiz_factories import QuizFactory
from tests.quizzes.sql import queries
from tests.review_factories import LogFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(cohort__slug="facts")


def lesson_of(cohort: Cohort) -> Lesson:
    return LessonFactory(track__course=cohort.course)


def elsewhere() -> Lesson:
    """Of another course."""
    return LessonFactory(track__course=CourseFactory(slug="another", title="Another"))


def facts_of(cohort: Cohort, *lessons: Lesson) -> Everyone:
    return everyone(cohort, [lesson.pk for lesson in lessons], NOW)


def progress(user: User, lesson: Lesson, days: float, *, done: bool = False) -> None:
    at = NOW - days * DAY
    LessonProgress.objects.create(
        user=user,
        lesson=lesson,
        started_at=at,
        last_read_at=at,
        completed_at=at if done else None,
        by_hand=done,
    )


def attempt(user: User, quiz: Quiz, days: float, *, passed: bool = False, **fields: object) -> None:
    at = NOW - days * DAY
    values = {"started_at": at, "submitted_at": at, "score": 0.5, "passed": passed, "seed": 1}
    Attempt.objects.create(user=user, quiz=quiz, **{**values, **fields})


def last(member: Membership) -> datetime | None:
    (one,) = facts_of(member.cohort).facts
    return one.last_active


def test_somebody_who_did_nothing(member: Membership) -> None:
    found = facts_of(member.cohort)
    assert found == Everyone((Facts(member.pk, member.joined_at),), {member.pk: 0}, 0)


def test_each_kind_of_activity(member: Membership) -> None:
    lesson, user = lesson_of(member.cohort), member.user
    progress(user, lesson, 9)
    assert last(member) == NOW - 9 * DAY
    ConceptTick.objects.create(
        user=user, concept=ConceptFactory(lesson=lesson), ticked_at=NOW - 8 * DAY
    )
    assert last(member) == NOW - 8 * DAY
    ReferenceTick.objects.create(
        user=user, reference=ReferenceFactory(lesson=lesson), ticked_at=NOW - 7 * DAY
    )
    assert last(member) == NOW - 7 * DAY
    attempt(user, QuizFactory(lesson=lesson), 6, submitted_at=None, score=None)
    assert last(member) == NOW - 6 * DAY
    LogFactory(
        card__user=user,
        card__question__concept=ConceptFactory(lesson=lesson),
        reviewed_at=NOW - 5 * DAY,
    )
    assert last(member) == NOW - 5 * DAY
    SubmissionFactory(
        assignment__cohort=member.cohort, membership=member, submitted_at=NOW - 4 * DAY
    )
    assert last(member) == NOW - 4 * DAY


def test_nothing_of_other_courses_classes_and_people(member: Membership) -> None:
    lesson, user = elsewhere(), member.user
    progress(user, lesson, 1, done=True)
    ConceptTick.objects.create(user=user, concept=ConceptFactory(lesson=lesson), ticked_at=NOW)
    ReferenceTick.objects.create(
        user=user, reference=ReferenceFactory(lesson=lesson), ticked_at=NOW
    )
    for _ in range(2):
        attempt(user, QuizFactory(lesson=lesson), 1)
    LogFactory(
        card__user=user, card__question__concept=ConceptFactory(lesson=lesson), reviewed_at=NOW
    )
    theirs = MembershipFactory(user=user, cohort__course=lesson.track.course)
    SubmissionFactory(assignment__cohort=theirs.cohort, membership=theirs)
    DeadlineFactory(cohort=theirs.cohort, assignment=None, lesson=lesson, due_at=NOW - DAY)
    progress(MembershipFactory().user, lesson_of(member.cohort), 1, done=True)
    found = facts_of(member.cohort, lesson)
    assert found == Everyone((Facts(member.pk, member.joined_at),), {member.pk: 0}, 0)


def test_only_learners_who_are_here(member: Membership) -> None:
    MembershipFactory(cohort=member.cohort, role="assistant")
    MembershipFactory(cohort=member.cohort, left_at=NOW - DAY)
    other = MembershipFactory(cohort=member.cohort)
    found = facts_of(member.cohort).facts
    assert [one.member_id for one in found] == [member.pk, other.pk]
    only = everyone(member.cohort, [], NOW, only=other.pk).facts
    assert [one.member_id for one in only] == [other.pk]


def test_done_and_done_this_week(member: Membership) -> None:
    """NOW is a Saturday; what is no longer published is not counted as done."""
    old, new, gone = (lesson_of(member.cohort) for _ in range(3))
    progress(member.user, old, 20, done=True)
    progress(member.user, new, 5, done=True)
    progress(member.user, gone, 1, done=True)
    found = facts_of(member.cohort, old, new)
    assert (found.done, found.lately) == ({member.pk: 2}, 2)


def behind(member: Membership, *lessons: Lesson) -> int:
    (one,) = facts_of(member.cohort, *lessons).facts
    return one.behind


def test_behind_the_schedule(member: Membership) -> None:
    cohort = member.cohort
    done, begun, open_one, coming = (lesson_of(cohort) for _ in range(4))
    every = (done, begun, open_one, coming)
    for lesson, days in zip(every, (3, 2, 1, -1), strict=True):
        DeadlineFactory(cohort=cohort, assignment=None, lesson=lesson, due_at=NOW - days * DAY)
    progress(member.user, done, 3, done=True)
    progress(member.user, begun, 3)
    assert behind(member, *every) == 2
    assert behind(member, done, begun, coming) == 1


def test_an_extension_holds_until_it_ends(member: Membership) -> None:
    lesson = lesson_of(member.cohort)
    due = DeadlineFactory(
        cohort=member.cohort, assignment=None, lesson=lesson, due_at=NOW - 5 * DAY
    )
    other = MembershipFactory(cohort=member.cohort)
    for one, days in ((member, -1), (other, 1)):
        Extension.objects.create(
            deadline=due, membership=one, due_at=NOW - days * DAY, reason="ill", given_at=NOW
        )
    found = facts_of(member.cohort, lesson).facts
    assert [one.behind for one in found] == [0, 1]


def failed(member: Membership) -> tuple[Failed, ...]:
    (one,) = facts_of(member.cohort).facts
    return one.failed


def test_failed_quizzes(member: Membership) -> None:
    lesson, user = LessonFactory(track__course=member.cohort.course, title="Agents"), member.user
    quiz = QuizFactory(lesson=lesson)
    attempt(user, quiz, 3)
    attempt(user, quiz, 2)
    attempt(user, quiz, 60)
    assert failed(member) == (Failed("Agents", 2),)
    attempt(user, quiz, 1, passed=True)
    assert failed(member) == ()


@pytest.mark.parametrize(
    "fields", [{"awaiting": 1}, {"withheld": True}, {"submitted_at": None, "score": None}]
)
def test_what_is_not_known_yet_is_no_failure(member: Membership, fields: dict[str, object]) -> None:
    attempt(member.user, QuizFactory(lesson=lesson_of(member.cohort)), 1, **fields)
    assert failed(member) == ()


def test_a_placement_is_not_failed(member: Membership) -> None:
    quiz = QuizFactory(lesson=lesson_of(member.cohort), mode="placement")
    attempt(member.user, quiz, 1)
    assert failed(member) == ()


def test_as_many_queries_for_many(member: Membership) -> None:
    lesson = lesson_of(member.cohort)
    with queries(3):
        facts_of(member.cohort, lesson)
    MembershipFactory.create_batch(5, cohort=member.cohort)
    with queries(3):
        facts_of(member.cohort, lesson)


@pytest.mark.parametrize(
    ("fields", "term"),
    [
        ({}, Term(NOW - 56 * DAY)),
        (
            {"starts_on": date(2026, 9, 1), "time_zone": "Asia/Tokyo"},
            Term(datetime(2026, 8, 31, 15, tzinfo=UTC)),
        ),
        (
            {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 10, 25)},
            Term(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC)),
        ),
        ({"archived_at": NOW}, Term(NOW - 56 * DAY, NOW)),
    ],
)
def test_term(fields: dict[str, object], term: Term) -> None:
    assert term_of(CohortFactory.build(course=None, **fields)) == term


def test_the_week_begins_on_monday_in_the_zone_of_the_class() -> None:
    """Sunday evening in London is Monday in Tokyo."""
    evening = datetime(2026, 11, 22, 20, tzinfo=UTC)
    tokyo = CohortFactory.build(course=None, time_zone="Asia/Tokyo")
    assert week_began(tokyo, evening) == datetime(2026, 11, 22, 15, tzinfo=UTC)
    assert week_began(CohortFactory.build(course=None), evening).day == 16
