import re

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Attempt, ReviewCard
from tests.quiz_factories import quiz_with

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
