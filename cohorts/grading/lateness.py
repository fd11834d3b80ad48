"""What being late takes off one hand-in, in words. Pure."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.gradebook.late import LatePolicy, after_late
from cohorts.gradebook.numbers import plain


def lateness(days: int, points: Decimal, policy: LatePolicy) -> str:
    """Of work out of `points` that was handed in `days` late; nothing where that is on time."""
    if days <= 0:
        return ""
    number = ngettext("One day late", "%(days)d days late", days) % {"days": days}
    if not policy.percent:
        return _("%s. Late work loses no points.") % number
    said = {"late": number, "off": plain(points - after_late(points, points, days, policy))}
    said["points"] = plain(points)
    if not policy.floor:
        return _("%(late)s: %(off)s of %(points)s points are taken off.") % said
    said["floor"] = plain(points * policy.floor / 100)
    text = _(
        "%(late)s: %(off)s of %(points)s points are taken off a full grade, though nobody goes "
        "below %(floor)s for being late."
    )
    return text % said


def counts_as(score: Decimal | None, days: int, points: Decimal, policy: LatePolicy) -> str:
    """What is left of `score` points; nothing where that is all of them."""
    if score is None:
        return ""
    left = after_late(score, points, days, policy)
    if left == score:
        return ""
    return _("%(score)s points count as %(left)s.") % {"score": plain(score), "left": plain(left)}
