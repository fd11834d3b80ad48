"""What being late costs. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """Each day late takes `percent` of the item's points off what was earned, though never below
    `floor` percent of them; after `cutoff` days nothing is accepted (None: as long as one likes).
    """

    percent: int = 0
    floor: int = 0
    cutoff: int | None = None


def policy_of(cohort: Cohort) -> LatePolicy:
    return LatePolicy(cohort.late_percent, cohort.late_floor, cohort.late_cutoff)


def days_late(due_at: datetime | None, submitted_at: datetime) -> int:
    """How many days of 24 hours have begun since `due_at`; 0 on time, or without a due date."""
    if due_at is None or submitted_at <= due_at:
        return 0
    return -((due_at - submitted_at) // DAY)


def closes_at(due_at: datetime | None, policy: LatePolicy) -> datetime | None:
    """Until when work is accepted; None: no end."""
    if due_at is None or policy.cutoff is None:
        return None
    return due_at + policy.cutoff * DAY


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
