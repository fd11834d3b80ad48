"""What being late costs. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort

DAY = timedelta(days=1)
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """Days are those of the clock in `zone`: of 23 or 25 hours where it is put forward or back.

    Each day late takes `percent` of the item's points off what was earned, though never below
    `floor` percent of them; after `cutoff` days nothing is accepted (None: as long as one likes).
    """

    percent: int = 0
    floor: int = 0
    cutoff: int | None = None
    zone: ZoneInfo = UTC


def policy_of(cohort: Cohort) -> LatePolicy:
    return LatePolicy(cohort.late_percent, cohort.late_floor, cohort.late_cutoff, cohort.zone)


def days_late(due_at: datetime | None, submitted_at: datetime, zone: ZoneInfo) -> int:
    """How many days have begun since `due_at`, on the clock in `zone`; 0 on time, or without a
    due date."""
    if due_at is None or submitted_at <= due_at:
        return 0
    due, handed_in = (at.astimezone(zone).replace(tzinfo=None) for at in (due_at, submitted_at))
    # In the hour that comes twice, the clock may show less than it was due.
    return max(1, -((due - handed_in) // DAY))


def closes_at(due_at: datetime | None, policy: LatePolicy) -> datetime | None:
    """Until when work is accepted: at the same time of the clock as it was due. None: no end."""
    if due_at is None or policy.cutoff is None:
        return None
    # Adding to a time with its zone moves the clock, not the instant.
    return (due_at.astimezone(policy.zone) + policy.cutoff * DAY).astimezone(UTC)


def after_late(earned: Decimal, points: Decimal, days: int, policy: LatePolicy) -> Decimal:
    """What is left of `earned` points, of `points` that can be had, when `days` late. Exact.

    The floor gives nothing: who earned less than it keeps what they earned.
    """
    if days <= 0 or not policy.percent:
        return earned
    floor = min(earned, points * policy.floor / 100)
    return max(floor, earned - points * policy.percent * days / 100)


def in_words(policy: LatePolicy) -> str:
    """The whole policy, to learners and teachers alike."""
    if policy.cutoff == 0:
        return _("Nothing is accepted after the due date.")
    said = [costs_in_words(policy)]
    if policy.cutoff is not None:
        days = ngettext("%d day", "%d days", policy.cutoff).replace("%d", str(policy.cutoff))
        said.append(_("Nothing is accepted more than %s after the due date.") % days)
    return " ".join(said)


def costs_in_words(policy: LatePolicy) -> str:
    if not policy.percent:
        return _("Being late costs no points.")
    said = _("Each day that begins after the due date takes %(percent)d%% of the points off")
    floor = _(", though never below %(floor)d%% of them.") if policy.floor else "."
    return (said + floor) % {"percent": policy.percent, "floor": policy.floor}
