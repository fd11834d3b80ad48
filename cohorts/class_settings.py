"""Changing what a class says about itself and how it counts. Each change is noted in the log."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.log import note
from cohorts.models import Cohort, LogEntry
from cohorts.schedule.closings import hold_all_results

# What is not of the class itself.
KINDS = {
    **dict.fromkeys(("starts_on", "ends_on", "time_zone"), LogEntry.Kind.DATES),
    **dict.fromkeys(("late_percent", "late_floor", "late_cutoff"), LogEntry.Kind.GRADES),
    **dict.fromkeys(("missing_as_zero", "earlier_work", "pass_mark"), LogEntry.Kind.GRADES),
    "digits": LogEntry.Kind.GRADES,
}


@transaction.atomic
def change_cohort(*, cohort: Cohort, wanted: Mapping[str, Any], by: User, now: datetime) -> Cohort:
    """Sets the fields of `wanted` that are not so yet; another's change of other fields stays."""
    locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
    changed = [name for name, value in wanted.items() if getattr(locked, name) != value]
    for name in changed:
        before = in_words(getattr(locked, name))
        setattr(locked, name, wanted[name])
        note(
            cohort=locked,
            kind=KINDS.get(name, LogEntry.Kind.CLASS),
            what=capfirst(str(Cohort._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]
            by=by,
            now=now,
            before=before,
            after=in_words(wanted[name]),
        )
    if changed:
        locked.save(update_fields=changed)
    if "late_cutoff" in changed:
        hold_all_results(locked)
    return locked


def in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return formats.date_format(value)
    return "" if value is None else str(value)
