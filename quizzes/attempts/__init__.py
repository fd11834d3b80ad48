"""A learner's attempt at a quiz: begun once, every answer kept, graded once.

The attempt's row is the one lock: saving, checking and handing in take it first, so no answer
can slip in after grading. This module is the door to all of them.
"""

from quizzes.attempts.checking import check, rate
from quizzes.attempts.ends import close_overdue, end_if_over, submit
from quizzes.attempts.opening import ClosedError
from quizzes.attempts.saving import FullError, save_answer
from quizzes.attempts.starting import NoQuestionsError, start

__all__ = [
    "ClosedError",
    "FullError",
    "NoQuestionsError",
    "check",
    "close_overdue",
    "end_if_over",
    "rate",
    "save_answer",
    "start",
    "submit",
]
