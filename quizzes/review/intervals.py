"""How long until a card comes back, as a person would say it."""

from datetime import timedelta

from django.utils.formats import number_format
from django.utils.translation import ngettext

DAYS_OF_MONTH, DAYS_OF_YEAR = 30.44, 365.25


def in_words(interval: timedelta) -> str:
    """`10 min`, `3 days`, `2 months`, `1.5 years`; as short as a button needs it."""
    if interval < timedelta(hours=1):
        minutes = max(round(interval.total_seconds() / 60), 1)
        return ngettext("%d min", "%d min", minutes) % minutes
    if interval < timedelta(days=1):
        hours = round(interval.total_seconds() / 3600)
        return ngettext("%d hour", "%d hours", hours) % hours
    days = interval.total_seconds() / 86400
    if days < DAYS_OF_MONTH * 1.5:
        whole = round(days)
        return ngettext("%d day", "%d days", whole) % whole
    if (months := round(days / DAYS_OF_MONTH)) < 12:
        return ngettext("%d month", "%d months", months) % months
    return years(days / DAYS_OF_YEAR)


def years(number: float) -> str:
    half = round(number * 2) / 2
    shown = number_format(half, decimal_pos=0 if half.is_integer() else 1)
    return ngettext("%s year", "%s years", 1 if half == 1 else 2) % shown
