import json

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from quizzes.models import ReviewPreferences
from quizzes.question_versions import versions_of
from quizzes.review import privacy
from quizzes.review.rating import rate, undo
from quizzes.review.scheduling import PARAMETERS, Memory
from tests.quiz_factories import QuestionFactory, chosen
from tests.review_factories import NOW, CardFactory, LogFactory, due_card

pytestmark = pytest.mark.django_db


def test_cards_with_their_memory(learner: User) -> None:
    question = QuestionFactory(prompt="Which one?")
    card = CardFactory(user=learner, question=question, remembered=True, first_score=0.5)
    CardFactory(user=learner, fact=True)
    CardFactory()
    found, fact = privacy.cards(learner)
    assert found == {
        "card": card.pk,
        "asks": "Which one?",
        "made": card.made_at,
        "first_score": 0.5,
        "state": "Review",
        "step": None,
        "stability": 8.0,
        "difficulty": 5.0,
        "due": card.due_at,
        "last_reviewed": card.reviewed_at,
        "reviews": 3,
        "lapses": 0,
        "put_aside": None,
        "algorithm": "FSRS-6 (fsrs)",
    }
    assert (fact["asks"], fact["state"], fact["algorithm"]) == ("What is it?", "New", None)


def test_reviews_with_all_that_fitting_needs(learner: User) -> None:
    card = due_card(user=learner)
    (version,) = versions_of([card.question], now=NOW)
    log = rate(
        user=learner,
        card_id=card.pk,
        rating=1,
        seen_reviews=3,
        now=NOW,
        answer=chosen("b"),
        version=version,
        score=0.0,
        seconds=4.0,
    )
    LogFactory()
    (row,) = privacy.reviews(learner)
    told = ("card", "reviewed", "rating", "seconds", "wanted_retention", "answer", "score")
    assert [row[name] for name in told] == [card.pk, NOW, 1, 4.0, 0.9, chosen("b"), 0.0]
    assert (row["asked"], row["parameters"], row["taken_back"]) == (
        card.question.prompt,
        PARAMETERS,
        None,
    )
    before = Memory.from_json(row["before"])
    assert (before.stability, before.reviewed) == (card.stability, card.reviewed_at)
    assert (row["state"], row["stability"], row["due"]) == (3, log.stability, log.due_at)
    assert json.loads(json.dumps(row, default=str))["algorithm"].startswith("FSRS-6 (fsrs 6.")
    undo(user=learner, review_id=log.pk, now=NOW)
    assert [row["taken_back"] for row in privacy.reviews(learner)] == [NOW]


def test_preferences(learner: User) -> None:
    assert list(privacy.preferences(learner)) == []
    ReviewPreferences.objects.create(user=learner, retention=0.85, mail=True)
    assert list(privacy.preferences(learner)) == [
        {
            "retention": 0.85,
            "reviews_a_day": 60,
            "new_a_day": 10,
            "keys": True,
            "mail": True,
            "last_mail": None,
        }
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_each(
    learner: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        LogFactory(card=due_card(user=learner))
    with django_assert_num_queries(1):
        assert len(list(privacy.cards(learner))) == rows
    with django_assert_num_queries(1):
        assert len(list(privacy.reviews(learner))) == rows
