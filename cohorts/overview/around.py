"""What stands around the progress table of a class, the same for all of its staff.

Kept for some seconds, and forgotten at once when somebody saves a date, an announcement, a group
or a member: composing these few queries takes longer than the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cohorts.models import Announcement, Cohort, Deadline, Group, Membership, Role
from cohorts.schedule.reading import Planned, planned, rows_of, soonest

SECONDS = 30
NEWEST, NEXT = 3, 4


@dataclass(frozen=True, slots=True)
class Around:
    """`teachers` are the names of who owns or teaches the class."""

    groups: Sequence[Group]
    teachers: Sequence[str]
    announcements: Sequence[Announcement]
    upcoming: Sequence[Planned]


def around(cohort: Cohort, now: datetime) -> Around:
    """At most `SECONDS` old. Four queries when it is not kept, else none."""
    key = key_of(cohort.pk)
    found: Around | None = cache.get(key)
    if found is None:
        coming = Deadline.objects.filter(cohort=cohort, due_at__gte=now)
        found = Around(
            groups=list(cohort.groups.all()),
            teachers=teachers_of(cohort),
            announcements=newest(cohort, now),
            upcoming=soonest(planned(rows_of(coming), [cohort]), now, NEXT, staff=True),
        )
        cache.set(key, found, SECONDS)
    return found


def newest(cohort: Cohort, now: datetime) -> list[Announcement]:
    return list(cohort.announcements.posted(now).defer("body")[:NEWEST])


def teachers_of(cohort: Cohort) -> list[str]:
    found = Membership.objects.active().filter(cohort=cohort, role__in=(Role.OWNER, Role.TEACHER))
    return [member.name for member in found.by_name().only("role")]


@receiver([post_save, post_delete], sender=Announcement)
@receiver([post_save, post_delete], sender=Deadline)
@receiver([post_save, post_delete], sender=Group)
@receiver([post_save, post_delete], sender=Membership)
def changed(instance: Any, **kwargs: Any) -> None:
    """Twice: what is read again before the transaction is through is still the old."""
    key = key_of(instance.cohort_id)
    cache.delete(key)
    transaction.on_commit(lambda: cache.delete(key))


def key_of(cohort_id: int) -> str:
    return f"around-class:{cohort_id}"
