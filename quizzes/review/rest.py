"""What a learner is told when no card is left to ask, or when they stop."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from accounts.models import User
from courses.statements import aware, fetch
from quizzes.review.forecast import Forecast, forecast_of
from quizzes.review.queue import ASKABLE

# Beyond so many, "or more" is all that anybody wants to know.
MOST = 1000
DUE_LATER = f"SELECT card.due_at {ASKABLE} AND card.due_at > %s AND card.state ="
REST = f"""
SELECT EXISTS (SELECT 1 FROM quizzes_reviewcard WHERE user_id = %s),
  (SELECT COUNT(*) FROM (SELECT 1 AS one {ASKABLE} AND card.state = 2 AND card.due_at <= %s
    LIMIT {MOST}) due),
  (SELECT COUNT(*) FROM (SELECT 1 AS one {ASKABLE} AND card.state = 0 LIMIT {MOST}) fresh),
  ({DUE_LATER} 1 ORDER BY card.due_at LIMIT 1),
  ({DUE_LATER} 2 ORDER BY card.due_at LIMIT 1),
  ({DUE_LATER} 3 ORDER BY card.due_at LIMIT 1)
"""  # noqa: S608  (of constants)


@dataclass(frozen=True, slots=True)
class Rest:
    """Whether there is any card; how many are due or new now, at most MOST; when the next one
    comes by itself, and how many come on that day, None where that is not known.
    """

    any: bool
    due: int = 0
    new: int = 0
    next_at: datetime | None = None
    that_day: int | None = None
    today: date | None = None
    forecast: Forecast = ()

    @property
    def waiting(self) -> int:
        """Cards that today's limits keep back."""
        return self.due + self.new

    @property
    def is_today(self) -> bool:
        return self.next_at is not None and self.next_at.date() == self.today

    @property
    def is_tomorrow(self) -> bool:
        return (
            self.next_at is not None
            and self.today is not None
            and self.next_at.date() == self.today + timedelta(days=1)
        )


def rest_of(user: User, now: datetime) -> Rest:
    """Two queries, or one for who has no cards; times are in the learner's zone."""
    at = connection.ops.adapt_datetimefield_value
    own = [user.pk, at(now)]
    moment = [*own, at(now)]
    ((found, due, new, *later),) = fetch(REST, [user.pk, *moment, *own, *moment, *moment, *moment])
    if not found:
        return Rest(any=False)
    forecast = forecast_of(user, now)
    following = [aware(one) for one in later if one is not None]
    next_at = min(following).astimezone(user.zone) if following else None
    return Rest(
        any=True,
        due=due,
        new=new,
        next_at=next_at,
        that_day=cards_on(forecast, next_at.date()) if next_at else None,
        today=now.astimezone(user.zone).date(),
        forecast=forecast,
    )


def cards_on(forecast: Forecast, day: date) -> int | None:
    return next((due.cards for due in forecast if due.day == day), None)
