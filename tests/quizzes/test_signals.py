from datetime import UTC, datetime

import pytest

from accounts.models import User
from courses.progress import tick_concept, untick_concept
from quizzes.models import ReviewCard
from tests.factories import ConceptFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_a_tick_makes_the_card_of_its_key_fact(learner: User) -> None:
    concept = ConceptFactory(fact_prompt="Which?", fact_answer="This.")
    tick_concept(user=learner, concept=concept, now=NOW)
    card = ReviewCard.objects.get()
    assert (card.user, card.concept, card.made_at) == (learner, concept, NOW)


def test_unticking_leaves_it(learner: User) -> None:
    concept = ConceptFactory(fact_prompt="Which?", fact_answer="This.")
    tick_concept(user=learner, concept=concept, now=NOW)
    untick_concept(user=learner, concept=concept, now=NOW)
    assert ReviewCard.objects.count() == 1


def test_a_tick_without_a_fact_makes_none(learner: User) -> None:
    tick_concept(user=learner, concept=ConceptFactory(), now=NOW)
    assert ReviewCard.objects.count() == 0
