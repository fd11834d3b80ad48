"""What somebody has to do next, over all their classes; for the page Today."""

from datetime import datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import User
from cohorts.here import classes_of
from cohorts.models import Membership, Role
from cohorts.schedule.reading import Planned, schedule_for, soonest

MOST = 5


class DueRow(NamedTuple):
    """Plain words, so that the line is rendered once for all who see the same; in the zone of
    the person."""

    title: str
    url: str
    of: str
    day: str
    month: str
    when: str
    late: bool
    extended: bool


def due_soon(user: User, now: datetime) -> tuple[DueRow, ...]:
    """The next five. No query for who learns in no class, else two, however many classes."""
    if not any(here.role == Role.LEARNER and not here.archived for here in classes_of(user)):
        return ()
    mine = Membership.objects.learners().filter(user=user, cohort__archived_at=None)
    schedule = schedule_for(list(mine.select_related("cohort__course")))
    return tuple(row_of(one, now) for one in soonest(schedule, now, MOST))


def row_of(one: Planned, now: datetime) -> DueRow:
    assert one.dates.due_at is not None  # noqa: S101  (for the type: it is due)
    local = localtime(one.dates.due_at)
    return DueRow(
        one.thing.title,
        one.thing.url,
        one.cohort.name,
        date_format(local, "j"),
        date_format(local, "M"),
        f"{date_format(local, 'D')} {date_format(local, 'H:i')}",
        one.is_late(now),
        one.dates.extended,
    )
