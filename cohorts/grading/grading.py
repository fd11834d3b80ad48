"""What a hand-in is worth: said by a person, told to who said something else meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.gradebook.figures import key_of
from cohorts.gradebook.numbers import plain
from cohorts.grading.anonymous import hides_names, label_of
from cohorts.log import note
from cohorts.models import (
    Assignment,
    Criterion,
    Grade,
    GradeItem,
    Level,
    LogEntry,
    RubricMark,
    Submission,
)
from cohorts.overview.kept import forget
from cohorts.work.rubric_typing import digest_of
from cohorts.work.rubrics import typed_rubric

# For work above what was asked: so many times the points of its item can be given.
MOST_TIMES = 2


class NothingToGradeError(Exception):
    """The assignment counts for no points."""


class OutOfRangeError(Exception):
    """Fewer than no points, or more than MOST_TIMES those of the item."""


class HandedInAgainError(Exception):
    """There is a newer hand-in, and it is the one that counts."""

    def __init__(self, newer: Submission) -> None:
        self.newer = newer
        super().__init__("The work has been handed in again.")


class GradedMeanwhileError(Exception):
    """Someone has changed the grade since it was looked at: `grade` is what they said."""

    def __init__(self, grade: Grade) -> None:
        self.grade = grade
        super().__init__("The grade has been changed by someone else.")


class RubricChangedError(Exception):
    """The rubric is another one than on the page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How one criterion was met."""

    criterion: Criterion
    level: Level
    comment: str = ""


def most_points(item: GradeItem) -> Decimal:
    return item.points * MOST_TIMES


def item_of(submission: Submission) -> GradeItem | None:
    """What the hand-in counts for; None where its assignment has no points."""
    found = GradeItem.objects.select_related("assignment")
    return found.filter(assignment=submission.assignment_id).first()


def newer_than(submission: Submission) -> Submission | None:
    """The newest hand-in of the same work, where that is another one."""
    own = Submission.objects.handed_in().filter(
        assignment=submission.assignment_id, membership=submission.membership_id
    )
    return own.filter(number__gt=submission.number).order_by("number").last()


@transaction.atomic
def grade_submission(
    *,
    submission: Submission,
    points: Decimal | None = None,
    marks: Sequence[Mark] = (),
    feedback: str,
    by: User,
    now: datetime,
    seen_revision: int,
    seen_rubric: str | None = None,
) -> Grade:
    """Give the newest hand-in of a learner `points`, or the sum of its `marks`, and feedback.

    `seen_revision` is the grade's revision when `by` looked at it, 0 before there was one: who
    changes it meanwhile is not overruled unseen. `seen_rubric` is the digest of the rubric that
    the points of `marks` come from. Saying the same twice changes nothing. Raises
    NothingToGradeError, OutOfRangeError, HandedInAgainError, GradedMeanwhileError,
    RubricChangedError.
    """
    item = item_of(submission)
    if item is None:
        raise NothingToGradeError
    score = sum((mark.level.points for mark in marks), Decimal(0)) if marks else points
    if score is None or not 0 <= score <= most_points(item):
        raise OutOfRangeError
    if seen_rubric is not None:
        hold_rubric(submission, seen_rubric)
    grade = locked(item, submission)
    if says_already(grade, submission, score, marks, feedback):
        return grade
    if grade.revision != seen_revision:
        raise GradedMeanwhileError(grade)
    if newer := newer_than(submission):
        raise HandedInAgainError(newer)
    before, grade.score, grade.feedback = grade.score, score, feedback
    grade.submission, grade.graded_by, grade.graded_at = submission, by, now
    write(grade, marks)
    if before != score:
        write_down(grade, item, before, by, now)
    cache.delete(key_of(item.cohort))
    forget(item.cohort_id)
    return grade


def hold_rubric(submission: Submission, seen: str) -> None:
    """Nobody changes it until the transaction ends. Raises RubricChangedError."""
    held = Assignment.objects.select_for_update(of=("self",), no_key=True)
    if digest_of(typed_rubric(held.get(pk=submission.assignment_id))) != seen:
        raise RubricChangedError


def locked(item: GradeItem, submission: Submission) -> Grade:
    """The learner's grade, held until the transaction ends; an empty one if there was none."""
    of: dict[str, Any] = {"item": item, "membership": submission.membership}
    Grade.objects.get_or_create(**of)
    return Grade.objects.select_for_update(of=("self",)).select_related("graded_by").get(**of)


def says_already(
    grade: Grade, submission: Submission, score: Decimal, marks: Sequence[Mark], feedback: str
) -> bool:
    said = (grade.submission_id, grade.score, grade.feedback)
    if said != (submission.pk, score, feedback):
        return False
    kept = grade.marks.values_list("criterion", "level", "comment")
    return set(kept) == {(one.criterion.pk, one.level.pk, one.comment) for one in marks}


def write(grade: Grade, marks: Sequence[Mark]) -> None:
    grade.revision += 1
    grade.save(
        update_fields=["score", "feedback", "submission", "graded_by", "graded_at", "revision"]
    )
    grade.marks.all().delete()
    RubricMark.objects.bulk_create(
        RubricMark(
            grade=grade,
            criterion=mark.criterion,
            level=mark.level,
            points=mark.level.points,
            comment=mark.comment,
        )
        for mark in marks
    )


def write_down(
    grade: Grade, item: GradeItem, before: Decimal | None, by: User, now: datetime
) -> None:
    """In the log of the class; whose grade it is only where graders know it, too."""
    what, hidden = _("Grade for %s") % item, hides_names(item)
    if hidden and grade.submission:
        what = f"{what}: {label_of(grade.submission)}"
    note(
        cohort=item.cohort,
        kind=LogEntry.Kind.GRADES,
        what=what,
        by=by,
        now=now,
        about=None if hidden else grade.membership,
        item=item,
        before=said_of(before, item.points),
        after=said_of(grade.score, item.points),
    )


def said_of(score: Decimal | None, points: Decimal) -> str:
    """`80 of 100`; nothing of no score."""
    if score is None:
        return ""
    return _("%(score)s of %(points)s") % {"score": plain(score), "points": plain(points)}
