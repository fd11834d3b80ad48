"""Questions and quizzes as the data of the course's files."""

from collections.abc import Sequence
from math import inf
from typing import Any

from courses.content import guests
from courses.models import Course, Lesson, Status
from quizzes.content.questions import longer_slug, save_questions, validate_questions
from quizzes.content.quizzes import save_quizzes, validate_quizzes
from quizzes.models import Question, Quiz, QuizQuestion


def parts_of_lessons(lessons: Sequence[Lesson]) -> dict[int, dict[str, Any]]:
    """The questions of each lesson, those of its quiz first and in its order. Three queries."""
    questions = (
        Question.objects.filter(concept__lesson__in=lessons, concept__archived=False)
        .exclude(status=Status.ARCHIVED)
        .select_related("concept")
        .order_by("pk")
    )
    slugs = quiz_slugs(lessons)
    of_quizzes = QuizQuestion.objects.filter(quiz__slug__in=slugs.values())
    places: dict[str, dict[int, int]] = {}
    for slug, question_id, place in of_quizzes.values_list("quiz__slug", "question_id", "position"):
        places.setdefault(slug, {})[question_id] = place
    rows: dict[int, list[Question]] = {}
    for question in questions:
        rows.setdefault(question.concept.lesson_id, []).append(question)
    return {
        lesson_id: {"questions": ordered(listed, places.get(slugs[lesson_id], {}))}
        for lesson_id, listed in rows.items()
    }


def ordered(questions: list[Question], places: dict[int, int]) -> list[dict[str, Any]]:
    """`places` are those in the quiz, by the question's id."""
    in_order = sorted(questions, key=lambda one: places.get(one.pk, inf))
    return [question_document(one) for one in in_order]


def quiz_slugs(lessons: Sequence[Lesson]) -> dict[int, str]:
    """As `quiz_slug` says for each lesson, by the lesson's id."""
    names = [lesson.slug for lesson in lessons]
    owners = dict(Quiz.objects.filter(slug__in=names).values_list("slug", "lesson_id"))
    return {
        lesson.pk: lesson.slug
        if owners.get(lesson.slug, lesson.pk) == lesson.pk
        else longer_slug(lesson)
        for lesson in lessons
    }


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
        parts_of_lessons=parts_of_lessons,
        quizzes_of=quizzes_of,
    )
)
