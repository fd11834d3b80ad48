"""What somebody has to do next, over all their classes; for the page Today."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from cohorts.gradebook.late import LatePolicy
from cohorts.here import classes_of
from cohorts.models import Deadline, Extension, Role
from cohorts.schedule.dates import Dates, dates_of
from cohorts.schedule.reading import MISSED, nearest
from courses.statements import aware, fetch
from quizzes.models import Quiz

MOST = 5
# What a learner sees, has not done, and was due lately or will be; as `upcoming` has it, in a
# statement of our own, because Today is opened often.
DUE = """
SELECT cohort.name, cohort.slug, cohort.time_zone, cohort.late_cutoff, course.slug AS course,
       deadline.opens_at, deadline.due_at, extension.due_at AS own_due,
       COALESCE(assignment.title, quiz.title, lesson.title) AS title,
       assignment.id AS assignment, quiz.slug AS quiz, quiz.mode, track.slug AS track,
       lesson.slug AS lesson
  FROM cohorts_membership member
  JOIN cohorts_cohort cohort ON cohort.id = member.cohort_id AND cohort.archived_at IS NULL
  JOIN courses_course course ON course.id = cohort.course_id
  JOIN cohorts_deadline deadline ON deadline.cohort_id = cohort.id
  LEFT JOIN cohorts_extension extension
         ON extension.deadline_id = deadline.id AND extension.membership_id = member.id
  LEFT JOIN cohorts_assignment assignment ON assignment.id = deadline.assignment_id
  LEFT JOIN quizzes_quiz quiz ON quiz.id = deadline.quiz_id
  LEFT JOIN courses_lesson lesson ON lesson.id = COALESCE(deadline.lesson_id, quiz.lesson_id)
  LEFT JOIN courses_track track ON track.id = COALESCE(lesson.track_id, quiz.track_id)
 WHERE member.user_id = %s AND member.left_at IS NULL AND member.role = 'learner'
   AND deadline.due_at IS NOT NULL AND (deadline.due_at >= %s OR extension.due_at >= %s)
   AND (assignment.id IS NULL OR assignment.published)
   AND (quiz.id IS NULL OR quiz.status = 'published')
   AND (lesson.id IS NULL OR (lesson.status = 'published'
        AND (lesson.publish_at IS NULL OR lesson.publish_at <= %s)))
   AND (track.id IS NULL OR NOT track.archived)
   AND NOT EXISTS (SELECT 1 FROM courses_lessonprogress progress
                    WHERE progress.user_id = member.user_id
                      AND progress.lesson_id = deadline.lesson_id
                      AND progress.completed_at IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM quizzes_attempt attempt
                    WHERE attempt.user_id = member.user_id AND attempt.quiz_id = deadline.quiz_id
                      AND attempt.submitted_at IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM cohorts_submission submission
                    WHERE submission.membership_id = member.id
                      AND submission.assignment_id = deadline.assignment_id
                      AND submission.submitted_at IS NOT NULL)
 ORDER BY cohort.id, deadline.id"""


class DueRow(NamedTuple):
    """Plain words, so that the line is rendered once for all who see the same. Times are those of
    the class; `zone` names it where the person's clock says something else, and is empty else."""

    title: str
    url: str
    of: str
    day: str
    month: str
    when: str
    zone: str
    late: bool
    extended: bool


class Found(NamedTuple):
    """A row of the statement, by its columns."""

    name: str
    slug: str
    zone: str
    cutoff: int | None
    course: str
    opens_at: Any
    due_at: Any
    own_due: Any
    title: str
    assignment: int | None
    quiz: str | None
    mode: str | None
    track: str | None
    lesson: str | None


def due_soon(user: User, now: datetime) -> tuple[DueRow, ...]:
    """The next five. No query for who learns in no class, else one, however many classes."""
    if not any(here.role == Role.LEARNER and not here.archived for here in classes_of(user)):
        return ()
    return tuple(row_of(*one, user, now) for one in nearest(waiting(user, now), now, MOST))


def waiting(user: User, now: datetime) -> Iterator[tuple[datetime, tuple[Found, Dates]]]:
    since = now - MISSED
    for row in fetch(DUE, [user.pk, since, since, now]):
        found = Found(*row)
        dates = own_dates(found)
        if dates.due_at and (dates.closes_at is None or now <= dates.closes_at):
            yield dates.due_at, (found, dates)


def own_dates(found: Found) -> Dates:
    closes = found.assignment is not None or found.mode == Quiz.Mode.GRADED
    return dates_of(
        Deadline(opens_at=aware(found.opens_at), due_at=aware(found.due_at)),
        Extension(due_at=aware(found.own_due)) if found.own_due else None,
        LatePolicy(cutoff=found.cutoff if closes else None, zone=ZoneInfo(found.zone)),
    )


def row_of(found: Found, dates: Dates, user: User, now: datetime) -> DueRow:
    assert dates.due_at is not None  # noqa: S101  (for the type: it is due)
    local = dates.due_at.astimezone(ZoneInfo(found.zone))
    same = local.utcoffset() == dates.due_at.astimezone(user.zone).utcoffset()
    return DueRow(
        title=found.title,
        url=url_of(found, dates, now),
        of=found.name,
        day=date_format(local, "j"),
        month=date_format(local, "M"),
        when=f"{date_format(local, 'D')} {date_format(local, 'H:i')}",
        zone="" if same else found.zone,
        late=dates.is_late(now),
        extended=dates.extended,
    )


def url_of(found: Found, dates: Dates, now: datetime) -> str:
    """An assignment that is not open yet has no page for learners: then the schedule."""
    if found.assignment is None:
        if found.quiz is not None:
            return reverse("quiz", args=[found.quiz])
        return reverse("lesson", args=[found.course, found.track, found.lesson])
    if dates.opens_at is not None and dates.opens_at > now:
        return reverse("cohort_schedule", args=[found.slug])
    return reverse("assignment", args=[found.slug, found.assignment])
