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


def last_end(quiz: Quiz, others_until: datetime | None = None) -> datetime | None:
    """When it is closed for everybody, where results wait for that: when the quiz itself closes,
    or else when those can answer no more who learn with the one that is told (`others_until`)."""
    if quiz.mode != Quiz.Mode.GRADED or quiz.feedback != Quiz.Feedback.CLOSED:
        return None
    return quiz.closes_at or others_until


def results_at(quiz: Quiz, others_until: datetime | None = None) -> datetime | None:
    """When results are shown, where that is not on handing in: when nobody can answer any more."""
    end = last_end(quiz, others_until)
    return end and end + timedelta(seconds=quiz.grace)


def shows_results(quiz: Quiz, now: datetime, others_until: datetime | None = None) -> bool:
    """Whether the results of attempts that were handed in are shown at `now`."""
    at = results_at(quiz, others_until)
    return at is None or now > at
