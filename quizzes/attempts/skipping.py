"""Lessons that a placement lets a learner skip, marked done, and taken back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses import progress
from courses.models import Lesson, LessonProgress
from quizzes.attempts.placement import Decision


def skipped_of(user: User, decisions: Sequence[Decision]) -> dict[int, bool]:
    """The lessons of `decisions` that are done, and whether by hand. One query, or none."""
    if not decisions:
        return {}
    done = LessonProgress.objects.filter(
        user=user,
        lesson__in=[decision.lesson.id for decision in decisions],
        completed_at__isnull=False,
    )
    return dict(done.values_list("lesson_id", "by_hand"))


@transaction.atomic
def skip(*, user: User, decisions: Sequence[Decision], now: datetime) -> list[Lesson]:
    """Mark done what may be skipped and is not done yet; what was marked."""
    done = skipped_of(user, decisions)
    found = lessons(one for one in decisions if one.skips and one.lesson.id not in done)
    for lesson in found:
        progress.mark_done(user=user, lesson=lesson, now=now)
    return found


@transaction.atomic
def take_back(*, user: User, decisions: Sequence[Decision], now: datetime) -> list[Lesson]:
    """Take the marks made by hand back from what may be skipped; what was taken back."""
    by_hand = skipped_of(user, decisions)
    found = lessons(one for one in decisions if one.skips and by_hand.get(one.lesson.id))
    for lesson in found:
        progress.unmark_done(user=user, lesson=lesson, now=now)
    return found


def lessons(decisions: Iterable[Decision]) -> list[Lesson]:
    wanted = [decision.lesson.id for decision in decisions]
    found = Lesson.objects.filter(pk__in=wanted).select_related("track__course")
    return list(found.order_by("track__position", "position"))
