"""Changing the dates of a class. Every change is in the log, with what was before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.log import note
from cohorts.models import Cohort, Deadline, LogEntry
from cohorts.schedule.closings import hold_results
from cohorts.schedule.things import Key, Thing


@dataclass(frozen=True, slots=True)
class Times:
    opens_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def in_order(self) -> bool:
        return self.opens_at is None or self.due_at is None or self.opens_at < self.due_at


@dataclass(frozen=True, slots=True)
class Change:
    """What the dates of `thing` become, and what they were when somebody saw them."""

    thing: Thing
    before: Times
    after: Times

    @property
    def back(self) -> "Change":
        return Change(self.thing, self.after, self.before)


@transaction.atomic
def set_dates(
    *, cohort: Cohort, changes: Iterable[Change], by: User, now: datetime, careful: bool = False
) -> tuple[Change, ...]:
    """Set those that differ from what is stored; which those were. `careful`: not those that
    somebody has changed since. Raises ValueError where something would be due before it opens.
    """
    # One at a time for each class, also where there are no rows to lock yet.
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    stored = {key_of(one): one for one in Deadline.objects.filter(cohort=cohort)}
    done = []
    for change in changes:
        deadline = stored.get(change.thing.key)
        before = times_of(deadline)
        if change.after == before or (careful and change.before != before):
            continue
        if not change.after.in_order:
            raise ValueError(change.thing.title)
        write(cohort, change.thing, deadline, change.after)
        done.append(Change(change.thing, before, change.after))
        note(
            cohort=cohort,
            kind=LogEntry.Kind.DATES,
            what=_("Dates of %s") % change.thing.title,
            by=by,
            now=now,
            before=in_words(before, cohort),
            after=in_words(change.after, cohort),
        )
    hold_results(cohort, [one.thing.id for one in done if one.thing.kind == "quiz"])
    return tuple(done)


def write(cohort: Cohort, thing: Thing, deadline: Deadline | None, times: Times) -> None:
    if deadline is None:
        deadline = Deadline(cohort=cohort, **{f"{thing.kind}_id": thing.id})
    deadline.opens_at, deadline.due_at = times.opens_at, times.due_at
    if deadline.pk:
        deadline.save(update_fields=["opens_at", "due_at"])
    else:
        deadline.save(force_insert=True)


def key_of(deadline: Deadline) -> Key:
    if deadline.lesson_id:
        return "lesson", deadline.lesson_id
    if deadline.quiz_id:
        return "quiz", deadline.quiz_id
    return "assignment", deadline.assignment_id or 0


def times_of(deadline: Deadline | None) -> Times:
    return Times(deadline.opens_at, deadline.due_at) if deadline else Times()


def in_words(times: Times, cohort: Cohort) -> str:
    """Both dates by the clock of the class, as the log keeps them."""
    said = []
    if times.opens_at:
        said.append(_("opens %s") % moment(times.opens_at, cohort))
    if times.due_at:
        said.append(_("due %s") % moment(times.due_at, cohort))
    return ", ".join(said) or _("no dates")


def moment(at: datetime, cohort: Cohort) -> str:
    local = at.astimezone(cohort.zone)
    # The second of two equal times is told apart by its distance from UTC.
    said = date_format(local, "SHORT_DATETIME_FORMAT")
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{said} (UTC{local:%z})" if twice else said
