"""A class, as OneRoster is told about it."""

from datetime import date, timedelta

from cohorts.models import Cohort
from cohorts.people.oneroster import Person, Roster

# Of a class that says neither when it begins nor when it ends: the file must.
TERM = timedelta(weeks=16)


def roster_of(cohort: Cohort) -> Roster:
    """Everybody who is in it. One query."""
    members = cohort.members.active().by_name().select_related("user")
    starts, ends = term_of(cohort)
    return Roster(
        key=f"class-{cohort.slug}",
        title=cohort.name,
        term=cohort.term,
        course_key=f"course-{cohort.course.slug}",
        course_title=cohort.course.title,
        starts=starts,
        ends=ends,
        people=tuple(
            Person(
                key=f"user-{one.user_id}",
                email=one.user.email,
                called=one.name,
                role=one.role,
                name=one.listed_as,
                number=one.number,
            )
            for one in members
        ),
    )


def term_of(cohort: Cohort) -> tuple[date, date]:
    """The first and the last day; where they are not said, from what is known."""
    starts = cohort.starts_on or cohort.created_at.astimezone(cohort.zone).date()
    ends = cohort.ends_on or starts + TERM
    return min(starts, ends), ends
