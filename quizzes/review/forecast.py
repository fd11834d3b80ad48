"""How many cards fall due on each of the next days, in the learner's time zone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from accounts.models import User
from courses.statements import aware, fetch

MONTH, WEEK = 30, 7
# What can still be asked and was reviewed before: a new card is due whenever one likes.
DUE = """
SELECT card.due_at
  FROM quizzes_reviewcard card LEFT JOIN quizzes_question question ON question.id = card.question_id
 WHERE card.user_id = %s AND card.suspended_at IS NULL AND card.state > 0 AND card.due_at < %s
   AND (card.question_id IS NULL OR question.status = 'published')
"""


@dataclass(frozen=True, slots=True)
class DueDay:
    day: date
    cards: int


Forecast = tuple[DueDay, ...]


def midnight_after(now: datetime, zone: tzinfo, days: int) -> datetime:
    """The midnight that ends the last of `days` days, today being the first; in UTC, because a
    day may have 23 or 25 hours."""
    day = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def forecast(due: Iterable[datetime], *, now: datetime, zone: tzinfo, days: int) -> Forecast:
    """Pure: today, with all that is overdue, and the days after it; later cards are left out.

    It supposes that each card is reviewed on its day and does not come back within the picture,
    and it knows no daily limit.
    """
    today = now.astimezone(zone).date()
    counted = Counter(max(moment.astimezone(zone).date(), today) for moment in due)
    return tuple(
        DueDay(day, counted[day]) for day in (today + timedelta(days=n) for n in range(days))
    )


def forecast_of(user: User, now: datetime, days: int = MONTH) -> Forecast:
    """One query."""
    until = midnight_after(now, user.zone, days)
    due = [aware(at) for (at,) in fetch(DUE, [user.pk, until])]
    return forecast(due, now=now, zone=user.zone, days=days)
