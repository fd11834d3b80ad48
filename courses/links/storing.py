"""Findings into rows, and which addresses are to be checked next."""

from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from courses import versions
from courses.content.saving import assign
from courses.links.checking import Finding
from courses.links.judging import Health, judge
from courses.links.uses import uses_of
from courses.models import Course, Link
from courses.models.links import LinkQuerySet

FAILING = (Link.State.FAILING, Link.State.DEAD)
WEEKLY, DAILY = timedelta(days=6, hours=12), timedelta(hours=20)
# How long an address that nothing uses any more is remembered.
KEEP = timedelta(days=60)
HEALTH = tuple(field.name for field in fields(Health))


def health_in(link: Link) -> Health:
    return Health(**{name: getattr(link, name) for name in HEALTH})


@transaction.atomic
def store(*, url: str, finding: Finding, now: datetime) -> Link:
    """The link with what `finding` makes of it; readers' pages are renewed where they show it."""
    used = {use.course_id for use in uses_of({url})[url]}
    # As all writers of content: the courses, in their order, before anything else is locked. An
    # editor who takes a new address over holds them while the old link is deleted.
    courses = Course.objects.select_for_update().filter(pk__in=used).order_by("pk")
    ids = list(courses.values_list("pk", flat=True))
    link, _created = Link.objects.select_for_update().get_or_create(url=url)
    was_dead = link.state == Link.State.DEAD
    changed = assign(link, asdict(judge(health_in(link), finding, now)))
    link.save(update_fields=changed)
    if was_dead != (link.state == Link.State.DEAD):
        for course_id in ids:
            versions.bump(course_id)
    return link


def due(urls: Collection[str], now: datetime, *, limit: int) -> list[str]:
    """Of `urls`, those whose turn it is: new ones, then failing ones daily, then all weekly."""
    known = Link.objects.filter(url__in=urls)
    late = Q(checked_at=None) | Q(checked_at__lte=now - WEEKLY)
    again = Q(state__in=FAILING, checked_at__lte=now - DAILY)
    return first(urls, known, known.filter(late | again), limit)


def chosen(
    urls: Collection[str], *, before: datetime | None, failing: bool, limit: int | None
) -> list[str]:
    """Of `urls`, those not checked since `before`, or only those that fail; longest ago first."""
    known = Link.objects.filter(url__in=urls)
    asked = known.filter(state__in=FAILING) if failing else known
    if before is not None:
        asked = asked.filter(Q(checked_at=None) | Q(checked_at__lt=before))
    return first(set() if failing else urls, known, asked, limit)


def first(
    urls: Collection[str], known: LinkQuerySet, asked: LinkQuerySet, limit: int | None
) -> list[str]:
    """Those of `urls` that are not `known`, then those `asked` for: longest ago first."""
    new = sorted(set(urls) - set(known.order_by().values_list("url", flat=True)))
    ordered = asked.order_by(F("checked_at").asc(nulls_first=True), "url")
    return [*new, *ordered.values_list("url", flat=True)][:limit]


def forget(*, used: Collection[str], now: datetime) -> int:
    """Drop what is known of addresses that nothing uses, and that were not checked for long."""
    old = Link.objects.filter(checked_at__lt=now - KEEP).exclude(url__in=used)
    return old.delete()[0]
