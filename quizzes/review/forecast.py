"""How many cards fall due on each of the next days, in the learner's time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from django.db import connection

from accounts.models import User
from courses.statements import fetch
from quizzes.review.queue import ALL_ASKABLE

MONTH, WEEK = 30, 7
BEFORE = "COUNT(*) FILTER (WHERE card.state > 0 AND card.due_at < %s)"


@dataclass(frozen=True, slots=True)
class DueDay:
    day: date
    cards: int


Forecast = tuple[DueDay, ...]


def midnights(now: datetime, zone: tzinfo, days: int) -> list[datetime]:
    """When today and the days after it end, `days` in all; in UTC, because a day may have 23 or
    25 hours."""
    today = now.astimezone(zone).date()
    ends = (datetime.combine(today + timedelta(days=n), time.min, zone) for n in range(1, days + 1))
    return [end.astimezone(UTC) for end in ends]


def day_by_day(first: date, before: Sequence[int]) -> Forecast:
    """Pure: `before` counts the cards due before the end of `first` and of each day after it, so
    that all that is overdue stands on the first day.

    It supposes that each card is reviewed on its day and does not come back within the picture,
    and it knows no daily limit.
    """
    counts = [later - earlier for earlier, later in pairwise([0, *before])]
    return tuple(DueDay(first + timedelta(days=n), cards) for n, cards in enumerate(counts))


def forecast_of(user: User, now: datetime, days: int = MONTH) -> Forecast:
    """One query. New cards are not in it: they come when one likes."""
    at = connection.ops.adapt_datetimefield_value
    ends = [at(end) for end in midnights(now, user.zone, days)]
    # The database counts: reading the times of hundreds of cards would take longer.
    counts = ", ".join([BEFORE] * days)
    (before,) = fetch(f"SELECT {counts} {ALL_ASKABLE}", [*ends, user.pk, at(now)])
    return day_by_day(now.astimezone(user.zone).date(), before)
