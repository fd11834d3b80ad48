"""Until when anybody of a class can answer a quiz, so that nobody is told before what is right."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cohorts.gradebook.late import LatePolicy, closes_at
from cohorts.models import Cohort, Deadline, Membership
from courses.statements import aware, fetch
from quizzes.attempts.holding import hold_back
from quizzes.attempts.windows import latest
from quizzes.models import Quiz

# Columns of a statement that has `deadline`: the longest extension of a learner who is in the
# class, and the last end of an attempt that one has begun, which keeps it when dates change.
LONGEST = """(
SELECT MAX(longer.due_at)
  FROM cohorts_extension longer
  JOIN cohorts_membership other ON other.id = longer.membership_id
 WHERE longer.deadline_id = deadline.id AND other.left_at IS NULL AND other.role = 'learner')"""
RUNNING = """(
SELECT MAX(running.deadline_at)
  FROM cohorts_membership other
  JOIN quizzes_attempt running ON running.user_id = other.user_id
   AND running.quiz_id = deadline.quiz_id AND running.submitted_at IS NULL
 WHERE other.cohort_id = deadline.cohort_id AND other.left_at IS NULL
   AND other.role = 'learner')"""
CLOSINGS = f"""
SELECT deadline.cohort_id, cohort.late_cutoff, cohort.time_zone, deadline.due_at,
       {LONGEST}, {RUNNING}
  FROM cohorts_deadline deadline
  JOIN cohorts_cohort cohort ON cohort.id = deadline.cohort_id
 WHERE deadline.quiz_id = %s AND deadline.cohort_id IN """  # noqa: S608  (parts of our own)


def last_end(
    cutoff: int | None, zone: str, due: Any, longest: Any, running: Any
) -> datetime | None:
    """Of a class, with times as a bare cursor hands them over; None: it never closes."""
    if due is None:
        return None
    closes = closes_at(
        latest([aware(due), aware(longest)]), LatePolicy(cutoff=cutoff, zone=ZoneInfo(zone))
    )
    return closes and latest([closes, aware(running)])


def hold_results(cohort: Cohort, quizzes: Collection[int]) -> None:
    """Whenever dates of these graded quizzes have changed: attempts of the class wait as long as
    the last of all classes of their learner. Two statements, and two for each quiz and one for
    each time that its attempts wait for."""
    graded = Quiz.objects.filter(pk__in=quizzes, mode=Quiz.Mode.GRADED)
    asked = list(graded.order_by("pk").values_list("pk", flat=True))
    classes = classes_of_learners(cohort) if asked else {}
    if not classes:
        return
    theirs = sorted({pk for mine in classes.values() for pk in mine})
    places = ", ".join(["%s"] * len(theirs))
    for quiz in asked:
        rows = fetch(f"{CLOSINGS}({places})", [quiz, *theirs])
        ends = {pk: last_end(*of) for pk, *of in rows}
        until = {user: latest(ends.get(pk) for pk in mine) for user, mine in classes.items()}
        hold_back(quiz_id=quiz, until=until)


def hold_all_results(cohort: Cohort) -> None:
    """When its rules for late work have changed."""
    dated = Deadline.objects.filter(cohort=cohort, quiz__isnull=False)
    hold_results(cohort, list(dated.values_list("quiz", flat=True)))


def classes_of_learners(cohort: Cohort) -> dict[int, list[int]]:
    """By person, each learner's running classes of the course."""
    here = Membership.objects.filter(cohort=cohort).learners()
    learning = Membership.objects.filter(
        cohort__archived_at=None, cohort__course=cohort.course_id, user__in=here.values("user")
    ).learners()
    found: dict[int, list[int]] = defaultdict(list)
    for user, pk in learning.order_by().values_list("user", "cohort"):
        found[user].append(pk)
    return found
