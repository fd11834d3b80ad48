"""One document into the rows that it is of: what a form, an import or a restored version says."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.content import needs, schema
from courses.content.documents import lesson_documents, lessons_in_files, names_of
from courses.content.glossary import problems_of_glossary
from courses.content.guests import Known, guest
from courses.content.normal import COURSE, GLOSSARY, IMAGES, NOTEBOOKS, QUIZZES
from courses.content.problems import Problem
from courses.content.saving import (
    Changes,
    arrange_lessons,
    assign,
    by_name,
    lesson_at,
    save_lesson,
    save_notebooks,
    save_terms,
    save_top,
)
from courses.content.saving_needs import addresses, save_needs
from courses.models import Course, Image, Lesson
from courses.signals import renew

Data = Mapping[str, Any]


@transaction.atomic
def apply(*, course: Course, name: str, data: Data, now: datetime, whole: bool = False) -> Changes:
    """Bring the rows to `data`, the sound document of the file `name`; afterwards they are equal.

    A lesson's questions and quiz are left alone where `data` has no key of them, as in a draft,
    unless `whole` says that it then has none. A lesson that is not there is made, at the end of
    its track. Raises `lesson.version` and `updated_at` where its text changed. Does not record:
    the caller calls `courses.history.recording.record` after it, `catch_up` before it.
    Raises Track.DoesNotExist for a lesson of a track that is not there.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    if name == COURSE:
        changes = save_top(course, data) + arrange_lessons(course, data)
    elif name == NOTEBOOKS:
        changes = save_notebooks(course, data["notebooks"], by_name(lessons_in_files(course)))
    elif name == GLOSSARY:
        changes = save_terms(course, data["terms"], by_name(lessons_in_files(course)))
    elif name == QUIZZES:
        changes = save_listed_quizzes(course, data)
    elif name == IMAGES:
        changes = describe(course, data)
    else:
        changes = apply_lesson(course, name, data, now, whole)
    if changes:
        renew(course.pk)
    return changes


def apply_lesson(course: Course, name: str, data: Data, now: datetime, whole: bool) -> Changes:
    track, _, slug = name.removesuffix(".yaml").partition("/")
    lesson = lesson_at(course.tracks.get(slug=track), slug)
    changes = save_lesson(lesson, data, now)
    changes += save_needs(course, [(lesson, data)], now)
    host = guest()
    if whole or "questions" in data or "quiz" in data:
        if host.save_questions:
            changes += host.save_questions(lesson, data)
        if host.save_quiz:
            changes += host.save_quiz(lesson, data, by_name(lessons_in_files(course)))
    return changes


def save_listed_quizzes(course: Course, data: Data) -> Changes:
    save = guest().save_quizzes
    return save(course, data["quizzes"], by_name(lessons_in_files(course))) if save else Changes()


def describe(course: Course, data: Data) -> Changes:
    """The descriptions of pictures that are in the library; no document brings or takes one."""
    alts = {row["name"]: row["alt"] for row in data["images"]}
    images = [one for one in course.images.all() if one.name in alts]
    changed = [one for one in images if assign(one, {"alt": alts[one.name]})]
    Image.objects.bulk_update(changed, ["alt"])
    return Changes(updated=len(changed))


def problems_in(course: Course, name: str, data: Any) -> list[Problem]:
    """Everything for which `apply` could not take `data`; nothing where it can."""
    if name == COURSE:
        return [*schema.problems_of_course(data), *other_course(course, data)]
    lessons = lessons_in_files(course)
    if name == NOTEBOOKS:
        return list(schema.problems_of_notebooks(data, set(names_of(lessons).values())))
    known = known_lessons(lessons)
    if name == IMAGES:
        return list(schema.problems_of_images(data))
    if name == GLOSSARY:
        return list(problems_of_glossary(data, known))
    if name == QUIZZES:
        return list(schema.problems_of_quizzes(data, known))
    known |= {name.removesuffix(".yaml"): data} if isinstance(data, dict) else {}
    own = name.removesuffix(".yaml")
    return [*schema.problems_of_lesson(data, known), *needs_in(course, own, data, known)]


def needs_in(course: Course, lesson: str, data: Any, known: Known) -> Iterable[Problem]:
    """Needs of archived concepts are none: `apply` keeps them, and no reader sees them."""
    edges = needs.edges_of(known)
    gone = addresses(course).keys() - edges.keys()
    yield from needs.problems_of_needs(lesson, data, edges, gone)
    if found := needs.circle_through(edges, needs.needs_of(lesson, data)):
        yield needs.at(lesson, data, found)


def other_course(course: Course, data: Any) -> Iterable[Problem]:
    if isinstance(data, dict) and data.get("slug") != course.slug:
        yield Problem(("slug",), f"is not “{course.slug}”: a course keeps its address.")


def known_lessons(lessons: list[Lesson]) -> dict[str, Data]:
    names = names_of(lessons)
    documents = lesson_documents(lessons, names)
    return {name.removesuffix(".yaml"): data for name, data in documents.items()}
