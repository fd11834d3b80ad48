"""Keeping a rubric. What somebody was graded by stays with their grade."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cohorts.gradebook.numbers import plain
from cohorts.log import note
from cohorts.models import Assignment, Criterion, Level, LogEntry, RubricMark
from cohorts.work.rubric_typing import Rows, TypedLevel, TypedRow, digest_of, says_the_same


class ChangedMeanwhileError(Exception):
    """Someone has changed the rubric since it was looked at."""


def rubric_of(assignment: Assignment) -> QuerySet[Criterion]:
    """Criteria with their levels. Two queries."""
    return assignment.criteria.order_by("position", "pk").prefetch_related("levels")


def typed_rubric(assignment: Assignment) -> Rows:
    return typed(rubric_of(assignment))


def typed(criteria: Iterable[Criterion]) -> Rows:
    """`criteria` come with their levels."""
    return tuple(
        TypedRow(
            str(row.pk),
            row.title,
            row.description,
            tuple(
                TypedLevel(str(one.pk), one.title, one.description, plain(one.points))
                for one in row.levels.all()
            ),
        )
        for row in criteria
    )


def is_graded_by(assignment: Assignment) -> bool:
    return RubricMark.objects.filter(criterion__assignment=assignment).exists()


@transaction.atomic
def save_rubric(
    *, assignment: Assignment, rows: Rows, by: User, now: datetime, seen: str | None = None
) -> None:
    """`rows` are checked. Those with a key of this rubric's are changed in place, the rest are
    new; what is not among them goes, or is kept out of sight where somebody was graded by it.

    `seen` is the `digest_of` the rubric when `by` looked at it: who changes it meanwhile is not
    overruled unseen. Saying the same twice changes nothing. Raises ChangedMeanwhileError.
    """
    Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    stored = typed_rubric(assignment)
    if says_the_same(rows, stored):
        return
    if seen is not None and seen != digest_of(stored):
        raise ChangedMeanwhileError
    before = in_words(assignment)
    known = {str(one.pk): one for one in rubric_of(assignment)}
    kept = [save_row(assignment, row, known, at) for at, row in enumerate(rows, 1)]
    for criterion in known.values():
        if criterion.pk not in kept:
            drop(criterion, criterion.marks.exists())
    if (after := in_words(assignment)) != before:
        note(
            cohort=assignment.cohort,
            kind=LogEntry.Kind.GRADES,
            what=_("Rubric of %s") % assignment.title,
            by=by,
            now=now,
            before=before,
            after=after,
        )


def save_row(
    assignment: Assignment, row: TypedRow, known: dict[str, Criterion], position: int
) -> int:
    criterion = known.get(row.key) or Criterion(assignment=assignment)
    criterion.title, criterion.description = row.title, row.description
    criterion.position = position
    levels = {str(one.pk): one for one in criterion.levels.all()} if criterion.pk else {}
    criterion.save()
    kept = [save_level(criterion, one, levels, at) for at, one in enumerate(row.levels, 1)]
    for level in levels.values():
        if level.pk not in kept:
            drop(level, level.marks.exists())
    return criterion.pk


def save_level(
    criterion: Criterion, typed: TypedLevel, known: dict[str, Level], position: int
) -> int:
    level = known.get(typed.key) or Level(criterion=criterion)
    level.title, level.description, level.position = typed.title, typed.description, position
    level.points = typed.worth or Decimal(0)
    level.save()
    return level.pk


def drop(one: Criterion | Level, used: bool) -> None:
    if used:
        one.dropped = True
        one.save(update_fields=["dropped"])
    else:
        one.delete()


def in_words(assignment: Assignment) -> str:
    """What the log says about it."""
    rows: Iterable[Criterion] = rubric_of(assignment).all()
    said = [
        f"{row.title}: " + " / ".join(plain(one.points) for one in row.levels.all()) for row in rows
    ]
    number = ngettext("%d criterion", "%d criteria", len(said)) % len(said)
    return f"{number}. {'; '.join(said)}" if said else _("no rubric")
