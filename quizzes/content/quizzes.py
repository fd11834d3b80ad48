"""The quizzes of quizzes.yaml and of lessons' files into the database."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from courses.content.documents import names_of
from courses.content.guests import Lessons
from courses.content.normal import time_of
from courses.content.problems import ContentError
from courses.content.saving import Changes, assign
from courses.models import Concept, Course, Lesson, Status
from quizzes.content.documents import (
    current_questions,
    nameable_draws,
    nameable_places,
    quizzes_in_file,
)
from quizzes.content.forms import FIELDS, TIMES, own_title
from quizzes.content.naming import free_slug, own_quiz
from quizzes.models import Draw, Question, Quiz, QuizQuestion

Row = Mapping[str, Any]


@transaction.atomic
def save_quizzes(course: Course, rows: list[dict[str, Any]], lessons: Lessons) -> Changes:
    """Make the quizzes what the checked `rows` say, matched by slug.

    A quiz that is no longer listed is archived, and from then on no longer in the files. `lessons`
    are all that have files. Raises ContentError where another quiz has the address.
    """
    names = names_of(lessons.values())
    stored = {quiz.slug: quiz for quiz in quizzes_in_file(course, names)}
    changes = Changes()
    for row in rows:
        stored.pop(row["slug"], None)
        changes += save_quiz_row(course, row, lessons)
    for quiz in stored.values():
        assign(quiz, {"status": Status.ARCHIVED, "in_files": False})
        quiz.save(update_fields=["status", "in_files"])
        changes += Changes(archived=1)
    return changes


def save_quiz_row(course: Course, row: Row, lessons: Lessons) -> Changes:
    quiz = Quiz.objects.filter(slug=row["slug"]).first() or Quiz(slug=row["slug"])
    if quiz.pk and not may_take(quiz, course, row, lessons):
        raise ContentError([f"quizzes.yaml: “{quiz.slug}” is the address of another quiz."])
    values = {
        **settings_of(course, row),
        "lesson_id": lesson_named(lessons, row["lesson"]).pk if "lesson" in row else None,
        "title": row["title"],
        "mode": row["mode"],
        "status": row.get("status", Status.PUBLISHED),
    }
    return save_quiz_as(quiz, values, row, lessons)


def may_take(quiz: Quiz, course: Course, row: Row, lessons: Lessons) -> bool:
    """Not another course's quiz, nor the one that a lesson's questions make."""
    if quiz.course_id != course.pk:
        return False
    own = own_quiz(quiz.lesson) if quiz.lesson else None
    return own is None or own.pk != quiz.pk


@transaction.atomic
def save_own_quiz(lesson: Lesson, data: Row, lessons: Lessons) -> Changes:
    """The quiz of `lesson` asks its questions in their order; without any it is archived."""
    row = {**(data.get("quiz") or {})}
    if not row.get("questions"):
        row["questions"] = own_places(lesson, data)
    asks = bool(row["questions"] or row.get("draws"))
    lessons = {**lessons, f"{lesson.track.slug}/{lesson.slug}": lesson}
    quiz = own_quiz(lesson)
    if quiz is None and not asks and "status" not in row:
        return Changes()
    if quiz is None:
        quiz = Quiz(lesson=lesson, slug=free_slug(lesson))
    elif not asks and row.get("status", Status.ARCHIVED) == Status.ARCHIVED:
        return empty(quiz, lessons)
    values = {
        **settings_of(lesson.track.course, row),
        "title": row.get("title", own_title(str(data["title"]))),
        "mode": row.get("mode", Quiz.Mode.PRACTICE),
        "status": row.get("status", Status.PUBLISHED if asks else Status.ARCHIVED),
    }
    return save_quiz_as(quiz, values, row, lessons)


def own_places(lesson: Lesson, data: Row) -> list[dict[str, Any]]:
    """The lesson's questions that its quiz asks, as a quiz lists them."""
    name = f"{lesson.track.slug}/{lesson.slug}"
    return [
        {
            "lesson": name,
            "question": row["slug"],
            "concept": row["concept"],
            "points": row.get("points", 1),
        }
        for row in data.get("questions") or ()
        if row.get("in_quiz", True)
    ]


def empty(quiz: Quiz, lessons: Lessons) -> Changes:
    """Nothing asks for the lesson's quiz any more: its settings stay, in the archive."""
    names = names_of(lessons.values())
    nameable_places(names).filter(quiz=quiz).delete()
    nameable_draws(names).filter(quiz=quiz).delete()
    if not quiz.in_files or not assign(quiz, {"status": Status.ARCHIVED}):
        return Changes()
    quiz.save(update_fields=["status"])
    return Changes(archived=1)


def renamed(lesson: Lesson, before: str) -> Changes:
    """A quiz that is called after its lesson follows it."""
    quiz = own_quiz(lesson)
    if quiz is None or quiz.title != own_title(before):
        return Changes()
    quiz.title = own_title(lesson.title)
    quiz.save(update_fields=["title"])
    return Changes(updated=1)


def save_quiz_as(quiz: Quiz, values: Row, row: Row, lessons: Lessons) -> Changes:
    new = quiz.pk is None
    names = assign(quiz, {**values, "in_files": True})
    if new or names:
        quiz.save()
    in_files = names_of(lessons.values())
    places = sync_rows(quiz, QuizQuestion, nameable_places(in_files), list(places_of(row, lessons)))
    draws = sync_rows(quiz, Draw, nameable_draws(in_files), list(draws_of(row, lessons)))
    changed = bool(names or places or draws)
    return Changes(created=int(new), updated=int(changed and not new))


def settings_of(course: Course, row: Row) -> dict[str, Any]:
    blank = Quiz()
    track = course.tracks.get(slug=row["track"]).pk if "track" in row else None
    values = {field: row.get(key, getattr(blank, field)) for key, field in FIELDS.items()}
    times = {name: time_of(row.get(name)) for name in TIMES}
    return {**values, **times, "course_id": course.pk, "track_id": track}


def lesson_named(lessons: Lessons, name: str) -> Lesson:
    try:
        return lessons[name]
    except KeyError as error:
        raise ContentError([f"quizzes.yaml: there is no lesson “{name}”."]) from error


def points_of(part: Row) -> Decimal:
    return Decimal(str(part.get("points", 1)))


def places_of(row: Row, lessons: Lessons) -> Iterator[dict[str, Any]]:
    parts = row.get("questions") or ()
    found = questions_named({lesson_named(lessons, part["lesson"]).pk for part in parts})
    for part in parts:
        lesson = lessons[part["lesson"]]
        key = (lesson.pk, part.get("concept"), part["question"])
        if key not in found:
            raise ContentError([f"{part['lesson']}: there is no question “{part['question']}”."])
        yield {"question_id": found[key].pk, "points": points_of(part)}


def questions_named(lessons: set[int]) -> dict[tuple[int, str | None, str], Question]:
    """By lesson, concept and slug; without a concept the oldest of the slug is meant."""
    found: dict[tuple[int, str | None, str], Question] = {}
    named = current_questions().filter(concept__lesson__in=lessons).select_related("concept")
    for question in named.order_by("pk") if lessons else ():
        lesson = question.concept.lesson_id
        found[lesson, question.concept.slug, question.slug] = question
        found.setdefault((lesson, None, question.slug), question)
    return found


def draws_of(row: Row, lessons: Lessons) -> Iterator[dict[str, Any]]:
    for part in row.get("draws") or ():
        lesson = lesson_named(lessons, part["lesson"])
        concept = (
            Concept.objects.get(lesson=lesson, slug=part["concept"]) if "concept" in part else None
        )
        yield {
            "lesson_id": None if concept else lesson.pk,
            "concept_id": concept.pk if concept else None,
            "difficulty": part.get("difficulty"),
            "number": part.get("number", 1),
            "points": points_of(part),
        }


def sync_rows(
    quiz: Quiz, model: type[Model], nameable: QuerySet[Any], wanted: list[dict[str, Any]]
) -> bool:
    """Whether the quiz's rows of `model` differed; if so they are written anew.

    Rows of what the files do not have, such as archived questions, stay as they are.
    """
    stored = list(nameable.filter(quiz=quiz))
    fields = list(wanted[0]) if wanted else []
    said = [{name: getattr(one, name) for name in fields} for one in stored]
    if said == wanted if wanted else not stored:
        return False
    manager = model._default_manager
    again = Q(pk__in=[one.pk for one in stored])
    manager.filter(again).delete()
    if model is QuizQuestion:  # it may be there from before the question was archived
        manager.filter(quiz=quiz, question__in=[row["question_id"] for row in wanted]).delete()
    rows = [{**row, "position": place} for place, row in enumerate(wanted, 1)]
    manager.bulk_create([model(quiz=quiz, **row) for row in rows])
    return True
