import re

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Attempt, Quiz, ReviewCard
from tests.quiz_factories import PAYLOADS, QuestionFactory, quiz_of, quiz_with

pytestmark = pytest.mark.django_db


def result(client: Client, answered: int) -> str:
    """The results page of a quiz of three questions, of which so many were answered."""
    quiz = quiz_with(3)
    client.post(f"/quizzes/{quiz.slug}/start/")
    attempt = Attempt.objects.get(quiz=quiz)
    for position in range(1, answered + 1):
        client.post(f"/attempts/{attempt.pk}/answers/{position}/", {"choice": "a"})
    client.post(f"/attempts/{attempt.pk}/submit/")
    page = client.get(f"/attempts/{attempt.pk}/results/").content.decode()
    return re.sub(r"<[^>]*>", "", page)


@pytest.mark.parametrize(
    ("answered", "words"),
    [
        (1, "The question that you answered comes back in review"),
        (2, "The 2 questions that you answered come back in review"),
    ],
)
def test_says_what_comes_back_in_review(
    as_learner: Client, learner: User, answered: int, words: str
) -> None:
    assert words in result(as_learner, answered)
    assert ReviewCard.objects.of(learner).count() == answered


def test_nothing_answered_brings_nothing_back(as_learner: Client) -> None:
    assert "in review" not in result(as_learner, 0)
    assert not ReviewCard.objects.exists()


def test_what_waits_for_a_person_is_no_weakness(as_learner: Client, learner: User) -> None:
    free = QuestionFactory(kind="free", payload=PAYLOADS["free"], concept__name="Writing")
    quiz = quiz_of(free, QuestionFactory(concept__name="Reading"), mode=Quiz.Mode.GRADED)
    as_learner.post(f"/quizzes/{quiz.slug}/start/")
    attempt = Attempt.objects.get()
    as_learner.post(f"/attempts/{attempt.pk}/answers/1/", {"text": "My own words."})
    as_learner.post(f"/attempts/{attempt.pk}/submit/")
    results = as_learner.get(f"/attempts/{attempt.pk}/results/").context["results"]
    assert [(bar.concept.name, bar.percent) for bar in results.bars] == [("Reading", 0)]
    assert [bar.concept.name for bar in results.to_reread] == ["Reading"]
