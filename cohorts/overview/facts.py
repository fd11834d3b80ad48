"""What the learners of a class did, added up by the database: a fixed number of statements
however many they are, and only of this course and this class.

Everything starts from the class's own members, so that learners elsewhere cost nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection

from cohorts.models import Cohort
from cohorts.overview.risk import Facts, Failed, Term
from courses.statements import aware, fetch

LEARNERS = """cohorts_membership member
 WHERE member.cohort_id = %s AND member.role = 'learner' AND member.left_at IS NULL"""
JOINED = LEARNERS.replace(" WHERE", "{join} WHERE")
OF_COURSE = """(SELECT lesson.id FROM courses_lesson lesson
  JOIN courses_track track ON track.id = lesson.track_id WHERE track.course_id = %s)"""
# The newest review of a learner on the course: a walk along the index of the log that ends at
# the first. Cross joins, because SQLite keeps their order.
REVIEWED = f"""(SELECT log.reviewed_at
  FROM quizzes_reviewlog log CROSS JOIN quizzes_reviewcard card
  LEFT JOIN quizzes_question question ON question.id = card.question_id
 CROSS JOIN courses_concept concept
 WHERE log.user_id = member.user_id AND card.id = log.card_id
   AND concept.id = COALESCE(card.concept_id, question.concept_id)
   AND concept.lesson_id IN {OF_COURSE}
 ORDER BY log.reviewed_at DESC LIMIT 1)"""  # noqa: S608  (of constants)
# A row for each learner and kind of deed; `done` and `lately` count lessons.
DEEDS = f"""
SELECT member.id, MAX(progress.last_read_at) AS at,
       COUNT(CASE WHEN progress.lesson_id IN ({{lessons}}) THEN progress.completed_at END) AS done,
       COUNT(CASE WHEN progress.completed_at >= %s THEN 1 END) AS lately
  FROM {JOINED.format(join="JOIN courses_lessonprogress progress USING (user_id)")}
   AND progress.lesson_id IN {OF_COURSE}
 GROUP BY member.id
UNION ALL
SELECT member.id, MAX(tick.ticked_at), 0, 0
  FROM {JOINED.format(join="JOIN courses_concepttick tick USING (user_id)")}
   AND tick.concept_id IN (
     SELECT concept.id FROM courses_concept concept WHERE concept.lesson_id IN {OF_COURSE})
 GROUP BY member.id
UNION ALL
SELECT member.id, MAX(tick.ticked_at), 0, 0
  FROM {JOINED.format(join="JOIN courses_referencetick tick USING (user_id)")}
   AND tick.reference_id IN (
     SELECT reference.id FROM courses_reference reference WHERE reference.lesson_id IN {OF_COURSE})
 GROUP BY member.id
UNION ALL
SELECT member.id, MAX(COALESCE(attempt.submitted_at, attempt.started_at)), 0, 0
  FROM {JOINED.format(join="JOIN quizzes_attempt attempt USING (user_id)")}
   AND attempt.quiz_id IN (SELECT quiz.id FROM quizzes_quiz quiz WHERE quiz.course_id = %s)
 GROUP BY member.id
UNION ALL
SELECT member.id, MAX(COALESCE(submission.submitted_at, submission.saved_at)), 0, 0
  FROM {JOINED.format(join="JOIN cohorts_submission submission ON submission.membership_id = member.id")}
 GROUP BY member.id
UNION ALL
SELECT member.id, {REVIEWED}, 0, 0 FROM {LEARNERS}
"""  # noqa: E501, S608  (of constants)
ACTIVITY = f"""
SELECT learner.id, learner.joined_at, MAX(deed.at), SUM(deed.done), SUM(deed.lately)
  FROM cohorts_membership learner JOIN ({DEEDS}) deed ON deed.id = learner.id
 GROUP BY learner.id, learner.joined_at"""  # noqa: S608  (of constants)
# Lessons whose date has passed, each learner's own where it is later, and that are not done.
BEHIND = f"""
SELECT member.id, COUNT(*)
  FROM {
    JOINED.format(
        join='''
  JOIN cohorts_deadline deadline ON deadline.cohort_id = member.cohort_id
  LEFT JOIN cohorts_extension extension
    ON extension.deadline_id = deadline.id AND extension.membership_id = member.id
  LEFT JOIN courses_lessonprogress progress
    ON progress.user_id = member.user_id AND progress.lesson_id = deadline.lesson_id'''
    )
}
   AND deadline.lesson_id IN ({{lessons}}) AND deadline.due_at < %s
   AND (extension.due_at IS NULL OR extension.due_at < %s) AND progress.completed_at IS NULL
 GROUP BY member.id"""  # noqa: S608  (of constants)
# Quizzes that were handed in since the class began and never passed. What a person has still to
# grade, or the quiz does not tell yet, is no failure.
FAILED = f"""
SELECT member.id, COALESCE(lesson.title, quiz.title),
       COUNT(CASE WHEN attempt.submitted_at >= %s THEN 1 END)
  FROM {
    JOINED.format(
        join='''
  JOIN quizzes_attempt attempt ON attempt.user_id = member.user_id
  JOIN quizzes_quiz quiz ON quiz.id = attempt.quiz_id
  LEFT JOIN courses_lesson lesson ON lesson.id = quiz.lesson_id'''
    )
}
   AND quiz.course_id = %s AND quiz.mode <> 'placement' AND attempt.submitted_at IS NOT NULL
   AND attempt.awaiting = 0 AND NOT attempt.withheld
 GROUP BY member.id, quiz.id, lesson.title, quiz.title
HAVING COUNT(CASE WHEN attempt.passed THEN 1 END) = 0
 ORDER BY quiz.id"""  # noqa: S608  (of constants)


@dataclass(frozen=True, slots=True)
class Everyone:
    """The learners of a class; `done` counts their finished lessons, by member; `lately` the
    lessons that were finished in this week, all together."""

    facts: tuple[Facts, ...]
    done: Mapping[int, int]
    lately: int


def term_of(cohort: Cohort) -> Term:
    """By its days, in its own zone; without a first day, from when it was made."""
    began, ends = cohort.created_at, []
    if cohort.starts_on:
        began = datetime.combine(cohort.starts_on, time.min, cohort.zone)
    if cohort.ends_on:
        ends.append(datetime.combine(cohort.ends_on + timedelta(days=1), time.min, cohort.zone))
    if cohort.archived_at:
        ends.append(cohort.archived_at)
    return Term(began, min(ends, default=None))


def week_began(cohort: Cohort, now: datetime) -> datetime:
    """Monday's midnight, in the zone of the class."""
    today = now.astimezone(cohort.zone).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time.min, cohort.zone)


def everyone(
    cohort: Cohort, lessons: Sequence[int], now: datetime, only: int | None = None
) -> Everyone:
    """All learners, in the order they joined, or one membership `only`. Three queries.

    `lessons` are the published ones of the course.
    """
    behind, failed = behind_of(cohort, lessons, now, only), failed_of(cohort, only)
    done: dict[int, int] = {}
    facts, finished = [], 0
    for member, joined, last, lessons_done, lately in activity(cohort, lessons, now, only):
        done[member] = int(lessons_done)
        finished += int(lately)
        missed, quizzes = behind.get(member, 0), tuple(failed.get(member, ()))
        facts.append(Facts(member, aware(joined), aware(last), missed, quizzes))
    return Everyone(tuple(sorted(facts)), done, finished)


def activity(
    cohort: Cohort, lessons: Sequence[int], now: datetime, only: int | None
) -> list[tuple[int, datetime, datetime | None, int, int]]:
    week = connection.ops.adapt_datetimefield_value(week_began(cohort, now))
    pair = [cohort.pk, cohort.course_id]
    values = [*lessons, week, *pair, *pair, *pair, *pair, cohort.pk, cohort.course_id, cohort.pk]
    statement = ACTIVITY.replace("{lessons}", places(lessons))
    return fetch(*narrowed(statement, values, only))


def behind_of(
    cohort: Cohort, lessons: Sequence[int], now: datetime, only: int | None
) -> dict[int, int]:
    at = connection.ops.adapt_datetimefield_value(now)
    statement = BEHIND.replace("{lessons}", places(lessons))
    found = fetch(*narrowed(statement, [cohort.pk, *lessons, at, at], only))
    return {member: int(number) for member, number in found}


def failed_of(cohort: Cohort, only: int | None) -> Mapping[int, list[Failed]]:
    since = connection.ops.adapt_datetimefield_value(term_of(cohort).began)
    found: dict[int, list[Failed]] = defaultdict(list)
    values = [since, cohort.pk, cohort.course_id]
    for member, title, times in fetch(*narrowed(FAILED, values, only)):
        if times:
            found[member].append(Failed(title, int(times)))
    return found


def places(values: Sequence[int]) -> str:
    """For `IN`; of nothing, what is in no table."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def narrowed(
    statement: str, values: Sequence[object], only: int | None
) -> tuple[str, Sequence[object]]:
    """To one member, where one is asked for: `only` is a key, and no text from outside."""
    if only is None:
        return statement, values
    one = f"member.left_at IS NULL AND member.id = {only:d}"
    return statement.replace("member.left_at IS NULL", one), values
