"""Taking back what somebody saved last: kept in their session, for one class."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from cohorts.models import Cohort
from cohorts.schedule.setting import Change, Times
from cohorts.schedule.things import Thing

SESSION_KEY = "dates_saved"


def remember(session: SessionBase, cohort: Cohort, changes: Iterable[Change]) -> None:
    rows = [[*one.thing.key, *texts(one.before), *texts(one.after)] for one in changes]
    if rows:
        session[SESSION_KEY] = {"cohort": cohort.pk, "rows": rows}


def can_undo(session: SessionBase, cohort: Cohort) -> bool:
    return bool(session.get(SESSION_KEY, {}).get("cohort") == cohort.pk)


def last_saved(
    session: SessionBase, cohort: Cohort, things: Mapping[Any, Thing]
) -> tuple[Change, ...]:
    """What was saved, of what is still there."""
    if not can_undo(session, cohort):
        return ()
    return tuple(
        Change(things[kind, pk], times(dates[:2]), times(dates[2:]))
        for kind, pk, *dates in session[SESSION_KEY]["rows"]
        if (kind, pk) in things
    )


def forget(session: SessionBase) -> None:
    session.pop(SESSION_KEY, None)


def texts(of: Times) -> list[str | None]:
    return [one.isoformat() if one else None for one in (of.opens_at, of.due_at)]


def times(of: list[str | None]) -> Times:
    return Times(*[datetime.fromisoformat(one) if one else None for one in of])
