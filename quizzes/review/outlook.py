"""What review has for a learner today and this week, what they did in the week before, and how
well they remember each concept, in one statement: for Today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import Any

from django.db import connection

from accounts.models import User
from courses.mastery import Mastery
from courses.statements import aware, fetch
from quizzes.models import ReviewPreferences
from quizzes.review import day
from quizzes.review.forecast import BEFORE, WEEK, Forecast, day_by_day, midnights
from quizzes.review.mastery import FIGURES, mastery_in
from quizzes.review.queue import AHEAD, ALL_ASKABLE, ANY_LEARNER, limits_of

# For who has not been timed yet; and no card counts longer, however long its page stood open.
SECONDS, MOST_SECONDS = 15.0, 120.0
DEFAULTS = ReviewPreferences()
STATE_BEFORE = {
    "postgresql": "CAST(log.before ->> 'state' AS integer)",
    "sqlite": "json_extract(log.before, '$.state')",
}
SINCE = "COUNT(*) FILTER (WHERE log.reviewed_at >= %s)"
# One row of the learner and one of each concept, so that the cards are looked up but once.
OUTLOOK = """
WITH card AS MATERIALIZED (
  SELECT concept.id AS concept, card.state, card.due_at, card.reviewed_at, card.stability {askable})
SELECT NULL AS concept, pace.seconds, cards.*, done.*, chosen.reviews_a_day, chosen.new_a_day
  FROM (SELECT {week}, COUNT(*), COUNT(*) FILTER (WHERE card.state IN (1, 3) AND card.due_at <= %s),
               COUNT(*) FILTER (WHERE card.state = 2 AND card.due_at <= %s),
               COUNT(*) FILTER (WHERE card.state = 0) FROM card) cards
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
UNION ALL
SELECT card.concept, {figures}, {nothing} FROM card WHERE card.state > 0 GROUP BY card.concept
"""
STATEMENTS = {
    vendor: OUTLOOK.format(
        askable=ALL_ASKABLE,
        week=", ".join([BEFORE] * WEEK),
        since=", ".join([SINCE] * WEEK),
        before=STATE_BEFORE[vendor],
        learner=ANY_LEARNER,
        figures=FIGURES[vendor],
        nothing=", ".join(["NULL"] * (2 * WEEK + 7)),
    )
    for vendor in STATE_BEFORE
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """`cards` is how many there are that can be asked; `due` and `new` of them wait now, within
    the day's limits; `over` wait beyond them. `seconds` is what one card takes. `reviewed` counts
    the reviews of the last seven days, today's last; `last_at` is None where there were none.
    `mastery` is by the id of the concept.
    """

    cards: int
    due: int
    new: int
    over: int
    seconds: float
    week: Forecast
    reviewed: tuple[int, ...]
    last_at: datetime | None
    mastery: Mapping[int, Mastery]

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
    values = [user.pk, at(now), *ends, at(now + AHEAD), at(now)]
    values += [*starts, starts[-1], starts[-1], user.pk, starts[0], user.pk, user.pk]
    rows = fetch(STATEMENTS[connection.vendor], [*values, at(now), at(now)])
    (row,) = (one[1:] for one in rows if one[0] is None)
    return told(today, row, mastery_in(one[:4] for one in rows if one[0] is not None))


def told(today: date, row: Sequence[Any], mastery: Mapping[int, Mastery]) -> Outlook:
    """The limits as the queue of the session applies them."""
    seconds, *before = row[: WEEK + 1]
    cards, learning, due, new, *since = row[WEEK + 1 : 2 * WEEK + 5]
    last_at, counted, fresh, reviews_a_day, new_a_day = row[2 * WEEK + 5 :]
    chosen = DEFAULTS
    if reviews_a_day is not None:
        chosen = ReviewPreferences(reviews_a_day=reviews_a_day, new_a_day=new_a_day)
    limits = limits_of(chosen, day.Today(today, counted=counted, new=fresh), 0)
    asked = min(due, limits.due)
    first = min(new, limits.new, limits.due - asked)
    return Outlook(
        cards=cards,
        due=learning + asked,
        new=first,
        over=due - asked,
        seconds=min(seconds or SECONDS, MOST_SECONDS),
        week=day_by_day(today, before),
        reviewed=tuple(more - less for more, less in pairwise([*since, 0])),
        last_at=aware(last_at),
        mastery=mastery,
    )
