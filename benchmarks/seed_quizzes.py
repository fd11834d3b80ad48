"""The quizzes that whole attempts are made at, of the course's own questions."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from courses.models import Course, Lesson, Status
from quizzes.kinds import KINDS
from quizzes.models import Question, Quiz, QuizQuestion

# Their answers are one field of a form, whichever was asked.
CHOICES = [Question.Kind.SINGLE, Question.Kind.MULTIPLE, Question.Kind.BOOLEAN]
WRONG_ONES = 3  # of each quiz, so that it is passed, and something is left to explain


def quizzes_of(course: Course) -> dict[str, list[str]]:
    """The form bodies of the answers, by the slug of the quiz."""
    found = Question.objects.published().filter(
        concept__lesson__track__course=course, kind__in=CHOICES
    )
    questions = list(found.select_related("concept__lesson").order_by("pk"))
    return {
        slug: bodies(quiz_of(course, slug, mode, spread(questions, number)))
        for slug, mode, number in (
            ("bench-graded", Quiz.Mode.GRADED, 10),
            ("bench-practice", Quiz.Mode.PRACTICE, 10),
            ("bench-16", Quiz.Mode.GRADED, 16),
        )
        if len(questions) >= number
    }


def spread(questions: Sequence[Question], number: int) -> list[Question]:
    """So many, from one end of the course to the other."""
    return list(questions[:: len(questions) // number][:number])


def quiz_of(course: Course, slug: str, mode: str, questions: Sequence[Question]) -> list[Question]:
    quiz = Quiz.objects.create(
        course=course,
        # Handing in is told to the lesson, as that of the course's own quizzes. Of the last one,
        # as few learners have come so far: else there is nothing left to write down.
        lesson=course_end(course),
        slug=slug,
        title=f"{len(questions)} questions",
        mode=mode,
        status=Status.PUBLISHED,
    )
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, position=position)
        for position, question in enumerate(questions, 1)
    )
    return list(questions)


def course_end(course: Course) -> Lesson:
    return Lesson.objects.filter(track__course=course).in_order().reverse()[0]


def bodies(questions: Iterable[Question]) -> list[str]:
    return [
        urlencode({"choice": wrong(one) if place < WRONG_ONES else right(one)}, doseq=True)
        for place, one in enumerate(questions)
    ]


def right(question: Question) -> list[str]:
    chosen: list[str] = KINDS[question.kind].right_answer(question.payload)["chosen"]
    return chosen


def wrong(question: Question) -> list[str]:
    """One option, which is not to be chosen."""
    shown = KINDS[question.kind].present(question.payload, seed="", answer=None)
    return [next(one.id for one in shown if one.id not in right(question))]
