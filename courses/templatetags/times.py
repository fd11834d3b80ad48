from datetime import datetime, timedelta

from django import template
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


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
    if now - then < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(then, now, depth=1)}
