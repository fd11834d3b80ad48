"""A class once more, for a new term: what it consists of, and nobody in it but who copies it.

In a number of statements that does not grow with the class.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from random import Random
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.classes import CLASS, new_cohort
from cohorts.gradebook.items import default_category
from cohorts.log import note
from cohorts.models import (
    Assignment,
    Category,
    Cohort,
    Criterion,
    Deadline,
    GradeItem,
    Group,
    Level,
)
from cohorts.shifting import shifted_day, shifted_span

# What a class says of itself, and how it counts.
SETTINGS: Final = (
    *("course", "description", "time_zone", "self_join"),
    *("late_percent", "late_floor", "late_cutoff"),
    *("missing_as_zero", "earlier_work", "pass_mark", "digits"),
    *("idle_days", "lessons_behind", "failed_attempts"),
)
Row = TypeVar("Row", bound=models.Model)
# The copies, by the keys of what they are copies of.
Copies = Mapping[int, Row]


@transaction.atomic
def copy_cohort(
    *,
    cohort: Cohort,
    name: str,
    term: str,
    starts_on: date | None,
    by: User,
    now: datetime,
    rng: Random,
) -> Cohort:
    """All dates move by as many days as the first one, at the same local time.

    Taken along: description, settings, groups, assignments with rubrics, the categories and items
    of the gradebook, and dates. Not: people, extensions, work, grades, talk.
    """
    days = days_between(first_day(cohort), starts_on)
    fields = {field: getattr(cohort, field) for field in SETTINGS}
    fields |= {"name": name, "term": term, "starts_on": starts_on, "copied_from": cohort}
    fields |= {"ends_on": shifted_day(cohort.ends_on, days)}
    new = new_cohort(by=by, now=now, rng=rng, **fields)
    copy_rows(Group.objects.filter(cohort=cohort), lambda group: {"cohort": new})
    given = Assignment.objects.filter(cohort=cohort)
    assignments = copy_rows(given, lambda one: {"cohort": new, "created_at": now})
    copy_rubrics(assignments)
    copy_gradebook(cohort, new, assignments, now)
    copy_deadlines(cohort, new, assignments, days)
    what = _("Made the class as a copy")
    note(cohort=new, kind=CLASS, what=what, by=by, now=now, before=cohort.name, after=name)
    return new


def first_day(cohort: Cohort) -> date | None:
    """Its own, or else that of its first date, in its zone."""
    if cohort.starts_on:
        return cohort.starts_on
    dates = Deadline.objects.filter(cohort=cohort)
    firsts = dates.aggregate(opens=Min("opens_at"), due=Min("due_at"))
    found = [moment.astimezone(cohort.zone).date() for moment in firsts.values() if moment]
    return min(found, default=None)


def days_between(old: date | None, new: date | None) -> int:
    return (new - old).days if old and new else 0


def copy_rows(
    rows: models.QuerySet[Row], changes: Callable[[Row], Mapping[str, Any]]
) -> Copies[Row]:
    """Each of `rows` once more, with what `changes` says is new. Two queries."""
    copies = {}
    for row in rows:
        key = row.pk
        for name, value in {"pk": None, **changes(row)}.items():
            setattr(row, name, value)
        row._state.adding = True
        copies[key] = row
    rows.model._default_manager.bulk_create(copies.values())
    return copies


def copy_rubrics(assignments: Copies[Assignment]) -> None:
    rows = Criterion.objects.filter(assignment__in=list(assignments))
    criteria = copy_rows(rows, lambda row: {"assignment": assignments[row.assignment_id]})
    levels = Level.objects.filter(criterion__in=list(criteria))
    copy_rows(levels, lambda row: {"criterion": criteria[row.criterion_id]})


def copy_gradebook(
    cohort: Cohort, new: Cohort, assignments: Copies[Assignment], now: datetime
) -> None:
    """Nothing in it is released, but quizzes: those tell results by rules of their own."""
    rows = Category.objects.filter(cohort=cohort)
    categories = copy_rows(rows, lambda row: {"cohort": new})
    if not categories:
        default_category(new)

    def changes(item: GradeItem) -> Mapping[str, Any]:
        return {
            "cohort": new,
            "category": categories[item.category_id],
            "assignment": assignments.get(item.assignment_id or 0),
            "released_at": now if item.quiz_id else None,
        }

    copy_rows(GradeItem.objects.filter(cohort=cohort), changes)


def copy_deadlines(cohort: Cohort, new: Cohort, assignments: Copies[Assignment], days: int) -> None:
    def changes(deadline: Deadline) -> Mapping[str, Any]:
        opens, due = shifted_span(deadline.opens_at, deadline.due_at, days, cohort.zone)
        assignment = assignments.get(deadline.assignment_id or 0)
        return {"cohort": new, "assignment": assignment, "opens_at": opens, "due_at": due}

    copy_rows(Deadline.objects.filter(cohort=cohort), changes)
