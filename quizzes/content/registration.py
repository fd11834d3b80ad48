"""The questions and quizzes in the course's files."""

from courses.content import guests
from quizzes.content.checking import check_lesson, validate_quizzes
from quizzes.content.documents import parts_of_lessons, quizzes_of
from quizzes.content.forms import normal_part, normal_quizzes
from quizzes.content.questions import save_questions
from quizzes.content.quizzes import renamed, save_own_quiz, save_quizzes

guests.register(
    guests.Guest(
        permissions=("quizzes.change_question", "quizzes.change_quiz"),
        check_lesson=check_lesson,
        check_quizzes=validate_quizzes,
        normal_part=normal_part,
        normal_quizzes=normal_quizzes,
        save_questions=save_questions,
        save_quizzes=save_quizzes,
        save_quiz=save_own_quiz,
        renamed=renamed,
        parts_of_lessons=parts_of_lessons,
        quizzes_of=quizzes_of,
    )
)
