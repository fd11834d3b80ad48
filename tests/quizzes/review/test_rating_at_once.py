"""Several requests of one learner at the same moment."""

import pytest

from quizzes.models import Algorithm, ReviewLog
from quizzes.review.cards import memory_of
from quizzes.review.rating import rate, undo
from quizzes.review.scheduling import AGAIN, GOOD, schedule
from tests.at_once import at_once
from tests.review_factories import NOW, due_card

pytestmark = pytest.mark.django_db(transaction=True)


def test_rated_at_once_counts_once() -> None:
    card = due_card()
    before = memory_of(card)
    Algorithm.objects.exclude(pk=card.algorithm_id).delete()

    def call() -> ReviewLog | None:
        return rate(user=card.user, card_id=card.pk, rating=GOOD, seen_reviews=3, now=NOW)

    found = at_once(*[call] * 5)
    assert found.count(None) == 4
    assert ReviewLog.objects.count() == 1
    card.refresh_from_db()
    assert (card.reviews, memory_of(card)) == (4, schedule(before, GOOD, NOW, 0.9))


def test_undone_at_once_takes_back_one() -> None:
    card = due_card()
    before = memory_of(card)
    first = rate(user=card.user, card_id=card.pk, rating=AGAIN, seen_reviews=3, now=NOW)
    second = rate(user=card.user, card_id=card.pk, rating=GOOD, seen_reviews=4, now=NOW)
    assert first
    assert second

    def call() -> ReviewLog | None:
        return undo(user=card.user, review_id=second.pk, now=NOW)

    assert at_once(*[call] * 5).count(None) == 4
    assert list(ReviewLog.objects.counted()) == [first]
    card.refresh_from_db()
    assert (card.reviews, memory_of(card)) == (4, schedule(before, AGAIN, NOW, 0.9))
