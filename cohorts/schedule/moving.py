"""Many dates at once: everything later by some days, and lessons spread over a term. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cohorts.schedule.local_times import END_OF_DAY, START_OF_DAY, at
from cohorts.schedule.reading import Planned
from cohorts.schedule.setting import Change, Times
from cohorts.shifting import shifted


def shift(
    plan: Iterable[Planned], since: datetime, days: int, zone: ZoneInfo
) -> tuple[Change, ...]:
    """Every date from `since` on, `days` later by the calendar; earlier ones stay."""

    def moved(moment: datetime | None) -> datetime | None:
        return moment if moment is None or moment < since else shifted(moment, days, zone)

    changes = [
        Change(one.thing, before, Times(moved(before.opens_at), moved(before.due_at)))
        for one in plan
        for before in [Times(one.dates.opens_at, one.dates.due_at)]
    ]
    return tuple(change for change in changes if change.before != change.after)


@dataclass(frozen=True, slots=True)
class Spread:
    """From `first` on one lesson every `days` days, of these tracks (by title).

    A lesson opens at the start of its first day and is due at the end of its last. `replace`:
    also those that have dates. `quizzes`: quizzes of the lesson are due with it.
    """

    first: date
    days: int
    tracks: frozenset[str]
    replace: bool = False
    quizzes: bool = True


def spread(plan: Iterable[Planned], wish: Spread, zone: ZoneInfo) -> tuple[Change, ...]:
    changes = [
        Change(one.thing, Times(one.dates.opens_at, one.dates.due_at), times)
        for one, times in suggested(plan, wish, zone)
        if wish.replace or (one.dates.opens_at is None and one.dates.due_at is None)
    ]
    return tuple(change for change in changes if change.before != change.after)


def suggested(
    plan: Iterable[Planned], wish: Spread, zone: ZoneInfo
) -> Iterator[tuple[Planned, Times]]:
    """A lesson takes its turn also where its dates are kept."""
    turn, due, lesson = 0, None, None
    for one in plan:
        if one.thing.track not in wish.tracks or not one.thing.published:
            continue
        if one.thing.kind == "lesson":
            first = wish.first + timedelta(days=turn * wish.days)
            due = at(first + timedelta(days=wish.days - 1), END_OF_DAY, zone)
            yield one, Times(at(first, START_OF_DAY, zone), due)
            turn, lesson = turn + 1, one.thing.place[:3]
        elif one.thing.kind == "quiz" and wish.quizzes and one.thing.place[:3] == lesson:
            yield one, Times(None, due)
