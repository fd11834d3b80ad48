"""What review has for a learner today and this week, in one statement: for Today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db import connection

from accounts.models import User
from courses.statements import fetch
from quizzes.models import ReviewPreferences
from quizzes.review import day
from quizzes.review.forecast import BEFORE, WEEK, Forecast, day_by_day, midnights
from quizzes.review.queue import AHEAD, ASKABLE, limits_of

# For who has not been timed yet; and no card counts longer, however long its page stood open.
SECONDS, MOST_SECONDS = 15.0, 120.0
DEFAULTS = ReviewPreferences()
STATE_BEFORE = {
    "postgresql": "CAST(log.before ->> 'state' AS integer)",
    "sqlite": "json_extract(log.before, '$.state')",
}
OUTLOOK = """
SELECT cards.*, today.*, pace.seconds, chosen.reviews_a_day, chosen.new_a_day
  FROM (SELECT {week}, COUNT(*), COUNT(*) FILTER (WHERE card.state IN (1, 3) AND card.due_at <= %s),
               COUNT(*) FILTER (WHERE card.state = 2 AND card.due_at <= %s),
               COUNT(*) FILTER (WHERE card.state = 0) {askable}) cards
 CROSS JOIN (SELECT COUNT(*) FILTER (WHERE {before} IN (0, 2)),
                    COUNT(*) FILTER (WHERE {before} = 0)
               FROM quizzes_reviewlog log
              WHERE log.user_id = %s AND log.undone_at IS NULL AND log.reviewed_at >= %s) today
 CROSS JOIN (SELECT AVG(last.seconds) AS seconds
               FROM (SELECT seconds FROM quizzes_reviewlog
                      WHERE user_id = %s AND undone_at IS NULL AND seconds IS NOT NULL
                      ORDER BY reviewed_at DESC LIMIT 50) last) pace
  LEFT JOIN quizzes_reviewpreferences chosen ON chosen.user_id = %s
"""
STATEMENTS = {
    vendor: OUTLOOK.format(
        week=", ".join([BEFORE] * WEEK), askable=ASKABLE, before=STATE_BEFORE[vendor]
    )
    for vendor in STATE_BEFORE
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """`cards` is how many there are that can be asked; `due` and `new` of them wait now, within
    the day's limits; `over` wait beyond them. `seconds` is what one card takes.
    """

    cards: int
    due: int
    new: int
    over: int
    seconds: float
    week: Forecast

    @property
    def waiting(self) -> int:
        return self.due + self.new

    @property
    def minutes(self) -> int:
        return max(1, ceil(self.waiting * self.seconds / 60))


def outlook_of(user: User, now: datetime) -> Outlook:
    """One query."""
    at = connection.ops.adapt_datetimefield_value
    today = now.astimezone(user.zone).date()
    ends = [at(end) for end in midnights(now, user.zone, WEEK)]
    start = at(day.start_of(today, user.zone))
    values = [*ends, at(now + AHEAD), at(now), user.pk, at(now), user.pk, start, user.pk, user.pk]
    (row,) = fetch(STATEMENTS[connection.vendor], values)
    return told(day_by_day(today, row[:WEEK]), row[WEEK:])


def told(week: Forecast, row: Sequence[Any]) -> Outlook:
    """The limits as the queue of the session applies them."""
    cards, learning, due, new, counted, fresh, seconds, reviews_a_day, new_a_day = row
    chosen = DEFAULTS
    if reviews_a_day is not None:
        chosen = ReviewPreferences(reviews_a_day=reviews_a_day, new_a_day=new_a_day)
    limits = limits_of(chosen, day.Today(week[0].day, counted=counted, new=fresh), 0)
    asked = min(due, limits.due)
    first = min(new, limits.new, limits.due - asked)
    return Outlook(
        cards=cards,
        due=learning + asked,
        new=first,
        over=due - asked,
        seconds=min(seconds or SECONDS, MOST_SECONDS),
        week=week,
    )
