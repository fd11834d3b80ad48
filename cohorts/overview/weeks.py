"""What a learner did week by week over the term: sums from the database, bars for the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import connection

from cohorts.models import Cohort, Membership
from cohorts.overview.facts import OF_COURSE, term_of
from courses.statements import fetch

WEEK = timedelta(days=7)
# A picture of more could not be read.
MOST = 26
STUDY, REVIEWS = "study", "reviews"
# Deeds of one learner in a span of time. A lesson read often is one deed on the day it was begun.
DEEDS = f"""
SELECT '{STUDY}' AS kind, progress.started_at AS at FROM courses_lessonprogress progress
 WHERE progress.user_id = %s AND progress.lesson_id IN {OF_COURSE}
UNION ALL
SELECT '{STUDY}', tick.ticked_at FROM courses_concepttick tick
  JOIN courses_concept concept ON concept.id = tick.concept_id
 WHERE tick.user_id = %s AND concept.lesson_id IN {OF_COURSE}
UNION ALL
SELECT '{STUDY}', tick.ticked_at FROM courses_referencetick tick
  JOIN courses_reference reference ON reference.id = tick.reference_id
 WHERE tick.user_id = %s AND reference.lesson_id IN {OF_COURSE}
UNION ALL
SELECT '{STUDY}', attempt.submitted_at FROM quizzes_attempt attempt
  JOIN quizzes_quiz quiz ON quiz.id = attempt.quiz_id
 WHERE attempt.user_id = %s AND quiz.course_id = %s AND attempt.submitted_at IS NOT NULL
UNION ALL
SELECT '{STUDY}', submission.submitted_at FROM cohorts_submission submission
 WHERE submission.membership_id = %s AND submission.submitted_at IS NOT NULL
UNION ALL
SELECT '{REVIEWS}', log.reviewed_at FROM quizzes_reviewlog log
  JOIN quizzes_reviewcard card ON card.id = log.card_id
  LEFT JOIN quizzes_question question ON question.id = card.question_id
  JOIN courses_concept concept ON concept.id = COALESCE(card.concept_id, question.concept_id)
 WHERE log.user_id = %s AND log.undone_at IS NULL AND log.reviewed_at >= %s
   AND concept.lesson_id IN {OF_COURSE}
"""  # noqa: S608  (of constants)


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    study: int = 0
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """`x` of its left side, `y` of its top; the middle is where its words stand."""

    week: Week
    number: int
    x: float
    y: float
    width: float
    height: float
    has_label: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def above(self) -> float:
        return round(self.y - 5, 1)


WIDTH, GROUND, TALLEST = 520, 96, 72


def mondays(cohort: Cohort, now: datetime) -> list[date]:
    """Of the weeks of the term up to now, the last `MOST` of them; at least this week's."""
    term = term_of(cohort)
    last = min(now, term.ended - timedelta(seconds=1)) if term.ended else now
    end = monday_of(max(last, min(term.began, now)).astimezone(cohort.zone).date())
    first = monday_of(min(term.began, now).astimezone(cohort.zone).date())
    number = min(MOST, (end - first) // WEEK + 1)
    return [end - WEEK * back for back in reversed(range(number))]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_of(member: Membership, now: datetime) -> tuple[Week, ...]:
    """One query."""
    cohort, found = member.cohort, mondays(member.cohort, now)
    edges = [
        connection.ops.adapt_datetimefield_value(datetime.combine(day, time.min, cohort.zone))
        for day in [*found, found[-1] + WEEK]
    ]
    between = "COUNT(CASE WHEN deed.at >= %s AND deed.at < %s THEN 1 END)"
    sums = ", ".join([between] * len(found))
    mine = [member.user_id, cohort.course_id]
    values: list[object] = [edge for pair in pairwise(edges) for edge in pair]
    values += [*mine, *mine, *mine, *mine, member.pk, member.user_id, edges[0], cohort.course_id]
    statement = f"SELECT deed.kind, {sums} FROM ({DEEDS}) deed GROUP BY deed.kind"  # noqa: S608
    return together(found, {kind: numbers for kind, *numbers in fetch(statement, values)})


def together(days: Sequence[date], sums: Mapping[str, Sequence[int]]) -> tuple[Week, ...]:
    """Pure: what is not in `sums` was not done."""
    none = [0] * len(days)
    study, reviews = sums.get(STUDY, none), sums.get(REVIEWS, none)
    return tuple(Week(*row) for row in zip(days, study, reviews, strict=True))


def bars(weeks: Sequence[Week], kind: str) -> tuple[Bar, ...]:
    """Pure: as high as the number in relation to the greatest, and seen wherever it is not 0."""
    numbers = [week.study if kind == STUDY else week.reviews for week in weeks]
    most, step = max([*numbers, 1]), WIDTH / max(len(weeks), 8)
    every = -(-len(weeks) // 8)
    found = []
    for place, (week, number) in enumerate(zip(weeks, numbers, strict=True)):
        height = round(max(TALLEST * number / most, 2), 1) if number else 0
        label = (len(weeks) - 1 - place) % every == 0
        x = round(place * step + 4, 1)
        top = round(GROUND - height, 1)
        found.append(Bar(week, number, x, top, round(step - 8, 1), height, label))
    return tuple(found)
