from datetime import timedelta
from random import Random

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from quizzes.models import ReviewCard, ReviewLog, ReviewPreferences
from quizzes.review.mastery import mastery_of
from quizzes.review.outlook import Outlook, outlook_of
from quizzes.review.rating import rate, undo
from quizzes.review.session import session_of
from tests.quiz_factories import QuestionFactory
from tests.review_factories import NOW, CardFactory, LogFactory, due_card

State = ReviewCard.State

pytestmark = pytest.mark.django_db


def test_of_who_has_no_cards(learner: User, stranger: User) -> None:
    due_card(user=stranger)
    found = outlook_of(learner, NOW)
    assert (found.cards, found.due, found.new, found.over) == (0, 0, 0, 0)
    assert [day.cards for day in found.week] == [0] * 7


def test_what_waits_and_what_comes(learner: User) -> None:
    due_card(user=learner)
    CardFactory(user=learner)
    for days in (0, 1, 1, 6, 7):
        CardFactory(user=learner, remembered=True, due_at=NOW + timedelta(days=days, minutes=5))
    due_card(user=learner, suspended_at=NOW)
    found = outlook_of(learner, NOW)
    assert (found.cards, found.due, found.new, found.over) == (7, 1, 1, 0)
    assert [day.cards for day in found.week] == [2, 2, 0, 0, 0, 0, 1]


def test_daily_limits(learner: User) -> None:
    ReviewPreferences.objects.create(user=learner, reviews_a_day=3, new_a_day=2)
    for _ in range(2):
        due_card(user=learner)
    CardFactory.create_batch(4, user=learner)
    found = outlook_of(learner, NOW)
    assert (found.due, found.new, found.over) == (2, 1, 0)
    for _ in range(3):
        due_card(user=learner)
    found = outlook_of(learner, NOW)
    assert (found.due, found.new, found.over) == (3, 0, 2)


def test_says_what_the_session_will_ask(learner: User) -> None:
    """Over a day of reviews, some of them undone, whatever they were rated."""
    rng, now = Random(5), NOW
    ReviewPreferences.objects.create(user=learner, reviews_a_day=9, new_a_day=3)
    for _ in range(6):
        due_card(user=learner)
        CardFactory(user=learner)
    for _ in range(14):
        session = session_of(learner, now)
        assert outlook_of(learner, now).waiting == session.left
        place = next(session.queue.in_order(early=True), None)
        if place is None:
            break
        card = ReviewCard.objects.get(pk=place.card)
        rating = rng.choice([1, 2, 3, 4])
        log = rate(user=learner, card_id=card.pk, rating=rating, seen_reviews=card.reviews, now=now)
        now += timedelta(minutes=3)
        if log and rng.random() < 0.2:
            undo(user=learner, review_id=log.pk, now=now)
    assert ReviewLog.objects.filter(undone_at=None).count() > 5


@pytest.mark.parametrize(
    ("seconds", "minutes"), [([], 1), ([20.0], 1), ([90.0, 30.0], 3), ([10_000.0], 6)]
)
def test_minutes_by_the_learners_own_pace(
    learner: User, seconds: list[float], minutes: int
) -> None:
    card = due_card(user=learner)
    for _ in range(2):
        due_card(user=learner)
    for took in seconds:
        LogFactory(card=card, seconds=took)
    LogFactory(card=card, seconds=None)
    LogFactory(card=card, seconds=900, undone_at=NOW)
    assert outlook_of(learner, NOW).minutes == minutes


def test_the_day_is_the_learners_own(learner: User) -> None:
    learner.time_zone = "Asia/Taipei"
    ReviewPreferences.objects.create(user=learner, reviews_a_day=1, new_a_day=0)
    done = due_card(user=learner)
    due_card(user=learner)
    # In Taipei the 21st began at 16:00 UTC of the 20th.
    LogFactory(card=done, reviewed_at=NOW - timedelta(hours=18), before={"state": 2})
    assert outlook_of(learner, NOW).over == 1
    LogFactory(card=done, reviewed_at=NOW - timedelta(hours=16), before={"state": 2})
    assert outlook_of(learner, NOW).over == 2


@pytest.mark.parametrize("many", [1, 30])
def test_queries(
    learner: User, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        due_card(user=learner)
    with django_assert_num_queries(1):
        found = outlook_of(learner, NOW)
    assert isinstance(found, Outlook)
    assert found.due == many


def test_the_week_before_day_by_day(learner: User, stranger: User) -> None:
    learner.time_zone = "Asia/Tokyo"  # where it is six in the evening
    learner.save()
    card = due_card(user=learner)
    for hours in (1, 2, 18, 19, 24 * 6 + 17, 24 * 6 + 18, 24 * 6 + 19):
        LogFactory(card=card, reviewed_at=NOW - timedelta(hours=hours))
    LogFactory(card=card, reviewed_at=NOW - timedelta(hours=3), undone_at=NOW)
    LogFactory(card=due_card(user=stranger), reviewed_at=NOW)
    outlook = outlook_of(learner, NOW)
    assert outlook.reviewed == (2, 0, 0, 0, 0, 1, 3)
    assert outlook.last_at == NOW - timedelta(hours=1)


def test_no_reviews_in_the_week_before(learner: User) -> None:
    LogFactory(card=due_card(user=learner), reviewed_at=NOW - timedelta(days=8))
    outlook = outlook_of(learner, NOW)
    assert (outlook.reviewed, outlook.last_at) == ((0,) * 7, None)


def test_mastery_is_that_of_the_roadmap(learner: User) -> None:
    for days in (0, 3, 9):
        card = CardFactory(user=learner, remembered=True, days=days, stability=5.0)
    due_card(user=learner, question=QuestionFactory(concept=card.question.concept))
    CardFactory(user=learner)
    found = outlook_of(learner, NOW).mastery
    assert sorted(one.cards for one in found.values()) == [1, 1, 2]
    assert found == mastery_of(learner, NOW)
