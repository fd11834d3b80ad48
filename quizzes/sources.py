"""Where what a question asks about can be read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from courses.statements import fetch

SOURCES = """
SELECT question.id, concept.id, concept.name, concept.slug, concept.archived,
       lesson.id, lesson.title, course.slug, track.slug, lesson.slug
  FROM quizzes_question question
  JOIN courses_concept concept ON concept.id = question.concept_id
  JOIN courses_lesson lesson ON lesson.id = concept.lesson_id
  JOIN courses_track track ON track.id = lesson.track_id
  JOIN courses_course course ON course.id = track.course_id
 WHERE question.id IN """


@dataclass(frozen=True, slots=True)
class LessonLink:
    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ConceptLink:
    id: int
    name: str
    url: str
    archived: bool
    lesson: LessonLink


def sources_of(questions: Iterable[int]) -> dict[int, ConceptLink]:
    """The concept of each question, by the question's id. One query, or none without any."""
    asked = set(questions)
    if not asked:
        return {}
    lessons: dict[int, LessonLink] = {}
    found: dict[int, ConceptLink] = {}
    places = ", ".join(["%s"] * len(asked))
    for question, pk, name, slug, archived, lesson, title, *path in fetch(
        f"{SOURCES}({places})", list(asked)
    ):
        if lesson not in lessons:
            lessons[lesson] = LessonLink(lesson, title, reverse("lesson", args=path))
        link = lessons[lesson]
        found[question] = ConceptLink(pk, name, f"{link.url}#{slug}", bool(archived), link)
    return found
