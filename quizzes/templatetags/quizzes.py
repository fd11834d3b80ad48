"""How pages outside this app show quizzes."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.db.models import Count, Q
from django.utils.formats import number_format

from courses.models import Status
from courses.pages.shared import kept
from quizzes.models import Quiz

register = template.Library()


@register.filter
def points(score: float) -> str:
    """`6.5`, `7` or `0.33`: points as people write them."""
    rounded = round(score, 2)
    return number_format(int(rounded) if rounded.is_integer() else rounded)


@dataclass(frozen=True, slots=True)
class QuizLink:
    title: str
    url: str
    questions: int
    pass_mark: int


@register.simple_tag
def lesson_quizzes(course: str, lesson_id: int, now: datetime) -> tuple[QuizLink, ...]:
    """The published quizzes of a lesson of `course`, shared by all readers: no query when warm."""
    return kept(course, f"quizzes:{lesson_id}", now, lambda: links(lesson_id)) or ()


def links(lesson_id: int) -> tuple[QuizLink, ...]:
    asked = Q(places__question__status=Status.PUBLISHED, places__question__concept__archived=False)
    quizzes = Quiz.objects.filter(lesson=lesson_id, status=Status.PUBLISHED)
    return tuple(
        QuizLink(quiz.title, quiz.get_absolute_url(), quiz.asked, quiz.pass_mark)
        for quiz in quizzes.annotate(asked=Count("places", filter=asked)).order_by("pk")
    )
