from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from quizzes.models import ReviewCard
from quizzes.review import cards
from tests.factories import ConceptFactory
from tests.quiz_factories import QuestionFactory
from tests.quizzes.sql import queries

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
