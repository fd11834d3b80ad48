"""What a question can be about: a lesson of the course, or one concept of it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from courses.models import Concept, Course, Lesson

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Subject:
    lesson: Lesson
    concept: Concept | None = None


def key_of(lesson_id: int, concept_id: int | None = None) -> str:
    """As the form says it: `12`, or `12-40` for a concept of that lesson."""
    return f"{lesson_id}" if concept_id is None else f"{lesson_id}-{concept_id}"


def choices(course: Course, now: datetime) -> Choices:
    """A group for each lesson: itself, then its concepts. Two queries."""
    concepts = Concept.objects.current().filter(lesson__track__course=course).order_by("position")
    of_lesson: dict[int, list[tuple[str, str]]] = {}
    for pk, lesson_id, name in concepts.values_list("pk", "lesson_id", "name"):
        of_lesson.setdefault(lesson_id, []).append((key_of(lesson_id, pk), name))
    return [
        (lesson.title, [(key_of(lesson.pk), lesson.title), *of_lesson.get(lesson.pk, [])])
        for lesson in lessons_of(course, now)
    ]


def lesson_choices(course: Course, now: datetime) -> Choices:
    """A group for each track. One query."""
    return [
        (title, [(key_of(lesson.pk), lesson.title) for lesson in lessons])
        for title, lessons in groupby(lessons_of(course, now), lambda one: one.track.title)
    ]


def lessons_of(course: Course, now: datetime) -> list[Lesson]:
    found = Lesson.objects.published(now).filter(track__course=course)
    return list(found.select_related("track").in_order())


def subject_of(key: str, course: Course, now: datetime) -> Subject | None:
    """What one of `choices` says. Two queries at most; None: it is gone meanwhile."""
    lesson_id, _, concept_id = key.partition("-")
    published = Lesson.objects.published(now).filter(track__course=course)
    lesson = published.filter(pk=int(lesson_id)).first()
    if lesson is None or not concept_id:
        return Subject(lesson) if lesson else None
    concept = Concept.objects.current().filter(lesson=lesson, pk=int(concept_id)).first()
    return Subject(lesson, concept) if concept else None
