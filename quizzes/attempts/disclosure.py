"""When a quiz tells what was right. Pure: every page and every answer asks here."""

from datetime import datetime, timedelta

from quizzes.models import Quiz


def tells_at_once(quiz: Quiz) -> bool:
    """Whether the learner sees what was right after each question."""
    if quiz.mode == Quiz.Mode.PRACTICE:
        return True
    return quiz.mode == Quiz.Mode.GRADED and quiz.feedback == Quiz.Feedback.AT_ONCE


def lets_try_again(quiz: Quiz) -> bool:
    """Whether a question that was checked can be tried once more, for nothing."""
    return quiz.mode == Quiz.Mode.PRACTICE


def is_self_rated(quiz: Quiz) -> bool:
    """Whether learners rate what only a person can grade; else it waits for someone."""
    return quiz.mode == Quiz.Mode.PRACTICE


def results_at(quiz: Quiz) -> datetime | None:
    """When results are shown, where that is not on handing in: when nobody can answer any more."""
    if quiz.mode != Quiz.Mode.GRADED or quiz.feedback != Quiz.Feedback.CLOSED:
        return None
    return quiz.closes_at and quiz.closes_at + timedelta(seconds=quiz.grace)


def shows_results(quiz: Quiz, now: datetime) -> bool:
    """Whether the results of attempts that were handed in are shown at `now`."""
    at = results_at(quiz)
    return at is None or now > at
