"""How an attempt ends: handed in, or closed with all its saved answers when its time is up."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from quizzes.attempts.disclosure import shows_results
from quizzes.attempts.grading import grade
from quizzes.attempts.telling import tell
from quizzes.attempts.windows import Window, minutes_of, own_window, window_of
from quizzes.models import Attempt, Quiz

logger = logging.getLogger(__name__)
CLOSED = ["score", "passed", "submitted_at", "closed_by", "awaiting", "withheld"]


def deadline_of(quiz: Quiz, started_at: datetime, window: Window | None = None) -> datetime | None:
    """When the time of an attempt is up, by the time limit and the window; None: never."""
    window = window or own_window(quiz)
    minutes = minutes_of(quiz, window)
    limit = minutes and started_at + timedelta(minutes=minutes)
    ends = [end for end in (limit, window.closes_at) if end]
    return min(ends, default=None)


@transaction.atomic
def lengthen(*, user: User, quiz: Quiz, now: datetime) -> bool:
    """Give the attempt that `user` has open the end that it would have if it were begun by the
    rules of now, if that is later; whether it was. One whose time is up stays so."""
    opened = Attempt.objects.of(user).open().filter(quiz=quiz, deadline_at__gt=now)
    attempt = opened.select_related("quiz").locked().first()
    if attempt is None or attempt.deadline_at is None:
        return False
    end = deadline_of(quiz, attempt.started_at, window_of(user, quiz, now))
    if end is not None and end <= attempt.deadline_at:
        return False
    attempt.deadline_at = end
    attempt.save(update_fields=["deadline_at"])
    return True


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether an answer that arrives at `now` is too late: after the end and its grace."""
    end = attempt.deadline_at
    return end is not None and now > end + timedelta(seconds=attempt.quiz.grace)


@transaction.atomic
def submit(*, user: User, attempt_id: UUID, now: datetime) -> Attempt:
    """Hand in: grade what the journal says, once. A second call answers with the first's result.

    Raises Attempt.DoesNotExist.
    """
    attempt = locked(attempt_id, user=user)
    if attempt.submitted_at is None:
        close(attempt, now)
    return attempt


def end_if_over(attempt: Attempt, *, now: datetime) -> bool:
    """Close `attempt` if its time is up; whether that was so. It is not refreshed."""
    if attempt.submitted_at is not None or not is_over(attempt, now):
        return False
    with transaction.atomic():
        found = locked(attempt.pk)
        if found.submitted_at is None:
            close(found, now)
    return True


def close_overdue(*, now: datetime, limit: int = 500) -> int:
    """Close attempts whose time is up, at most `limit`; how many were closed.

    Then tell the results that were withheld until now. Each attempt in a transaction of its
    own: one that cannot be closed is logged, and stops no other.
    """
    running = Attempt.objects.open().filter(deadline_at__lt=now).order_by("deadline_at", "pk")
    closed = one_by_one(end_if_over, running, now, limit)
    tell_withheld(now=now, limit=limit)
    return closed


def tell_withheld(*, now: datetime, limit: int = 500) -> int:
    """Tell what was withheld until its quiz closed for everybody; of how many attempts, which
    are at most `limit`."""
    withheld = Attempt.objects.filter(withheld=True).order_by("pk")
    return one_by_one(release_if_due, withheld.filter(may_be_told(now)), now, limit)


def one_by_one(
    action: Callable[..., bool], attempts: QuerySet[Attempt], now: datetime, limit: int
) -> int:
    """Do `action`, which takes an attempt out of `attempts`, to `limit` of them; to how many.

    Those that it fails for, or passes over, are stepped over: they take nobody's turn.
    """
    done = left = 0
    while done < limit:
        some = list(attempts.select_related("quiz")[left : left + limit - done])
        if not some:
            break
        ended = sum(safely(action, attempt, now) for attempt in some)
        done, left = done + ended, left + len(some) - ended
    return done


def safely(action: Callable[..., bool], attempt: Attempt, now: datetime) -> bool:
    try:
        return action(attempt, now=now)
    except (DatabaseError, LookupError, TypeError, ValueError):
        logger.exception("Attempt %s cannot be ended.", attempt.pk)
        return False


def release_if_due(attempt: Attempt, *, now: datetime) -> bool:
    told = shows_results(attempt.quiz, now, attempt.others_until)
    return told and release(attempt, now=now)


def may_be_told(now: datetime) -> Q:
    """All that are due, and few that are not: an editor may have changed the quiz since."""
    waits = Q(quiz__mode=Quiz.Mode.GRADED, quiz__feedback=Quiz.Feedback.CLOSED)
    others = Q(others_until=None) | Q(others_until__lt=now)
    return ~waits | (Q(quiz__closes_at=None) & others) | Q(quiz__closes_at__lt=now)


@transaction.atomic
def release(attempt: Attempt, *, now: datetime) -> bool:
    """Tell the results of an attempt that were withheld, once; whether it was now."""
    found = locked(attempt.pk)
    if not found.withheld:
        return False
    found.withheld = False
    found.save(update_fields=["withheld"])
    tell(found, found.responses.select_related("version"), now=now)
    return True


def locked(attempt_id: UUID, user: User | None = None) -> Attempt:
    attempts = Attempt.objects.of(user) if user else Attempt.objects.all()
    related = attempts.select_related("user", "quiz__lesson__track__course")
    return related.locked().get(pk=attempt_id)


def close(attempt: Attempt, now: datetime) -> None:
    by_time = is_over(attempt, now)
    end = attempt.deadline_at if by_time and attempt.deadline_at else now
    attempt.closed_by = Attempt.ClosedBy.TIME if by_time else Attempt.ClosedBy.LEARNER
    attempt.submitted_at = max(end, attempt.started_at)
    responses = grade(attempt)
    attempt.withheld = not shows_results(attempt.quiz, now, attempt.others_until)
    attempt.save(update_fields=CLOSED)
    if not attempt.withheld:
        tell(attempt, responses, now=now)
