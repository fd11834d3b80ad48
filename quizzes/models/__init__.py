"""Questions and quizzes, the attempts that learners make, and what they remember of them."""

from quizzes.models.attempts import AnswerRecord, Attempt, Response
from quizzes.models.grading import Regrade, ScoreChange
from quizzes.models.questions import Question, QuestionPreview, QuestionVersion
from quizzes.models.quizzes import Draw, Quiz, QuizQuestion
from quizzes.models.review import Algorithm, ReviewCard, ReviewLog, ReviewPreferences

__all__ = [
    "Algorithm",
    "AnswerRecord",
    "Attempt",
    "Draw",
    "Question",
    "QuestionPreview",
    "QuestionVersion",
    "Quiz",
    "QuizQuestion",
    "Regrade",
    "Response",
    "ReviewCard",
    "ReviewLog",
    "ReviewPreferences",
    "ScoreChange",
]
