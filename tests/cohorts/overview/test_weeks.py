from datetime import UTC, date, datetime, timedelta

import pytest

from cohorts.models import Membership
from cohorts.overview.weeks import (
    GROUND,
    REVIEWS,
    STUDY,
    TALLEST,
    WIDTH,
    Week,
    bars,
    mondays,
    together,
    weeks_of,
)
from courses.models import ConceptTick, LessonProgress
from quizzes.models import Attempt
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.factories import ConceptFactory, CourseFactory, LessonFactory
from tests.quiz_factories import QuizFactory
from tests.review_factories import LogFactory

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"starts_on": date(2026, 11, 4)}, [date(2026, 11, 2), date(2026, 11, 9), MONDAY]),
        ({"starts_on": date(2026, 11, 21)}, [MONDAY]),
        # Not begun yet.
        ({"starts_on": date(2026, 12, 7)}, [MONDAY]),
        (
            {"starts_on": date(2026, 10, 26), "ends_on": date(2026, 11, 8)},
            [date(2026, 10, 26), date(2026, 11, 2)],
        ),
    ],
)
def test_mondays(fields: dict[str, object], days: list[date]) -> None:
    assert mondays(CohortFactory.build(course=None, **fields), NOW) == days


def test_no_picture_of_years() -> None:
    found = mondays(CohortFactory.build(course=None, starts_on=date(2020, 1, 1)), NOW)
    assert (len(found), found[-1]) == (26, MONDAY)


def test_bars() -> None:
    weeks = together([MONDAY - 7 * DAY, MONDAY], {STUDY: [0, 40], REVIEWS: [1, 90]})
    assert weeks == (Week(MONDAY - 7 * DAY, 0, 1), Week(MONDAY, 40, 90))
    assert [(bar.number, bar.height, bar.y) for bar in bars(weeks, STUDY)] == [
        (0, 0, GROUND),
        (40, TALLEST, GROUND - TALLEST),
    ]
    assert [(bar.number, bar.height) for bar in bars(weeks, REVIEWS)] == [(1, 2), (90, TALLEST)]


@pytest.mark.parametrize("number", [1, 8, 9, 26])
def test_bars_stay_in_the_picture_and_the_newest_has_its_date(number: int) -> None:
    found = bars([Week(MONDAY, 3, 0)] * number, STUDY)
    assert found[-1].x + found[-1].width <= WIDTH
    assert found[-1].has_label
    assert sum(bar.has_label for bar in found) <= 8


@pytest.mark.django_db
def test_what_one_learner_did() -> None:
    """The class's weeks end at its own midnights: Sunday evening in London is Monday in Tokyo."""
    member = MembershipFactory(cohort__starts_on=date(2026, 11, 9), cohort__time_zone="Asia/Tokyo")
    lesson = LessonFactory(track__course=member.cohort.course)
    concept = ConceptFactory(lesson=lesson)
    sunday = datetime(2026, 11, 15, 14, 59, tzinfo=UTC)
    do(member, lesson, concept, sunday)
    do(
        member,
        LessonFactory(track__course=member.cohort.course),
        ConceptFactory(lesson=lesson),
        sunday + timedelta(minutes=1),
    )
    another = LessonFactory(track__course=CourseFactory(slug="another"))
    do(MembershipFactory(cohort=member.cohort), lesson, concept, NOW)
    ConceptTick.objects.create(
        user=member.user, concept=ConceptFactory(lesson=another), ticked_at=NOW
    )
    LogFactory(card__user=member.user, card__question__concept__lesson=another, reviewed_at=NOW)
    assert weeks_of(member, NOW) == (Week(date(2026, 11, 9), 4, 1), Week(MONDAY, 4, 1))


def do(member: Membership, lesson: object, concept: object, at: datetime) -> None:
    """Begin a lesson, tick, take a quiz, hand in, review a card: four deeds and a review."""
    user = member.user
    LessonProgress.objects.create(user=user, lesson=lesson, started_at=at, last_read_at=at)
    ConceptTick.objects.create(user=user, concept=concept, ticked_at=at)
    quiz = QuizFactory(lesson=lesson)
    Attempt.objects.create(user=user, quiz=quiz, seed=1, started_at=at, submitted_at=at, score=1.0)
    SubmissionFactory(
        assignment=AssignmentFactory(cohort=member.cohort), membership=member, submitted_at=at
    )
    LogFactory(card__user=user, card__question__concept=concept, reviewed_at=at)
