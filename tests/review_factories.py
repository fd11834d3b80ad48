"""What learners remember, to test with: cards with a memory, and the reviews behind it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from fsrs.scheduler import DEFAULT_PARAMETERS

from quizzes.models import Algorithm, ReviewCard, ReviewLog
from tests.factories import ConceptFactory, UserFactory
from tests.quiz_factories import QuestionFactory

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
State = ReviewCard.State


class AlgorithmFactory(factory.django.DjangoModelFactory[Algorithm]):
    class Meta:
        model = Algorithm
        django_get_or_create = ("digest",)

    name = "FSRS-6"
    package = "fsrs"
    parameters = factory.LazyFunction(lambda: list(DEFAULT_PARAMETERS))
    digest = "d" * 64


class CardFactory(factory.django.DjangoModelFactory[ReviewCard]):
    """A card of a question that is new; see `remembered` for one with a memory."""

    class Meta:
        model = ReviewCard

    user = factory.SubFactory(UserFactory)
    question = factory.SubFactory(QuestionFactory)
    made_at = NOW - timedelta(days=30)
    due_at = factory.LazyAttribute(lambda card: card.made_at)

    class Params:
        """`CardFactory(remembered=True)`: reviewed `days` ago, with `stability` in days, and due
        when as many days have passed as the stability says."""

        days = 4.0
        remembered = factory.Trait(
            algorithm=factory.SubFactory(AlgorithmFactory),
            state=State.REVIEW,
            stability=8.0,
            difficulty=5.0,
            reviews=3,
            reviewed_at=factory.LazyAttribute(lambda card: NOW - timedelta(days=card.days)),
            due_at=factory.LazyAttribute(
                lambda card: card.reviewed_at + timedelta(days=card.stability)
            ),
        )
        # Of the key fact of a concept, not of a question.
        fact = factory.Trait(
            question=None,
            concept=factory.SubFactory(
                ConceptFactory, fact_prompt="What is it?", fact_answer="This."
            ),
        )


class LogFactory(factory.django.DjangoModelFactory[ReviewLog]):
    class Meta:
        model = ReviewLog

    card = factory.SubFactory(CardFactory, remembered=True)
    user = factory.LazyAttribute(lambda log: log.card.user)
    algorithm = factory.SubFactory(AlgorithmFactory)
    rating = ReviewLog.Rating.GOOD
    reviewed_at = factory.LazyAttribute(lambda log: log.card.reviewed_at)
    seconds = 12.0
    retention = 0.9
    before = factory.LazyFunction(dict)
    state = State.REVIEW
    stability = factory.LazyAttribute(lambda log: log.card.stability)
    difficulty = factory.LazyAttribute(lambda log: log.card.difficulty)
    due_at = factory.LazyAttribute(lambda log: log.card.due_at)


def due_card(**fields: Any) -> ReviewCard:
    """Reviewed 10 days ago, due 2 days ago."""
    return CardFactory(remembered=True, days=10, **fields)
