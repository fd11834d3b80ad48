from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from quizzes.models import Algorithm, ReviewCard, ReviewLog, ReviewPreferences
from quizzes.question_versions import versions_of
from quizzes.review import cards, rating
from quizzes.review.cards import memory_of
from quizzes.review.scheduling import AGAIN, GOOD, PARAMETERS, schedule
from tests.quiz_factories import chosen
from tests.review_factories import CardFactory, due_card

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, 0, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)


def rate(card: ReviewCard, given: int = GOOD, at: datetime = NOW, **more: object) -> ReviewLog:
    card.refresh_from_db()
    more = {"seen_reviews": card.reviews} | more
    log = rating.rate(user=card.user, card_id=card.pk, rating=given, now=at, **more)
    card.refresh_from_db()
    return log


def undo(card: ReviewCard, log: ReviewLog, at: datetime = NOW) -> ReviewLog | None:
    undone = rating.undo(user=card.user, review_id=log.pk, now=at)
    card.refresh_from_db()
    return undone


def test_a_rating_schedules_the_card() -> None:
    card = due_card()
    before = memory_of(card)
    rate(card)
    assert memory_of(card) == schedule(before, GOOD, NOW, 0.9)
    assert card.reviews == 4
    assert card.algorithm == Algorithm.objects.get(digest=rating.DIGEST)
    assert card.algorithm.parameters == PARAMETERS


def test_the_log_holds_all_that_fitting_needs() -> None:
    card = due_card()
    before = memory_of(card)
    (version,) = versions_of([card.question], now=NOW)
    rate(card, AGAIN, answer=chosen("b"), version=version, score=0.0, seconds=7.5)
    log = ReviewLog.objects.get()
    assert (log.card, log.user, log.rating, log.reviewed_at) == (card, card.user, AGAIN, NOW)
    assert (log.answer, log.version, log.score, log.seconds) == (chosen("b"), version, 0.0, 7.5)
    assert (log.retention, log.before) == (0.9, before.as_json())
    assert (log.state, log.stability, log.difficulty, log.due_at) == (
        card.state,
        card.stability,
        card.difficulty,
        card.due_at,
    )


def test_the_retention_that_one_wants() -> None:
    card = due_card()
    ReviewPreferences.objects.create(user=card.user, retention=0.8)
    before = memory_of(card)
    log = rate(card)
    assert log.retention == 0.8
    assert card.due_at == schedule(before, GOOD, NOW, 0.8).due


def test_sent_twice_counts_once() -> None:
    card = due_card()
    rate(card)
    stands = memory_of(card)
    assert rate(card, seen_reviews=3, at=NOW + DAY) is None
    assert (memory_of(card), card.reviews, ReviewLog.objects.count()) == (stands, 4, 1)


def test_a_card_put_aside_is_not_rated() -> None:
    card = due_card(suspended_at=NOW)
    with pytest.raises(rating.SuspendedError):
        rate(card)
    assert ReviewLog.objects.count() == 0


def test_another_persons_card_does_not_exist(stranger: User) -> None:
    card = due_card()
    with pytest.raises(ReviewCard.DoesNotExist):
        rating.rate(user=stranger, card_id=card.pk, rating=GOOD, seen_reviews=3, now=NOW)


def test_undo_restores_the_card() -> None:
    card = CardFactory()
    fresh = memory_of(card)
    log = rate(card)
    assert undo(card, log, NOW + timedelta(hours=1)) == log
    assert (memory_of(card), card.reviews) == (fresh, 0)
    assert ReviewLog.objects.get().undone_at == NOW + timedelta(hours=1)


def test_undo_goes_further_back_card_by_card() -> None:
    one = due_card()
    two = due_card(user=one.user)
    starts = memory_of(one), memory_of(two)
    logs = [
        rate(card, given, NOW + minute * timedelta(minutes=1))
        for minute, (card, given) in enumerate([(one, AGAIN), (two, GOOD), (one, GOOD)])
    ]
    for card, log in zip([one, two, one], reversed(logs), strict=True):
        assert undo(card, log, NOW + timedelta(hours=1)) == log
    two.refresh_from_db()
    assert (memory_of(one), memory_of(two)) == starts


def test_undo_sent_twice_takes_back_one() -> None:
    card = due_card()
    first, second = rate(card, AGAIN), rate(card, GOOD, NOW + timedelta(minutes=10))
    undo(card, second)
    assert undo(card, second) is None
    assert list(ReviewLog.objects.counted()) == [first]


def test_undo_within_a_day() -> None:
    card = due_card()
    log = rate(card)
    assert undo(card, log, NOW + DAY + timedelta(seconds=1)) is None
    assert undo(card, log, NOW + DAY) == log


def test_what_was_started_anew_is_not_brought_back() -> None:
    card = due_card()
    log = rate(card)
    cards.reset(user=card.user, card_id=card.pk, now=NOW)
    assert undo(card, log) is None
    assert card.state == ReviewCard.State.NEW


def test_nobody_undoes_for_another(stranger: User) -> None:
    card = due_card()
    log = rate(card)
    assert rating.undo(user=stranger, review_id=log.pk, now=NOW) is None
    assert ReviewLog.objects.counted().count() == 1
