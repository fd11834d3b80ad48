"""Setting work for a class: made, changed, put in order, copied, taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cohorts.gradebook.items import add_item, change_item, remove_item
from cohorts.log import note
from cohorts.models import Assignment, Category, Cohort, Criterion, Grade, GradeItem, LogEntry
from cohorts.schedule.setting import Change, Times, set_dates, times_of
from cohorts.schedule.things import ASSIGNMENT, assignment_of

TITLE = 150


class HandedInError(Exception):
    """Somebody has handed work in for it."""


class GradedError(Exception):
    """Somebody has a grade for it."""


class TakesNothingError(Exception):
    """Neither text nor link nor files could be handed in."""


class OutOfOrderError(Exception):
    """It would be due before it opens."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What it counts in the gradebook; no `points`: it is not in it."""

    points: Decimal | None = None
    category: Category | None = None


@transaction.atomic
def add_assignment(
    *,
    cohort: Cohort,
    fields: Mapping[str, Any],
    worth: Worth,
    times: Times,
    by: User,
    now: datetime,
    sent_as: UUID | None = None,
) -> Assignment:
    """`fields` are those of the model. The new one is the last in the list. Once for each
    `sent_as`."""
    # One at a time for each class, where there is nothing to lock yet.
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    if sent_as and (sent := cohort.assignments.filter(sent_as=sent_as).first()):
        return sent
    last = cohort.assignments.aggregate(last=Max("position"))["last"] or 0
    assignment = Assignment(
        cohort=cohort, position=last + 1, created_at=now, sent_as=sent_as, **fields
    )
    assignment.save(force_insert=True)
    note_work(assignment, _("Assignment made: %s"), by, now, after=state_of(assignment))
    set_worth(assignment, worth, by, now)
    set_times(assignment, times, by, now)
    return assignment


@transaction.atomic
def change_assignment(
    *,
    assignment: Assignment,
    fields: Mapping[str, Any],
    worth: Mapping[str, Any],
    times: Mapping[str, Any],
    by: User,
    now: datetime,
) -> Assignment:
    """Sets `fields`, and what is named of a Worth and of Times; the rest stays as it is now.

    Raises GradedError where points are taken out of the gradebook with grades in it, and
    TakesNothingError, OutOfOrderError where it does not go together with what is there now."""
    # The class first, as everywhere: its dates are changed one at a time.
    Cohort.objects.select_for_update(no_key=True).get(pk=assignment.cohort_id)
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    before = state_of(assignment)
    for name, value in fields.items():
        setattr(assignment, name, value)
    if not (assignment.takes_text or assignment.takes_link or assignment.takes_files):
        raise TakesNothingError
    assignment.save(update_fields=list(fields))
    if (after := state_of(assignment)) != before:
        note_work(assignment, _("Assignment: %s"), by, now, before=before, after=after)
    if worth:
        set_worth(assignment, replace(worth_of(assignment), **worth), by, now)
    if times:
        wanted = replace(times_of(getattr(assignment, "deadline", None)), **times)
        if not wanted.in_order:
            raise OutOfOrderError
        set_times(assignment, wanted, by, now)
    return assignment


def worth_of(assignment: Assignment) -> Worth:
    locked = GradeItem.objects.select_for_update(of=("self",)).select_related("category")
    item = locked.filter(assignment=assignment).first()
    return Worth(item.points, item.category) if item else Worth()


def set_worth(assignment: Assignment, worth: Worth, by: User, now: datetime) -> None:
    item = GradeItem.objects.filter(assignment=assignment).first()
    said: dict[str, Any] = {"points": worth.points, "category": worth.category}
    if item is None:
        if worth.points is not None:
            add_item(cohort=assignment.cohort, assignment=assignment, by=by, now=now, **said)
    elif worth.points is not None:
        change_item(item=item, by=by, now=now, **said)
    elif item.grades.exists():
        raise GradedError
    else:
        remove_item(item=item, by=by, now=now)


def set_times(assignment: Assignment, times: Times, by: User, now: datetime) -> None:
    row = Assignment.objects.filter(pk=assignment.pk).values(*ASSIGNMENT).get()
    thing = assignment_of(row, assignment.cohort)
    before = times_of(getattr(assignment, "deadline", None))
    set_dates(cohort=assignment.cohort, changes=[Change(thing, before, times)], by=by, now=now)


@transaction.atomic
def publish(*, assignment: Assignment, published: bool, by: User, now: datetime) -> None:
    """The same again changes nothing."""
    changed = Assignment.objects.filter(pk=assignment.pk).exclude(published=published)
    before = state_of(assignment)
    if changed.update(published=published):
        assignment.published = published
        after = state_of(assignment)
        note_work(assignment, _("Assignment: %s"), by, now, before=before, after=after)


@transaction.atomic
def move(*, assignment: Assignment, by: int) -> None:
    """`by` places down in the list, or up for less than 0."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=assignment.cohort_id)
    rows = list(cohort.assignments.order_by("position", "pk"))
    at = rows.index(assignment)
    rows.insert(min(max(at + by, 0), len(rows) - 1), rows.pop(at))
    for position, row in enumerate(rows, 1):
        row.position = position
    Assignment.objects.bulk_update(rows, ["position"])


@transaction.atomic
def duplicate(*, assignment: Assignment, by: User, now: datetime) -> Assignment:
    """With its rubric, points and category; without dates, and not published."""
    taken = set(FIELDS) - {"title", "published"}
    fields = {name: getattr(assignment, name) for name in taken}
    item = GradeItem.objects.filter(assignment=assignment).first()
    copy = add_assignment(
        cohort=assignment.cohort,
        fields={**fields, "title": copied(assignment.title)},
        worth=Worth(item.points, item.category) if item else Worth(),
        times=Times(),
        by=by,
        now=now,
    )
    for criterion in assignment.criteria.order_by("position", "pk").prefetch_related("levels"):
        copy_criterion(criterion, copy)
    return copy


def copy_criterion(criterion: Criterion, to: Assignment) -> None:
    levels = list(criterion.levels.all())
    said = {"title": criterion.title, "description": criterion.description}
    new = to.criteria.create(position=criterion.position, **said)
    for level in levels:
        level.pk, level.criterion, level._state.adding = None, new, True
        level.save(force_insert=True)


@transaction.atomic
def delete(*, assignment: Assignment, by: User, now: datetime) -> None:
    """With its rubric, dates and column in the gradebook, and with drafts that nobody has handed
    in. Raises HandedInError, GradedError."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if assignment.submissions.handed_in().exists():
        raise HandedInError
    set_worth(assignment, Worth(), by, now)
    note_work(assignment, _("Assignment deleted: %s"), by, now, before=state_of(assignment))
    assignment.submissions.all().delete()
    assignment.delete()


FIELDS = (
    *("title", "lesson", "instructions", "takes_text", "takes_link", "takes_files", "file_types"),
    *("most_files", "most_megabytes", "resubmission", "anonymous", "published"),
)


def copied(title: str) -> str:
    said = _("%s (copy)")
    return said % title[: TITLE - len(said % "")]


def state_of(assignment: Assignment) -> str:
    """What the log says about it: of its settings those that decide what counts and who sees."""
    said = [_("published") if assignment.published else _("not published")]
    if assignment.anonymous:
        said.append(_("graded without names"))
    if not assignment.resubmission:
        said.append(_("taken once only"))
    return f"{assignment.title}: {', '.join(said)}"


def note_work(
    assignment: Assignment, what: str, by: User, now: datetime, before: str = "", after: str = ""
) -> None:
    note(
        cohort=assignment.cohort,
        kind=LogEntry.Kind.CLASS,
        what=what % assignment.title,
        by=by,
        now=now,
        before=before,
        after=after,
    )


def why_kept(assignment: Assignment) -> str:
    """Why it cannot be deleted, in words; empty where it can."""
    number = assignment.submissions.handed_in().values("membership").distinct().count()
    if number:
        said = ngettext("%d learner has handed it in.", "%d learners have handed it in.", number)
        return said % number
    if Grade.objects.filter(item__assignment=assignment).exists():
        return _("There are grades for it.")
    return ""
