"""Figures of the item analysis as people read them."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def signed(value: float | None) -> str:
    """A correlation: `0.42`, `−0.07`; a dash where there is none."""
    if value is None:
        return "–"
    return number_format(round(value, 2), 2).replace("-", "−")


@register.filter
def seconds(value: float | None) -> str:
    """A time to an answer: `42 s`, `2 min 5 s`; a dash where there is none."""
    if value is None:
        return "–"
    minutes, left = divmod(round(value), 60)
    if not minutes:
        return _("%(seconds)d s") % {"seconds": left}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": left}
