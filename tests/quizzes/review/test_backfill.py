from datetime import timedelta

import pytest

from accounts.models import User
from courses.models import ConceptTick
from quizzes.models import Attempt, Question, QuestionVersion, Response, ReviewCard
from quizzes.question_versions import versions_of
from quizzes.review.backfill import make_cards
from tests.factories import ConceptFactory
from tests.quiz_factories import QuestionFactory, chosen, quiz_of
from tests.quizzes.sql import queries
from tests.review_factories import NOW, CardFactory

pytestmark = pytest.mark.django_db


def answered(user: User, question: Question, score: float | None, days_ago: int = 1) -> None:
    at = NOW - timedelta(days=days_ago)
    attempt = Attempt.objects.create(
        user=user, quiz=quiz_of(question), seed=1, started_at=at, submitted_at=at, score=0.5
    )
    version: QuestionVersion = versions_of([question], now=NOW)[0]
    given = None if score is None else chosen("a")
    Response.objects.create(attempt=attempt, position=1, version=version, answer=given, score=score)


def test_each_answered_question_with_its_newest_score(learner: User, stranger: User) -> None:
    question, skipped = QuestionFactory(), QuestionFactory()
    answered(learner, question, 1.0, days_ago=1)
    answered(learner, question, 0.0, days_ago=9)
    answered(learner, skipped, None)
    answered(stranger, question, 0.5)
    assert make_cards(now=NOW) == 2
    rows = ReviewCard.objects.order_by("user").values_list("user", "question", "first_score")
    assert list(rows) == [(learner.pk, question.pk, 1.0), (stranger.pk, question.pk, 0.5)]


def test_an_open_attempt_makes_none(learner: User) -> None:
    answered(learner, QuestionFactory(), 1.0)
    Attempt.objects.update(submitted_at=None, score=None)
    assert make_cards(now=NOW) == 0


def test_a_result_that_is_withheld_makes_none(learner: User) -> None:
    answered(learner, QuestionFactory(), 1.0)
    Attempt.objects.update(withheld=True)
    assert make_cards(now=NOW) == 0


def test_each_ticked_concept_that_has_a_key_fact(learner: User) -> None:
    with_fact = ConceptFactory(fact_prompt="Which?", fact_answer="This.")
    for concept in (with_fact, ConceptFactory()):
        ConceptTick.objects.create(user=learner, concept=concept, ticked_at=NOW)
    assert make_cards(now=NOW) == 1
    assert ReviewCard.objects.get().concept == with_fact


def test_again_changes_nothing() -> None:
    card = CardFactory(remembered=True)
    answered(card.user, card.question, 0.0)
    assert make_cards(now=NOW) == 0
    assert ReviewCard.objects.get().stability == card.stability


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_cards(learner: User, number: int) -> None:
    for _ in range(number):
        answered(learner, QuestionFactory(), 1.0)
    # count, people, answers, cards, ticks, count
    with queries(6):
        make_cards(now=NOW)
