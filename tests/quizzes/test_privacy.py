import json
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from quizzes import privacy
from quizzes.models import AnswerRecord, Attempt, QuestionVersion, Response
from tests.quiz_factories import QuestionFactory, chosen, quiz_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 8, 40, tzinfo=UTC)


def attempt_of(user: User, *, saved: str = "b", **fields: object) -> Attempt:
    question = QuestionFactory(prompt="Which one?")
    version = QuestionVersion.objects.create(
        question=question,
        digest=f"digest-{question.pk}",
        kind=question.kind,
        prompt=question.prompt,
        payload=question.payload,
        explanation=question.explanation,
        created_at=NOW,
    )
    quiz = quiz_of(question, title="Quiz")
    attempt = Attempt.objects.create(user=user, quiz=quiz, seed=1, started_at=NOW, **fields)
    response = Response.objects.create(attempt=attempt, position=1, version=version)
    AnswerRecord.objects.create(
        response=response, sequence=7, answer=chosen(saved), received_at=NOW
    )
    return attempt


def test_attempts_with_what_was_chosen(learner: User, stranger: User) -> None:
    attempt = attempt_of(learner, submitted_at=NOW, score=0.0)
    attempt.responses.update(answer=chosen("b"), score=0.0)
    attempt_of(stranger)
    assert list(privacy.attempts(learner)) == [
        {
            "quiz": "Quiz",
            "started": NOW,
            "handed_in": NOW,
            "score": 0.0,
            "passed": False,
            "responses": [
                {
                    "question": "Which one?",
                    "answer": "Option *b*",
                    "score": 0.0,
                    "saved_answers": [{"answer": "Option *b*", "sequence": 7, "received": NOW}],
                }
            ],
        }
    ]


def test_open_attempt_does_not_tell_the_right_answer(learner: User) -> None:
    attempt_of(learner)
    text = json.dumps(list(privacy.attempts(learner)), default=str)
    assert "Option *a*" not in text
    assert "Because" not in text
    assert "right" not in text


def test_unreadable_answer_is_given_as_stored(learner: User) -> None:
    attempt = attempt_of(learner)
    response = attempt.responses.get()
    response.version.kind = "riddle"
    assert privacy.in_words(response.version, {"riddle": 1}) == {"riddle": 1}
    assert privacy.in_words(response.version, None) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_three_queries(
    learner: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        attempt_of(learner)
    # attempts, responses, saved answers
    with django_assert_num_queries(3):
        assert len(list(privacy.attempts(learner))) == rows
