from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from quizzes.models import ReviewCard
from quizzes.review import cards, rating
from quizzes.review.day import Last, Today, today_of
from tests.quizzes.sql import queries
from tests.review_factories import CardFactory, due_card

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def rate(card: ReviewCard, given: int, at: datetime = NOW) -> int:
    card.refresh_from_db()
    log = rating.rate(
        user=card.user, card_id=card.pk, rating=given, seen_reviews=card.reviews, now=at
    )
    return log.pk


def test_nothing_reviewed_yet(learner: User) -> None:
    with queries(1):
        assert today_of(learner, NOW) == Today(date(2026, 11, 21))


def test_counts_by_rating_and_what_limits_are_for(learner: User) -> None:
    fresh, due, fact = (
        CardFactory(user=learner),
        due_card(user=learner),
        due_card(user=learner, fact=True),
    )
    rate(fresh, 1, NOW - 30 * MINUTE)
    rate(fresh, 3, NOW - 20 * MINUTE)
    rate(due, 2, NOW - 10 * MINUTE)
    newest = rate(fact, 4, NOW - MINUTE)
    rate(due_card(), 4)
    with queries(1):
        today = today_of(learner, NOW)
    last = Last(newest, fact.pk, fact.concept.lesson_id, undoable=True)
    assert today == Today(date(2026, 11, 21), 1, 1, 1, 1, counted=3, new=1, last=last)
    assert today.reviews == 4


def test_what_was_undone_does_not_count(learner: User) -> None:
    first = rate(due_card(user=learner), 3)
    undone = rate(due_card(user=learner), 3, NOW + MINUTE)
    rating.undo(user=learner, review_id=undone, now=NOW + MINUTE)
    today = today_of(learner, NOW + MINUTE)
    assert (today.reviews, today.last.review) == (1, first)


def test_the_day_is_the_learners_own(learner: User) -> None:
    learner.time_zone = "Asia/Taipei"
    rate(due_card(user=learner), 3, datetime(2026, 11, 21, 15, 59, tzinfo=UTC))
    today = today_of(learner, datetime(2026, 11, 21, 16, 1, tzinfo=UTC))
    assert (today.day, today.reviews, today.last.undoable) == (date(2026, 11, 22), 0, True)


def test_too_old_to_take_back(learner: User) -> None:
    rate(due_card(user=learner), 3)
    assert today_of(learner, NOW + timedelta(hours=24)).last.undoable
    assert today_of(learner, NOW + timedelta(hours=25)).last is None


def test_started_again_since(learner: User) -> None:
    card = due_card(user=learner)
    rate(card, 3)
    cards.reset(user=learner, card_id=card.pk, now=NOW)
    assert not today_of(learner, NOW).last.undoable
