"""What a page of the class needs to know of all learners, however few of them it shows: their
order, who is at risk, and sums.

Kept for some seconds, because adding up a thousand learners takes longer than showing fifty; the
at-risk page and each learner's own are always added up anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cohorts.grading.pile import pile_of
from cohorts.grading.wanted import Wanted
from cohorts.models import Cohort, Membership
from cohorts.overview.facts import Everyone, everyone, term_of
from cohorts.overview.kept import SECONDS, forget, key_of
from cohorts.overview.names import named
from cohorts.overview.risk import AtRisk, at_risk, thresholds_of
from courses.pages.course import CoursePage
from courses.pages.shared import Shelf

WORST = 3
# In the process: the cache would copy a thousand learners at each reading. The cache holds only
# since when a snapshot is good, so that all processes forget it together.
shelf = Shelf(50)
adding_up = Lock()
EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`by_progress` has the least first, `by_last_seen` the longest ago; both are memberships.
    `worst` are those most at risk, with their names. `lately` counts lessons finished in this
    week, `waiting` what people have to grade."""

    last_active: Mapping[int, datetime]
    risks: Mapping[int, AtRisk]
    by_progress: tuple[int, ...]
    by_last_seen: tuple[int, ...]
    at_risk: tuple[AtRisk, ...]
    worst: tuple[tuple[AtRisk, str], ...]
    lately: int
    waiting: int

    @property
    def learners(self) -> int:
        return len(self.by_progress)


def snapshot_of(cohort: Cohort, course: CoursePage, now: datetime) -> Snapshot:
    """At most `SECONDS` old. Five queries when it is not kept, else none. Of all who ask in one
    moment only the first adds up; the others wait for it."""
    key = cohort.pk, cache.get_or_set(key_of(cohort.pk), now.isoformat(), SECONDS)
    found: Snapshot | None = shelf.get(key)
    if found is not None:
        return found
    with adding_up:
        found = shelf.get(key)
        if found is None:
            lessons = [lesson.id for lesson in course.lessons]
            found = summed_up(cohort, everyone(cohort, lessons, now), now)
            shelf.put(key, found)
        return found


def summed_up(cohort: Cohort, all_of_them: Everyone, now: datetime) -> Snapshot:
    facts, done = all_of_them.facts, all_of_them.done
    last = {one.member_id: one.last_active for one in facts if one.last_active}
    members = [one.member_id for one in facts]
    found = at_risk(facts, thresholds_of(cohort), term_of(cohort), now)
    return Snapshot(
        last_active=last,
        by_progress=tuple(sorted(members, key=done.__getitem__)),
        by_last_seen=tuple(sorted(members, key=lambda member: last.get(member, EVER))),
        at_risk=found,
        worst=with_names(cohort, found[:WORST]),
        risks={one.member_id: one for one in found},
        lately=all_of_them.lately,
        waiting=pile_of(cohort, Wanted()).rows().count(),
    )


def with_names(cohort: Cohort, found: tuple[AtRisk, ...]) -> tuple[tuple[AtRisk, str], ...]:
    names = named(cohort, [one.member_id for one in found])
    return tuple((one, names[one.member_id].name) for one in found if one.member_id in names)


@receiver([post_save, post_delete], sender=Membership)
def membership_changed(instance: Membership, **kwargs: Any) -> None:
    """A teacher who shows the code on a wall sees who comes in."""
    forget(instance.cohort_id)
