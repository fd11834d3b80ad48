from datetime import datetime

from django import template
from django.utils.timezone import localtime

from cohorts.schedule.reading import Planned

register = template.Library()


@register.filter
def is_late(one: Planned, now: datetime) -> bool:
    return one.is_late(now)


@register.filter
def is_closed(one: Planned, now: datetime) -> bool:
    return one.dates.closes_at is not None and one.dates.closes_at < now


@register.filter
def opens_later(one: Planned, now: datetime) -> bool:
    return one.dates.opens_at is not None and one.dates.opens_at > now


@register.filter
def first_day(one: Planned) -> str:
    """Of its dates the earlier one's day, as a form takes it."""
    found = one.dates.opens_at or one.dates.due_at
    return localtime(found).strftime("%Y-%m-%d") if found else ""
