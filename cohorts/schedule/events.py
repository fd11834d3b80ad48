"""What happens when in one's classes: each date as an event of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cohorts.models import Membership
from cohorts.permissions import can_see_progress
from cohorts.schedule.reading import Planned, schedule_for


@dataclass(frozen=True, slots=True)
class Event:
    what: Literal["opens", "due"]
    at: datetime
    planned: Planned
    # Whether the link leads there now: an assignment is shown to learners once it is open.
    linked: bool = True


def events_for(members: Sequence[Membership], now: datetime) -> tuple[Event, ...]:
    """The first first: to learners what they see of a class, with their own dates; to the staff
    everything. One query. The memberships are of one person, with class and course."""
    staff = {member.cohort_id for member in members if can_see_progress(member)}
    found = [
        event
        for one in schedule_for(members)
        if one.cohort.pk in staff or one.is_seen(now)
        for event in events_of(one, now, staff=one.cohort.pk in staff)
    ]
    return tuple(sorted(found, key=lambda event: event.at))


def events_of(one: Planned, now: datetime, *, staff: bool) -> Iterator[Event]:
    hidden = one.is_hidden(now) and not staff
    if one.dates.opens_at is not None:
        yield Event("opens", one.dates.opens_at, one, not hidden)
    if one.dates.due_at is not None:
        yield Event("due", one.dates.due_at, one, not hidden)


def coming(events: Iterable[Event], now: datetime, limit: int) -> tuple[Event, ...]:
    return tuple(event for event in events if event.at >= now)[:limit]
