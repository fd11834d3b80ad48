"""Several people who grade at the same moment."""

from datetime import timedelta

import pytest

from accounts.models import User
from quizzes.hand_grading import GradedMeanwhileError, grade_by_hand
from quizzes.models import Attempt, Regrade, Response, ScoreChange
from quizzes.regrading import applying
from quizzes.regrading.applying import PreviewChangedError
from quizzes.regrading.preview import preview
from tests.at_once import at_once
from tests.quiz_factories import PAYLOADS, QuestionFactory, chosen, payload, quiz_of
from tests.quizzes.finished import NOW, finished, version_of

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + timedelta(days=1)


def test_a_regrade_confirmed_twice_at_once_is_made_once(teacher: User) -> None:
    question = QuestionFactory()
    quiz = quiz_of(question)
    for _ in range(8):
        finished(quiz, chosen("b"))
    question.payload = payload("b", "ac")
    question.save()
    version = version_of(question)
    digest = preview(question, version).digest
    made = at_once(
        *[
            lambda: applying.apply(
                question=question,
                version=version,
                by=teacher,
                reason="The key was wrong.",
                now=LATER,
                expected=digest,
            )
        ]
        * 4
    )
    assert sorted(one is None for one in made) == [False, True, True, True]
    assert (Regrade.objects.count(), ScoreChange.objects.count()) == (1, 8)
    assert set(Attempt.objects.values_list("score", "passed")) == {(1.0, True)}


def test_two_teachers_at_once_are_not_both_right(teacher: User, superuser: User) -> None:
    quiz = quiz_of(QuestionFactory(kind="free", payload=PAYLOADS["free"]), mode="graded")
    response = finished(quiz, {"text": "Words."}).responses.get()

    def grade(by: User, score: float) -> float | None:
        try:
            found = grade_by_hand(response=response, score=score, comment="", by=by, now=LATER)
        except GradedMeanwhileError as other:
            return -1 if other.score is None else -other.score
        return found.score

    first, second = at_once(lambda: grade(teacher, 0.25), lambda: grade(superuser, 0.75))
    assert {first, second} in ({0.25, -0.25}, {0.75, -0.75})
    kept = max(first, second)
    assert Response.objects.get().score == Attempt.objects.get().score == kept
    assert ScoreChange.objects.get().after == kept


def test_a_regrade_and_a_grade_by_hand_lose_neither(teacher: User, superuser: User) -> None:
    """In the same attempt: whichever comes first, its score counts both."""
    question = QuestionFactory()
    free = QuestionFactory(kind="free", payload=PAYLOADS["free"])
    attempt = finished(quiz_of(question, free, mode="graded"), chosen("b"), {"text": "Words."})
    question.payload = payload("b", "ac")
    question.save()
    version = version_of(question)

    def regrade() -> bool:
        digest = preview(question, version).digest
        try:
            applying.apply(
                question=question,
                version=version,
                by=teacher,
                reason="",
                now=LATER,
                expected=digest,
            )
        except PreviewChangedError:
            return False
        return True

    written = attempt.responses.get(position=2)
    done, _ = at_once(
        regrade,
        lambda: grade_by_hand(response=written, score=0.5, comment="", by=superuser, now=LATER),
    )
    attempt.refresh_from_db()
    assert (attempt.score, attempt.awaiting) == (0.75 if done else 0.25, 0)
