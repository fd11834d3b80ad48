"""Questions and quizzes, and the attempts that learners make at them."""

from quizzes.models.attempts import AnswerRecord, Attempt, Response
from quizzes.models.questions import Question, QuestionVersion, Quiz, QuizQuestion

__all__ = [
    "AnswerRecord",
    "Attempt",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizQuestion",
    "Response",
]
