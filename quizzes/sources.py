"""Where what a question asks about can be read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from courses.models import Concept

COLUMNS = [
    "questions__pk",
    "pk",
    "name",
    "slug",
    "archived",
    "lesson__pk",
    "lesson__title",
    "lesson__slug",
    "lesson__track__slug",
    "lesson__track__course__slug",
]


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
    rows = Concept.objects.filter(questions__in=asked).order_by().values_list(*COLUMNS)
    for question, pk, name, slug, archived, lesson, title, *path in rows:
        if lesson not in lessons:
            url = reverse("lesson", args=list(reversed(path)))
            lessons[lesson] = LessonLink(lesson, title, url)
        link = lessons[lesson]
        found[question] = ConceptLink(pk, name, f"{link.url}#{slug}", archived, link)
    return found
