"""When learners of running classes may take a graded quiz, and how much longer they have."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.gradebook.late import LatePolicy
from cohorts.models import Deadline, Extension
from cohorts.schedule.closings import LONGEST, RUNNING, last_end
from cohorts.schedule.dates import Dates, dates_of
from courses.statements import aware, fetch
from quizzes.attempts.opening import moment
from quizzes.attempts.windows import Rule, Window, register
from quizzes.models import Quiz

# Of each class of this course in which somebody learns; without a deadline only the extra time.
MINE = f"""
SELECT cohort.name, cohort.late_cutoff, cohort.time_zone, member.extra_time,
       deadline.id, deadline.opens_at, deadline.due_at, extension.due_at, extension.reason,
       {LONGEST}, {RUNNING}
  FROM cohorts_membership member
  JOIN cohorts_cohort cohort ON cohort.id = member.cohort_id
  LEFT JOIN cohorts_deadline deadline
         ON deadline.cohort_id = cohort.id AND deadline.quiz_id = %s
  LEFT JOIN cohorts_extension extension
         ON extension.deadline_id = deadline.id AND extension.membership_id = member.id
 WHERE member.user_id = %s AND member.left_at IS NULL AND member.role = 'learner'
   AND cohort.archived_at IS NULL AND cohort.course_id = %s
 ORDER BY cohort.id"""  # noqa: S608  (parts of our own)


def windows_in_classes(user: User, quiz: Quiz, now: datetime) -> Iterator[Window]:
    """One query, whatever the number of classes."""
    for row in fetch(MINE, [quiz.pk, user.pk, quiz.course_id]):
        yield window_of_row(*row)


def window_of_row(
    name: str,
    cutoff: int | None,
    zone: str,
    extra: int,
    deadline: int | None,
    opens: Any,
    due: Any,
    own_due: Any,
    reason: str | None,
    longest: Any,
    running: Any,
) -> Window:
    if deadline is None or (opens is None and due is None):
        return Window(extra_time=extra)
    dates = dates_of(
        Deadline(opens_at=aware(opens), due_at=aware(due)),
        Extension(due_at=aware(own_due)) if own_due else None,
        LatePolicy(cutoff=cutoff, zone=ZoneInfo(zone)),
    )
    rule = Rule(name, in_words(dates, reason or ""))
    others = last_end(cutoff, zone, due, longest, running)
    return Window(dates.opens_at, dates.closes_at, extra, (rule,), others)


def in_words(dates: Dates, reason: str) -> str:
    said = []
    if dates.opens_at:
        said.append(_("It opens on %s.") % moment(dates.opens_at))
    if dates.due_at:
        said.append(_("It is due on %s.") % moment(dates.due_at))
    if dates.extended:
        said.append(_("You have longer than the class: %s") % reason)
    if dates.closes_at and dates.closes_at != dates.due_at:
        said.append(_("After that it is late, and taken until %s.") % moment(dates.closes_at))
    return " ".join(said)


register(windows_in_classes)
