"""What people enter into the gradebook by hand. Each change is noted, and tells its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.gradebook.figures import key_of
from cohorts.gradebook.numbers import plain
from cohorts.log import note
from cohorts.models import Grade, GradeItem, LogEntry, Membership, RubricMark, Submission
from cohorts.overview.kept import forget

# For work above what was asked: so many times the points of its item can be given.
MOST_TIMES = 2


class ChangedMeanwhileError(Exception):
    """Someone has changed the grade since it was looked at: `grade` is what it is now."""

    def __init__(self, grade: Grade) -> None:
        self.grade = grade
        super().__init__("The grade has been changed by someone else.")


class NamesHiddenError(Exception):
    """It is graded without names, and not released: nobody may change the grade of a name."""


class QuizCountsError(Exception):
    """The points of a quiz come from its attempts; they can only be changed with a reason."""


class OutOfRangeError(ValueError):
    """Fewer than no points, or more than MOST_TIMES those of the item."""


class Entry(NamedTuple):
    """Points for one learner, None for none; `seen` is the grade's revision on the page, 0 before
    there was one."""

    member: Membership
    points: Decimal | None
    seen: int


@dataclass(frozen=True, slots=True)
class Entered:
    """Whose points were saved, and who has others from somebody else by now."""

    saved: Sequence[Membership]
    refused: Sequence[tuple[Membership, Grade]]


def most_points(item: GradeItem) -> Decimal:
    return item.points * MOST_TIMES


@transaction.atomic
def enter_points(*, item: GradeItem, entries: Iterable[Entry], by: User, now: datetime) -> Entered:
    """A whole column at once, or one cell of it: saves what differs, and refuses what somebody
    else has changed since. Raises QuizCountsError, NamesHiddenError, OutOfRangeError."""
    if item.quiz_id is not None:
        raise QuizCountsError
    saved: list[Membership] = []
    refused: list[tuple[Membership, Grade]] = []
    for entry in entries:
        check(item, entry.points)
        grade = locked(item, entry.member)
        if grade.score == entry.points:
            continue
        if grade.revision != entry.seen:
            refused.append((entry.member, grade))
            continue
        enter(grade, entry.points, by, now)
        saved.append(entry.member)
    return Entered(saved, refused)


def enter(grade: Grade, points: Decimal | None, by: User, now: datetime) -> None:
    """The criteria of a rubric add up to other points: they go."""
    before = facts(grade)
    grade.score, grade.graded_by, grade.graded_at = points, by, now
    grade.submission = newest(grade)
    if grade.pk:
        grade.marks.all().delete()
    save(grade, ["score", "graded_by", "graded_at", "submission"])
    write_down(grade, before, by, now)


@transaction.atomic
def change(
    *,
    item: GradeItem,
    membership: Membership,
    points: Decimal,
    reason: str,
    by: User,
    now: datetime,
    seen: int,
) -> Grade:
    """Let `points` count whatever was earned and however late, for a `reason` that the learner
    reads. An excuse is taken back by it.

    Saying the same twice changes nothing. Raises ChangedMeanwhileError, NamesHiddenError,
    OutOfRangeError.
    """
    check(item, points)
    wanted = {"override": points, "excused": False, "reason": reason}
    return put(item, membership, wanted, by=by, now=now, seen=seen)


@transaction.atomic
def excuse(
    *, item: GradeItem, membership: Membership, reason: str, by: User, now: datetime, seen: int
) -> Grade:
    """Let the item not count for the learner, for a `reason` that they read. A change of points
    is taken back by it. Raises ChangedMeanwhileError, NamesHiddenError."""
    wanted = {"override": None, "excused": True, "reason": reason}
    return put(item, membership, wanted, by=by, now=now, seen=seen)


@transaction.atomic
def take_back(
    *, item: GradeItem, membership: Membership, by: User, now: datetime, seen: int
) -> Grade:
    """Let count again what was earned. Raises ChangedMeanwhileError, NamesHiddenError."""
    wanted = {"override": None, "excused": False, "reason": ""}
    return put(item, membership, wanted, by=by, now=now, seen=seen)


def put(
    item: GradeItem,
    membership: Membership,
    wanted: dict[str, Any],
    *,
    by: User,
    now: datetime,
    seen: int,
) -> Grade:
    grade = locked(item, membership)
    if all(getattr(grade, name) == value for name, value in wanted.items()):
        return grade
    if grade.revision != seen:
        raise ChangedMeanwhileError(grade)
    before = facts(grade)
    for name, value in wanted.items():
        setattr(grade, name, value)
    save(grade, list(wanted))
    write_down(grade, before, by, now, reason=wanted["reason"])
    return grade


def check(item: GradeItem, points: Decimal | None) -> None:
    if points is not None and not 0 <= points <= most_points(item):
        raise OutOfRangeError


def locked(item: GradeItem, membership: Membership) -> Grade:
    """The learner's grade, held until the transaction ends; an empty one if there was none."""
    if item.assignment is not None and item.assignment.anonymous and item.released_at is None:
        raise NamesHiddenError
    Grade.objects.get_or_create(item=item, membership=membership)
    found = Grade.objects.select_for_update(of=("self",)).get(item=item, membership=membership)
    found.item, found.membership = item, membership
    return found


def by_rubric(item: GradeItem, members: Iterable[int]) -> frozenset[int]:
    """Of `members`, given by their keys, those with marks that other points would take away."""
    if item.assignment_id is None:
        return frozenset()
    marked = RubricMark.objects.filter(grade__item=item, grade__membership__in=members)
    return frozenset(marked.values_list("grade__membership", flat=True))


def newest(grade: Grade) -> Submission | None:
    if grade.item.assignment_id is None:
        return None
    handed_in = Submission.objects.handed_in().filter(
        assignment=grade.item.assignment_id, membership=grade.membership_id
    )
    return handed_in.order_by("number").last()


def save(grade: Grade, fields: list[str]) -> None:
    grade.revision += 1
    grade.save(update_fields=[*fields, "revision"])
    cache.delete(key_of(grade.membership.cohort))
    forget(grade.membership.cohort_id)


def facts(grade: Grade) -> str:
    """What the log says about it."""
    said = []
    if grade.score is not None:
        said.append(_("%s points") % plain(grade.score))
    if grade.override is not None:
        said.append(_("changed to %s points") % plain(grade.override))
    if grade.excused:
        said.append(_("excused"))
    return ", ".join(said)


def write_down(grade: Grade, before: str, by: User, now: datetime, reason: str = "") -> None:
    note(
        cohort=grade.item.cohort,
        kind=LogEntry.Kind.GRADES,
        what=_("Grade for %s") % grade.item,
        by=by,
        now=now,
        about=grade.membership,
        item=grade.item,
        before=before,
        after=facts(grade),
        reason=reason,
    )
