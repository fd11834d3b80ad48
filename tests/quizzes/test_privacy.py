import json
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from quizzes import privacy
from quizzes.models import (
    AnswerRecord,
    Attempt,
    QuestionPreview,
    QuestionVersion,
    Regrade,
    Response,
    ScoreChange,
)
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
                    "graded": "",
                    "comment": "",
                    "score_changes": [],
                    "seconds": None,
                    "saved_answers": [
                        {"answer": "Option *b*", "sequence": 7, "received": NOW, "late": False}
                    ],
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


def test_a_result_that_is_withheld_is_not_in_the_export(learner: User) -> None:
    attempt = attempt_of(learner, submitted_at=NOW, score=1.0, passed=True, withheld=True)
    attempt.responses.update(answer=chosen("a"), score=1.0, comment="Good.", graded_by="machine")
    [row] = privacy.attempts(learner)
    assert (row["score"], row["passed"]) == (None, None)
    assert row["responses"] == [
        {
            "question": "Which one?",
            "answer": "Option *a*",
            "seconds": None,
            "saved_answers": [
                {"answer": "Option *b*", "sequence": 7, "received": NOW, "late": False}
            ],
        }
    ]


def test_changes_of_scores_are_in_the_learners_export_and_in_the_graders(
    learner: User, teacher: User, stranger: User
) -> None:
    response = attempt_of(learner, submitted_at=NOW, score=0.5).responses.get()
    regrade = Regrade.objects.create(
        question=response.version.question,
        version=response.version,
        made_by=teacher,
        made_at=NOW,
        reason="The key was wrong.",
    )
    for before, after, made in ((None, 0.2, None), (0.2, 0.5, regrade)):
        ScoreChange.objects.create(
            response=response,
            regrade=made,
            changed_by=teacher,
            changed_at=NOW,
            before=before,
            after=after,
            attempt_before=0,
            attempt_after=after,
        )
    [row] = privacy.attempts(learner)
    assert row["responses"][0]["score_changes"] == [
        {"changed": NOW, "before": None, "after": 0.2, "reason": ""},
        {"changed": NOW, "before": 0.2, "after": 0.5, "reason": "The key was wrong."},
    ]
    assert list(privacy.regrades(teacher)) == [
        {
            "question": "Which one?",
            "made": NOW,
            "reason": "The key was wrong.",
            "scores_changed": 1,
        }
    ]
    assert list(privacy.grades_given(teacher)) == [
        {"quiz": "Quiz", "question": "Which one?", "given": NOW, "before": None, "after": 0.2}
    ]
    for somebody in (learner, stranger):
        assert list(privacy.regrades(somebody)) == list(privacy.grades_given(somebody)) == []


def test_preview_links_without_the_link_itself(editor: User, stranger: User) -> None:
    question = QuestionFactory(prompt="Which one?")
    later = NOW + timedelta(days=14)
    QuestionPreview.objects.create(question=question, made_at=NOW, expires_at=later, made_by=editor)
    assert list(privacy.previews(editor)) == [
        {"question": "Which one?", "made": NOW, "expires": later}
    ]
    assert list(privacy.previews(stranger)) == []


def test_who_graded_can_be_erased_and_the_grades_stay(learner: User, teacher: User) -> None:
    response = attempt_of(learner, submitted_at=NOW, score=0.5).responses.get()
    ScoreChange.objects.create(
        response=response,
        changed_by=teacher,
        changed_at=NOW,
        after=1,
        attempt_before=0,
        attempt_after=1,
    )
    teacher.delete()
    assert ScoreChange.objects.get().changed_by is None
    learner.delete()
    assert not ScoreChange.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_four_queries(
    learner: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        attempt_of(learner)
    # attempts, responses, saved answers, changes of scores
    with django_assert_num_queries(4):
        assert len(list(privacy.attempts(learner))) == rows
