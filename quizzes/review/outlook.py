"""What review has for a learner today and this week, and what they did in the week before, in
one statement: for Today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import Any

from django.db import connection

from accounts.models import User
from courses.statements import aware, fetch
from quizzes.models import ReviewPreferences
from quizzes.review import day
from quizzes.review.forecast import BEFORE, WEEK, Forecast, day_by_day, midnights
from quizzes.review.queue import AHEAD, ALL_ASKABLE, ANY_LEARNER, limits_of

# For who has not been timed yet; and no card counts longer, however long its page stood open.
SECONDS, MOST_SECONDS = 15.0, 120.0
DEFAULTS = ReviewPreferences()
STATE_BEFORE = {
    "postgresql": "CAST(log.before ->> 'state' AS integer)",
    "sqlite": "json_extract(log.before, '$.state')",
}
SINCE = "COUNT(*) FILTER (WHERE log.reviewed_at >= %s)"
OUTLOOK = """
SELECT cards.*, done.*, pace.seconds, chosen.reviews_a_day, chosen.new_a_day
  FROM (SELECT {week}, COUNT(*), COUNT(*) FILTER (WHERE card.state IN (1, 3) AND card.due_at <= %s),
               COUNT(*) FILTER (WHERE card.state = 2 AND card.due_at <= %s),
               COUNT(*) FILTER (WHERE card.state = 0) {askable}) cards
 CROSS JOIN (SELECT {since}, MAX(log.reviewed_at),
                    COUNT(*) FILTER (WHERE {before} IN (0, 2) AND log.reviewed_at >= %s),
                    COUNT(*) FILTER (WHERE {before} = 0 AND log.reviewed_at >= %s)
               FROM quizzes_reviewlog log
              WHERE log.user_id = {learner} AND log.undone_at IS NULL
                AND log.reviewed_at >= %s) done
 CROSS JOIN (SELECT AVG(last.seconds) AS seconds
               FROM (SELECT seconds FROM quizzes_reviewlog
                      WHERE user_id = {learner} AND undone_at IS NULL AND seconds IS NOT NULL
                      ORDER BY reviewed_at DESC LIMIT 50) last) pace
  LEFT JOIN quizzes_reviewpreferences chosen ON chosen.user_id = {learner}
"""
STATEMENTS = {
    vendor: OUTLOOK.format(
        week=", ".join([BEFORE] * WEEK),
        since=", ".join([SINCE] * WEEK),
        askable=ALL_ASKABLE,
        before=STATE_BEFORE[vendor],
        learner=ANY_LEARNER,
    )
    for vendor in STATE_BEFORE
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """`cards` is how many there are that can be asked; `due` and `new` of them wait now, within
    the day's limits; `over` wait beyond them. `seconds` is what one card takes. `reviewed` counts
    the reviews of the last seven days, today's last; `last_at` is None where there were none.
    """

    cards: int
    due: int
    new: int
    over: int
    seconds: float
    week: Forecast
    reviewed: tuple[int, ...]
    last_at: datetime | None

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
    days = [today - timedelta(days=back) for back in reversed(range(WEEK))]
    starts = [at(day.start_of(one, user.zone)) for one in days]
    of_cards = [*ends, at(now + AHEAD), at(now), user.pk, at(now)]
    of_logs = [*starts, starts[-1], starts[-1], user.pk, starts[0]]
    (row,) = fetch(STATEMENTS[connection.vendor], [*of_cards, *of_logs, user.pk, user.pk])
    since, last_at, left = row[WEEK + 4 : 2 * WEEK + 4], row[2 * WEEK + 4], row[2 * WEEK + 5 :]
    reviewed = tuple(more - less for more, less in pairwise([*since, 0]))
    week = day_by_day(today, row[:WEEK])
    return told(week, (*row[WEEK : WEEK + 4], *left), reviewed, aware(last_at))


def told(
    week: Forecast, row: Sequence[Any], reviewed: tuple[int, ...], last_at: datetime | None
) -> Outlook:
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
        reviewed=reviewed,
        last_at=last_at,
    )
