"""What editors do to content: say that a lesson changed, publish, take back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courses.models import Lesson
from courses.signals import renew


def revise(*, lessons: Collection[int], now: datetime) -> None:
    """The text of these lessons changed: whoever read the version before can be told."""
    Lesson.objects.filter(pk__in=lessons).update(version=F("version") + 1, updated_at=now)


@transaction.atomic
def set_status(*, things: Sequence[Any], status: str, course: str) -> None:
    """Give lessons, questions or quizzes a status and renew the pages of their courses.

    `course` is the lookup from one thing to its course's id. Four queries a course, not a thing.
    """
    if not things:
        return
    manager: models.Manager[Any] = type(things[0])._default_manager
    chosen = manager.filter(pk__in=[thing.pk for thing in things])
    chosen.update(status=status)
    for course_id in set(chosen.order_by().values_list(course, flat=True)):
        renew(course_id)


@transaction.atomic
def set_archived(*, things: Sequence[Any], archived: bool, course: str, now: datetime) -> None:
    """Put tracks, notebooks, concepts or references away, or bring them back.

    `course` is the lookup from one thing to its course's id. A concept or a reference is text of
    its lesson: that gets a new version.
    """
    if not things:
        return
    manager: models.Manager[Any] = type(things[0])._default_manager
    chosen = manager.filter(pk__in=[thing.pk for thing in things])
    chosen.update(archived=archived)
    revise(lessons={thing.lesson_id for thing in things if hasattr(thing, "lesson_id")}, now=now)
    for course_id in set(chosen.order_by().values_list(course, flat=True)):
        renew(course_id)


def gaps_in(lesson: Lesson) -> list[str]:
    """What a reader of the lesson would miss, a sentence each."""
    concepts = [concept for concept in lesson.concepts.all() if not concept.archived]
    gaps = [] if lesson.introduction.strip() else [_("The introduction is empty.")]
    if not concepts:
        gaps.append(_("There is no concept yet."))
    empty = [concept.name for concept in concepts if not concept.body.strip()]
    return gaps + [_("“%s” has no text.") % name for name in empty]
