"""Questions and quizzes as the data of the course's files."""

from typing import Any

from courses.content import guests
from courses.content.documents import said
from courses.models import Course, Lesson, Status
from quizzes.content.questions import quiz_slug, save_questions, validate_questions
from quizzes.content.quizzes import save_quizzes, validate_quizzes
from quizzes.models import Question


def part_of_lesson(lesson: Lesson) -> dict[str, Any]:
    """The questions of the lesson, those of its quiz first and in its order."""
    questions = (
        Question.objects.filter(concept__lesson=lesson, concept__archived=False)
        .exclude(status=Status.ARCHIVED)
        .select_related("concept")
        .order_by("pk")
    )
    slug = quiz_slug(lesson)
    of_quiz = questions.filter(places__quiz__slug=slug)
    places = dict(of_quiz.values_list("pk", "places__position"))
    ordered = sorted(questions, key=lambda one: places.get(one.pk, 0))
    return said(questions=[question_document(one) for one in ordered])


def question_document(question: Question) -> dict[str, Any]:
    return {
        "slug": question.slug,
        "concept": question.concept.slug,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "prompt": question.prompt,
        "payload": question.payload,
        "explanation": question.explanation,
    }


def quizzes_of(course: Course) -> list[dict[str, Any]]:
    return []


guests.register(
    guests.Guest(
        check_questions=validate_questions,
        check_quizzes=validate_quizzes,
        save_questions=save_questions,
        save_quizzes=save_quizzes,
        part_of_lesson=part_of_lesson,
        quizzes_of=quizzes_of,
    )
)
