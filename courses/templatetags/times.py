from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django import template
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = template.Library()
# No month is shorter.
MONTH = timedelta(days=28)
UNITS = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1))
SOME_DAY = datetime(2001, 1, 1, tzinfo=UTC)


@register.filter
def hours(minutes: int) -> str:
    """`minutes` as a person would say them: “25 minutes”, “about 3 hours”."""
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    whole, rest = divmod(round(minutes / 30), 2)
    if rest:
        return _("about %(n)s hours") % {"n": f"{whole}½"}
    return ngettext("about %(n)d hour", "about %(n)d hours", whole) % {"n": whole}


@register.filter
def ago(then: datetime, now: datetime) -> str:
    """How long `then` is past, to the largest unit: “just now”, “3 days ago”."""
    past = now - then
    if past < timedelta(minutes=1):
        return _("just now")
    if past >= MONTH:
        return _("%(time)s ago") % {"time": timesince(then, now, depth=1)}
    unit = next(unit for unit in UNITS if past >= unit)
    return said(past // unit * unit, get_language())


@lru_cache(maxsize=256)
def said(past: timedelta, language: str | None) -> str:
    """Of less than a month, which is as long whenever it was."""
    return _("%(time)s ago") % {"time": timesince(SOME_DAY, SOME_DAY + past, depth=1)}
