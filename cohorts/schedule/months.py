"""A month as a calendar shows it. Pure."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from cohorts.schedule.events import Event
from cohorts.schedule.local_times import FIRST_YEAR, LAST_YEAR

WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Day:
    """`inside`: it is of the month, and not only of one of its weeks."""

    day: date
    inside: bool
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is its first day; `weeks` of seven days each."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str

    @property
    def days(self) -> tuple[Day, ...]:
        """Those with events."""
        return tuple(day for week in self.weeks for day in week if day.inside and day.events)


def first_of(text: str) -> date | None:
    """The first day of the month written as `2026-11`; None: that is none."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if FIRST_YEAR <= year < LAST_YEAR and 1 <= month <= 12 else None


def month_of(first: date, events: Iterable[Event], zone: ZoneInfo, starts_on: int) -> Month:
    """The month from `first` on, by the calendar in `zone`; weeks start on day `starts_on`, of
    which 0 is Monday."""
    by_day: dict[date, list[Event]] = {}
    for event in events:
        by_day.setdefault(event.at.astimezone(zone).date(), []).append(event)
    weeks = calendar.Calendar(starts_on).monthdatescalendar(first.year, first.month)
    return Month(
        first,
        tuple(
            tuple(Day(day, day.month == first.month, tuple(by_day.get(day, ()))) for day in week)
            for week in weeks
        ),
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{first + timedelta(days=31):%Y-%m}",
    )
