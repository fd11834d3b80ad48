from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from quizzes.models import ReviewCard, ReviewLog
from quizzes.review import cards
from quizzes.review.scheduling import Memory
from tests.factories import ConceptFactory
from tests.quiz_factories import QuestionFactory
from tests.quizzes.sql import queries
from tests.review_factories import LogFactory, due_card

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def test_answered_questions_become_new_cards(learner: User) -> None:
    one, two = QuestionFactory(), QuestionFactory()
    with queries(1):
        cards.remember_answers(user=learner, answers=[(two.pk, 0.5), (one.pk, 1.0)], now=NOW)
    made = ReviewCard.objects.of(learner).order_by("question")
    assert list(made.values_list("question", "state", "first_score", "due_at", "made_at")) == [
        (one.pk, ReviewCard.State.NEW, 1.0, NOW, NOW),
        (two.pk, ReviewCard.State.NEW, 0.5, NOW, NOW),
    ]


def test_a_card_stays_as_it_is(learner: User) -> None:
    question = QuestionFactory()
    cards.remember_answers(user=learner, answers=[(question.pk, 0.0)], now=NOW)
    cards.remember_answers(user=learner, answers=[(question.pk, 1.0)], now=LATER)
    card = ReviewCard.objects.get()
    assert (card.first_score, card.made_at) == (0.0, NOW)


def test_nothing_answered_asks_nothing(learner: User) -> None:
    with queries(0):
        cards.remember_answers(user=learner, answers=[], now=NOW)


def test_a_key_fact_becomes_a_card(learner: User) -> None:
    concept = ConceptFactory(fact_prompt="Which?", fact_answer="This.")
    cards.remember_fact(user=learner, concept=concept, now=NOW)
    cards.remember_fact(user=learner, concept=concept, now=LATER)
    assert ReviewCard.objects.get().concept == concept
    assert ReviewCard.objects.get().made_at == NOW


def test_no_key_fact_no_card(learner: User) -> None:
    cards.remember_fact(user=learner, concept=ConceptFactory(), now=NOW)
    assert ReviewCard.objects.count() == 0


def test_put_aside_and_taken_up_again() -> None:
    card = due_card()
    cards.suspend(user=card.user, card_id=card.pk, now=NOW)
    cards.suspend(user=card.user, card_id=card.pk, now=LATER)
    card.refresh_from_db()
    assert (card.suspended_at, ReviewCard.objects.active().count()) == (NOW, 0)
    cards.resume(user=card.user, card_id=card.pk)
    card.refresh_from_db()
    assert (card.suspended_at, card.state) == (None, ReviewCard.State.REVIEW)


def test_started_again_forgets_and_keeps_the_log() -> None:
    log = LogFactory()
    cards.reset(user=log.user, card_id=log.card_id, now=LATER)
    card = ReviewCard.objects.get()
    assert cards.memory_of(card) == Memory(0, None, None, None, LATER, None, 0)
    assert (card.algorithm, card.reviews) == (None, 3)
    assert ReviewLog.objects.count() == 1


def test_a_new_meaning_starts_everybodys_cards_again() -> None:
    card, other = due_card(), due_card()
    same = due_card(question=card.question)
    assert cards.forget_meaning(question=card.question, now=LATER) == 2
    states = dict(ReviewCard.objects.values_list("pk", "state"))
    assert states == {card.pk: 0, same.pk: 0, other.pk: ReviewCard.State.REVIEW}


@pytest.mark.parametrize("action", [cards.suspend, cards.reset])
def test_only_ones_own_cards(stranger: User, action: Callable[..., None]) -> None:
    card = due_card()
    with pytest.raises(ReviewCard.DoesNotExist):
        action(user=stranger, card_id=card.pk, now=NOW)
    with pytest.raises(ReviewCard.DoesNotExist):
        cards.resume(user=stranger, card_id=card.pk)
    card.refresh_from_db()
    assert (card.state, card.suspended_at) == (ReviewCard.State.REVIEW, None)
