"""Lessons that a placement lets a learner skip, marked done, and taken back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from courses import progress
from courses.models import Lesson, LessonProgress
from quizzes.attempts.placement import Decision
from quizzes.models import Attempt


def done_of(attempt: Attempt, decisions: Sequence[Decision]) -> dict[int, bool]:
    """The lessons of `decisions` that are done, and whether the placement may take that back: a
    mark made by hand after it, not one from before. One query, or none.
    """
    if not decisions:
        return {}
    done = LessonProgress.objects.filter(
        user=attempt.user,
        lesson__in=[decision.lesson.id for decision in decisions],
        completed_at__isnull=False,
    )
    since = Q(by_hand=True, completed_at__gte=attempt.submitted_at)
    return dict(done.values_list("lesson_id", ExpressionWrapper(since, BooleanField())))


@transaction.atomic
def skip(*, attempt: Attempt, decisions: Sequence[Decision], now: datetime) -> list[Lesson]:
    """Mark done what may be skipped and is not done yet; what was marked."""
    done = done_of(attempt, decisions)
    found = lessons(one for one in decisions if one.skips and one.lesson.id not in done)
    for lesson in found:
        progress.mark_done(user=attempt.user, lesson=lesson, now=now, opened=False)
    return found


@transaction.atomic
def take_back(*, attempt: Attempt, decisions: Sequence[Decision], now: datetime) -> list[Lesson]:
    """Take the marks back from what may be skipped; what was taken back."""
    done = done_of(attempt, decisions)
    found = lessons(one for one in decisions if one.skips and done.get(one.lesson.id))
    for lesson in found:
        progress.unmark_done(user=attempt.user, lesson=lesson, now=now)
    return found


def lessons(decisions: Iterable[Decision]) -> list[Lesson]:
    wanted = [decision.lesson.id for decision in decisions]
    found = Lesson.objects.filter(pk__in=wanted).select_related("track__course")
    return list(found.order_by("track__position", "position"))
