"""What the tables of a class show of its learners: their progress, and whose dates are later."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from cohorts.models import Cohort
from cohorts.overview.facts import places
from cohorts.overview.matrix import Done
from courses.statements import aware, fetch

PROGRESS = """
SELECT user_id, lesson_id, completed_at IS NOT NULL, quiz_score
  FROM courses_lessonprogress
 WHERE user_id IN ({users}) AND lesson_id IN ({lessons})"""
# The class's own date of each lesson, and those of members who have longer.
DUE = """
SELECT lesson_id, NULL AS membership_id, due_at
  FROM cohorts_deadline
 WHERE cohort_id = %s AND lesson_id IS NOT NULL AND due_at IS NOT NULL
UNION ALL
SELECT deadline.lesson_id, extension.membership_id, extension.due_at
  FROM cohorts_deadline deadline
  JOIN cohorts_extension extension ON extension.deadline_id = deadline.id
 WHERE deadline.cohort_id = %s AND deadline.lesson_id IS NOT NULL
   AND extension.membership_id IN ({members})"""


def progress_of(users: Sequence[int], lessons: Sequence[int]) -> Mapping[int, Mapping[int, Done]]:
    """By user and lesson. One query."""
    found: dict[int, dict[int, Done]] = defaultdict(dict)
    statement = PROGRESS.format(users=places(users), lessons=places(lessons))
    for user, lesson, done, score in fetch(statement, [*users, *lessons]):
        found[user][lesson] = Done(lesson, bool(done), score)
    return found


def lessons_due(
    cohort: Cohort, members: Sequence[int]
) -> tuple[dict[int, datetime], dict[tuple[int, int], datetime]]:
    """By lesson, and the later dates of `members` by lesson and member. One query."""
    due: dict[int, datetime] = {}
    extended: dict[tuple[int, int], datetime] = {}
    statement = DUE.format(members=places(members))
    for lesson, member, at in fetch(statement, [cohort.pk, cohort.pk, *members]):
        if member is None:
            due[lesson] = aware(at)
        else:
            extended[lesson, member] = aware(at)
    return due, extended
