"""What a learner sees of their own class."""

from dataclasses import dataclass
from datetime import datetime

from cohorts.gradebook.reading import own_row
from cohorts.gradebook.wording import total
from cohorts.models import Membership
from cohorts.schedule.reading import Planned, upcoming
from cohorts.work.listing import own_work
from cohorts.work.standing import Standing
from courses.pages.course import CoursePage
from courses.standing import Stop, Trail, deeds_on, where_to_go_on


@dataclass(frozen=True, slots=True)
class OwnHome:
    upcoming: tuple[Planned, ...]
    work: list[Standing]
    trails: tuple[Trail, ...]
    # In percent, of what is released; "" while there is nothing.
    grade: str

    @property
    def here(self) -> Stop | None:
        return where_to_go_on(self.trails)

    @property
    def done(self) -> int:
        return sum(trail.done for trail in self.trails)

    @property
    def lessons(self) -> int:
        return sum(len(trail.stops) for trail in self.trails)


def own_home(member: Membership, course: CoursePage, now: datetime) -> OwnHome:
    """A fixed number of queries."""
    deeds = deeds_on(member.user, course.id)
    trails = deeds.trails(course.tracks)
    return OwnHome(upcoming(member, now), own_work(member, now), trails, grade_of(member, now))


def grade_of(member: Membership, now: datetime) -> str:
    """Three queries."""
    share = own_row(member, now).total
    return "" if share is None else total(share, member.cohort.digits)
