from datetime import UTC, datetime, timedelta

import pytest

from quizzes.attempts.disclosure import lets_try_again, results_at, shows_results, tells_at_once
from quizzes.models import Quiz

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("mode", "feedback", "at_once", "again", "shown"),
    [
        ("practice", "at-once", True, True, True),
        ("practice", "submitted", True, True, True),
        ("practice", "closed", True, True, True),
        ("graded", "at-once", True, False, True),
        ("graded", "submitted", False, False, True),
        ("graded", "closed", False, False, False),
        ("placement", "at-once", False, False, True),
        ("placement", "submitted", False, False, True),
        ("placement", "closed", False, False, True),
    ],
)
def test_when_each_quiz_tells(
    mode: str, feedback: str, at_once: bool, again: bool, shown: bool
) -> None:
    quiz = Quiz(mode=mode, feedback=feedback, closes_at=LATER)
    found = tells_at_once(quiz), lets_try_again(quiz), shows_results(quiz, NOW)
    assert found == (at_once, again, shown)


@pytest.mark.parametrize(
    ("after", "shown"), [(-1, False), (0, False), (30, False), (30.001, True), (86400, True)]
)
def test_results_come_when_nobody_can_answer_any_more(after: float, shown: bool) -> None:
    quiz = Quiz(mode="graded", feedback="closed", closes_at=LATER, grace=30)
    assert results_at(quiz) == LATER + timedelta(seconds=30)
    assert shows_results(quiz, LATER + timedelta(seconds=after)) is shown


def test_a_quiz_that_never_closes_tells_after_handing_in() -> None:
    quiz = Quiz(mode="graded", feedback="closed")
    assert results_at(quiz) is None
    assert shows_results(quiz, NOW)
