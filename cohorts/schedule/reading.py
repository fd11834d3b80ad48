"""What is planned in classes, in the order of the course; each in a fixed number of queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from cohorts.gradebook.late import LatePolicy, policy_of
from cohorts.models import Assignment, Cohort, Deadline, Extension, Membership, Role, Submission
from cohorts.schedule.dates import NONE, Dates, dates_of
from cohorts.schedule.things import (
    ASSIGNMENT,
    LESSON,
    QUIZ,
    Key,
    Thing,
    assignment_of,
    fields_below,
    lesson_of,
    quiz_of,
)
from courses.models import Lesson, LessonProgress, Status
from quizzes.models import Attempt, Quiz

FIELDS = [
    *("id", "cohort_id", "opens_at", "due_at", "lesson_id", "quiz_id", "assignment_id"),
    *fields_below("lesson__", LESSON),
    *fields_below("quiz__", QUIZ),
    *fields_below("assignment__", ASSIGNMENT),
]
# So long, what one has missed is still said to be due.
MISSED = timedelta(days=14)
Waiting = TypeVar("Waiting")


@dataclass(frozen=True, slots=True)
class Planned:
    """`dates` are one learner's own, where it was read for one, with `reason` why they have longer
    and whether it is `done`; else those of the class. `deadline` is the number of its row; None:
    it has no dates."""

    thing: Thing
    cohort: Cohort
    dates: Dates
    deadline: int | None = None
    reason: str = ""
    done: bool = False
    # When the extension was given; of the class's own dates nobody knows.
    changed_at: datetime | None = None

    @property
    def has_dates(self) -> bool:
        return self.dates.opens_at is not None or self.dates.due_at is not None

    def is_seen(self, now: datetime) -> bool:
        """Whether learners know of it. What is not open yet, they know to be coming."""
        return self.thing.is_seen(now)

    def waits(self, now: datetime) -> bool:
        """Whether it is still to be done, and can be."""
        closes = self.dates.closes_at
        return self.is_seen(now) and not self.done and (closes is None or now <= closes)

    def is_hidden(self, now: datetime) -> bool:
        """Whether learners know of it, and its page is not there for them: an assignment's comes
        when it opens, where lessons and quizzes say when that is."""
        opens = self.dates.opens_at
        return self.thing.kind == "assignment" and opens is not None and opens > now

    def is_late(self, now: datetime) -> bool:
        return not self.done and self.dates.is_late(now)


def schedule_of(cohort: Cohort) -> tuple[Planned, ...]:
    """All that has a date, with the dates of the class. One query. `cohort` has its course."""
    return planned(rows_of(Deadline.objects.filter(cohort=cohort)), [cohort])


def schedule_for(members: Iterable[Membership]) -> tuple[Planned, ...]:
    """All that has a date in the classes of these memberships of one person, with the person's
    own dates, and whether it is done. One query. The memberships come with class and course."""
    found = list(members)
    if not found:
        return ()
    cohorts = [member.cohort for member in found]
    mine = Q(extensions__membership__in=[member.pk for member in found])
    own = Deadline.objects.filter(cohort__in=cohorts).annotate(
        mine=FilteredRelation("extensions", condition=mine), done=is_done(found[0].user_id)
    )
    return planned(rows_of(own, "mine__due_at", "mine__reason", "mine__given_at", "done"), cohorts)


def is_done(user: int | OuterRef) -> Q:
    """Of deadlines: whether `user` has done the lesson, handed in the quiz or the assignment."""
    lesson = LessonProgress.objects.filter(
        user=user, lesson=OuterRef("lesson"), completed_at__isnull=False
    )
    quiz = Attempt.objects.handed_in().filter(user=user, quiz=OuterRef("quiz"))
    work = Submission.objects.handed_in().filter(
        membership__user=user, assignment=OuterRef("assignment")
    )
    return Q(Exists(lesson)) | Q(Exists(quiz.order_by())) | Q(Exists(work.order_by()))


def dates_for(member: Membership) -> Mapping[Key, Dates]:
    """The member's own dates, by kind and number: `dates_for(member)["quiz", 7]`. One query."""
    return {one.thing.key: one.dates for one in schedule_for([member])}


def upcoming(member: Membership, now: datetime, limit: int = 5) -> tuple[Planned, ...]:
    """What is due next, the first first. One query.

    To learners what they have not done: also what they have missed lately, as long as it is
    accepted; without an address where they find nothing there yet. To the staff what is due to
    the class.
    """
    staff = member.role != Role.LEARNER
    found = soonest(schedule_for([member]), now, limit, staff=staff)
    return found if staff else tuple(without_address(one, now) for one in found)


def without_address(one: Planned, now: datetime) -> Planned:
    if not one.is_hidden(now):
        return one
    return replace(one, thing=replace(one.thing, address=None))


def soonest(
    schedule: Iterable[Planned], now: datetime, limit: int, *, staff: bool = False
) -> tuple[Planned, ...]:
    """Pure."""
    dated = ((one.dates.due_at, one) for one in schedule)
    since = now if staff else now - MISSED
    waiting = (
        (due, one)
        for due, one in dated
        if due is not None and due >= since and (staff or one.waits(now))
    )
    return nearest(waiting, now, limit)


def nearest(
    waiting: Iterable[tuple[datetime, Waiting]], now: datetime, limit: int
) -> tuple[Waiting, ...]:
    """Pure: of what is due at those times, the first first. What was missed takes half of the
    places at most, where the others are needed; what was missed last then."""
    found = sorted(waiting, key=itemgetter(0))
    coming = [one for due, one in found if due >= now][:limit]
    missed = [one for due, one in found if now - MISSED <= due < now]
    places = max(limit // 2, limit - len(coming))
    return tuple([*missed[max(0, len(missed) - places) :], *coming][:limit])


def plan_of(cohort: Cohort) -> tuple[Planned, ...]:
    """Everything that can have dates in this class, whether or not it has. Four queries."""
    return whole(cohort, schedule_of(cohort))


def plan_for(member: Membership, now: datetime) -> tuple[Planned, ...]:
    """Everything of the class that learners see, with this one's own dates. Four queries."""
    plan = whole(member.cohort, schedule_for([member]))
    return tuple(one for one in plan if one.is_seen(now))


def whole(cohort: Cohort, schedule: Iterable[Planned]) -> tuple[Planned, ...]:
    dated = {one.thing.key: one for one in schedule}
    return tuple(
        dated.get(thing.key) or Planned(thing, cohort, NONE)
        for thing in sorted(things_of(cohort), key=lambda thing: thing.place)
    )


def things_of(cohort: Cohort) -> Iterator[Thing]:
    lessons = Lesson.objects.filter(track__course=cohort.course_id, track__archived=False)
    for row in lessons.exclude(status=Status.ARCHIVED).values(*LESSON):
        yield lesson_of(row, cohort)
    quizzes = Quiz.objects.filter(course=cohort.course_id).exclude(status=Status.ARCHIVED)
    for row in quizzes.order_by().values(*QUIZ):
        if not (quiz := quiz_of(row, cohort)).archived:
            yield quiz
    for row in Assignment.objects.filter(cohort=cohort).order_by().values(*ASSIGNMENT):
        yield assignment_of(row, cohort)


def rows_of(deadlines: QuerySet[Deadline], *more: str) -> Iterable[Mapping[str, Any]]:
    dated = deadlines.exclude(opens_at=None, due_at=None)
    return dated.order_by().values(*FIELDS, *more)


def planned(rows: Iterable[Mapping[str, Any]], cohorts: Iterable[Cohort]) -> tuple[Planned, ...]:
    by_id = {cohort.pk: cohort for cohort in cohorts}
    found = (planned_of(row, by_id[row["cohort_id"]]) for row in rows)
    return tuple(sorted((one for one in found if not one.thing.archived), key=in_order))


def in_order(one: Planned) -> tuple[Any, ...]:
    return one.thing.place, one.cohort.name, one.cohort.pk


def planned_of(row: Mapping[str, Any], cohort: Cohort) -> Planned:
    thing = thing_of(row, cohort)
    policy = policy_of(cohort) if thing.closes else LatePolicy(zone=cohort.zone)
    deadline = Deadline(opens_at=row["opens_at"], due_at=row["due_at"])
    extension = Extension(due_at=own) if (own := row.get("mine__due_at")) else None
    dates = dates_of(deadline, extension, policy)
    return Planned(
        thing,
        cohort,
        dates,
        row["id"],
        reason=row["mine__reason"] if dates.extended else "",
        done=bool(row.get("done")),
        changed_at=row["mine__given_at"] if dates.extended else None,
    )


def thing_of(row: Mapping[str, Any], cohort: Cohort) -> Thing:
    if row["lesson_id"] is not None:
        return lesson_of(row, cohort, "lesson__")
    if row["quiz_id"] is not None:
        return quiz_of(row, cohort, "quiz__")
    return assignment_of(row, cohort, "assignment__")
