"""How pages outside this app show quizzes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.formats import number_format

from courses.models import Status
from courses.pages.shared import kept
from quizzes.models import Draw, Quiz

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
    time_limit: int | None


@register.simple_tag
def lesson_quizzes(course: str, lesson_id: int, now: datetime) -> tuple[QuizLink, ...]:
    """The published quizzes of a lesson of `course`, shared by all readers: no query when warm."""
    return kept(course, f"quizzes:{lesson_id}", now, lambda: links(lesson_id)) or ()


@dataclass(frozen=True, slots=True)
class PlacementLink:
    track: int | None
    url: str
    questions: int


@register.simple_tag
def placements(course: str, now: datetime) -> tuple[PlacementLink, ...]:
    """Where a newcomer to `course` finds out what to skip, track by track; kept like the above."""
    return kept(course, "placements", now, lambda: placement_links(course)) or ()


def placement_links(course: str) -> tuple[PlacementLink, ...]:
    quizzes = Quiz.objects.filter(
        course__slug=course, lesson=None, mode=Quiz.Mode.PLACEMENT, status=Status.PUBLISHED
    )
    return tuple(
        PlacementLink(quiz.track_id, quiz.get_absolute_url(), quiz.asked + (quiz.drawn or 0))
        for quiz in counted(quizzes)
    )


def links(lesson_id: int) -> tuple[QuizLink, ...]:
    quizzes = Quiz.objects.filter(lesson=lesson_id, status=Status.PUBLISHED)
    return tuple(link(quiz, quiz.asked + (quiz.drawn or 0)) for quiz in counted(quizzes))


def counted(quizzes: QuerySet[Quiz]) -> QuerySet[Any]:
    """With how many questions are `asked` of a list, and how many are `drawn`."""
    asked = Q(places__question__status=Status.PUBLISHED, places__question__concept__archived=False)
    draws = Draw.objects.filter(quiz=OuterRef("pk")).order_by().values("quiz")
    drawn = draws.annotate(all=Sum("number")).values("all")
    return quizzes.annotate(asked=Count("places", filter=asked), drawn=Subquery(drawn)).order_by(
        "pk"
    )


def link(quiz: Quiz, questions: int) -> QuizLink:
    url = quiz.get_absolute_url()
    return QuizLink(quiz.title, url, questions, quiz.pass_mark, quiz.time_limit)
