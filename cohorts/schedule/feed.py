"""The private calendar of one person over all their classes (RFC 5545)."""

import secrets
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import User
from cohorts.models import CalendarFeed, Membership
from cohorts.schedule.events import Event as ClassEvent
from cohorts.schedule.events import events_for

# How often calendar programs may ask, as far as they listen.
EVERY = timedelta(hours=1)


@transaction.atomic
def new_address(*, user: User, now: datetime) -> CalendarFeed:
    """An address where there was none; else another one, so that the old leads nowhere."""
    said = {"token": secrets.token_urlsafe(32), "made_at": now}
    return CalendarFeed.objects.update_or_create(user=user, defaults=said)[0]


def turn_off(*, user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def calendar_of(user: User, now: datetime) -> bytes:
    """Of every class that `user` is in now, what they may see there. Two queries."""
    mine = Membership.objects.active().filter(user=user).select_related("cohort__course")
    return written(events_for(list(mine), now), now)


def written(events: Iterable[ClassEvent], now: datetime) -> bytes:
    """Pure, but for the settings: the library folds lines and escapes texts."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cairn//Classes//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Cairn")
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        calendar.add_component(entry(event, now))
    return bytes(calendar.to_ical())


def entry(event: ClassEvent, now: datetime) -> Event:
    """A moment without a length: what has to be done by then may take its time before."""
    one = event.planned
    found = Event()
    found.add("uid", f"{event.what}-{one.deadline}@{urlsplit(settings.SITE_URL).hostname}")
    found.add("dtstamp", now.astimezone(UTC))
    found.add("dtstart", event.at.astimezone(UTC))
    found.add("summary", plain(summary(event)))
    found.add("description", plain("\n".join(description(event))))
    found.add("url", settings.SITE_URL + one.thing.url if event.linked else settings.SITE_URL)
    found.add("categories", [plain(one.cohort.name)])
    found.add("transp", "TRANSPARENT")
    if one.changed_at:
        found.add("last-modified", one.changed_at.astimezone(UTC))
    return found


def summary(event: ClassEvent) -> str:
    said = (
        _("Opens: %(title)s (%(name)s)")
        if event.what == "opens"
        else _("Due: %(title)s (%(name)s)")
    )
    return said % {"title": event.planned.thing.title, "name": event.planned.cohort.name}


def description(event: ClassEvent) -> Iterable[str]:
    one = event.planned
    if event.what == "due" and one.reason:
        yield _("You have longer than the class: %s") % one.reason
    if event.linked:
        yield settings.SITE_URL + one.thing.url
    else:
        yield _("Learners see it once it is open.")


def plain(text: str) -> str:
    """Without control characters, which no calendar may hold; line breaks stay."""
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) != "Cc")
