"""What a page of the class needs to know of all learners, however few of them it shows: their
order, who is at risk, and sums.

Kept for some seconds, because adding up a thousand learners takes longer than showing fifty; the
at-risk page and each learner's own are always added up anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.cache import cache

from cohorts.grading.pile import pile_of
from cohorts.grading.wanted import Wanted
from cohorts.models import Cohort
from cohorts.overview.facts import Everyone, everyone, term_of
from cohorts.overview.risk import AtRisk, at_risk, thresholds_of
from courses.pages.course import CoursePage

SECONDS = 30
EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`by_progress` has the least first, `by_last_seen` the longest ago; both are memberships.
    `lately` counts lessons finished in this week, `waiting` what people have to grade."""

    last_active: Mapping[int, datetime]
    by_progress: tuple[int, ...]
    by_last_seen: tuple[int, ...]
    at_risk: tuple[AtRisk, ...]
    lately: int
    waiting: int

    @property
    def learners(self) -> int:
        return len(self.by_progress)


def snapshot_of(cohort: Cohort, course: CoursePage, now: datetime) -> Snapshot:
    """At most `SECONDS` old. Four queries when it is not kept, else none."""
    key = key_of(cohort)
    found: Snapshot | None = cache.get(key)
    if found is None:
        lessons = [lesson.id for lesson in course.lessons]
        found = summed_up(cohort, everyone(cohort, lessons, now), now)
        cache.set(key, found, SECONDS)
    return found


def summed_up(cohort: Cohort, all_of_them: Everyone, now: datetime) -> Snapshot:
    facts, done = all_of_them.facts, all_of_them.done
    last = {one.member_id: one.last_active for one in facts if one.last_active}
    members = [one.member_id for one in facts]
    return Snapshot(
        last_active=last,
        by_progress=tuple(sorted(members, key=done.__getitem__)),
        by_last_seen=tuple(sorted(members, key=lambda member: last.get(member, EVER))),
        at_risk=at_risk(facts, thresholds_of(cohort), term_of(cohort), now),
        lately=all_of_them.lately,
        waiting=pile_of(cohort, Wanted()).rows().count(),
    )


def forget(cohort: Cohort) -> None:
    """After a change that whoever made it expects to see at once."""
    cache.delete(key_of(cohort))


def key_of(cohort: Cohort) -> str:
    return f"class-snapshot:{cohort.pk}"
