"""What the gradebook consists of: its items. Each change is noted in the log."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.gradebook.categories import default_category
from cohorts.gradebook.numbers import plain
from cohorts.log import note
from cohorts.models import Assignment, Category, Cohort, Grade, GradeItem, LogEntry
from quizzes.models import Quiz

__all__ = ["add_item", "change_item", "default_category", "remove_item"]

CENT = Decimal("0.01")


class ForeignCategoryError(ValueError):
    """An item and its category have to be of one class."""


class AlreadyThereError(ValueError):
    """The quiz is in the gradebook: somebody was faster."""


@transaction.atomic
def add_item(
    *,
    cohort: Cohort,
    quiz: Quiz | None = None,
    assignment: Assignment | None = None,
    title: str = "",
    points: Decimal,
    category: Category | None = None,
    by: User | None,
    now: datetime,
) -> GradeItem:
    """A new last column. A quiz's is released at once, as the quiz says itself when it tells
    results; any other when somebody releases it.

    `points` is what can be had, over 0, in hundredths at the finest. Without `category` it comes
    into the class's first one, which is made where there is none. Raises ForeignCategoryError,
    AlreadyThereError.
    """
    if quiz is not None:
        # One at a time for each class, where there is nothing to lock yet.
        Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        if GradeItem.objects.filter(cohort=cohort, quiz=quiz).exists():
            raise AlreadyThereError
    category = of_class(cohort, category or default_category(cohort))
    item = GradeItem.objects.create(
        cohort=cohort,
        category=category,
        quiz=quiz,
        assignment=assignment,
        title=title,
        points=points.quantize(CENT),
        position=1 + (category.items.aggregate(last=Max("position"))["last"] or 0),
        released_at=now if quiz else None,
    )
    note_item(item, _("Added to the gradebook: %s"), by, now, after=facts(item))
    return item


@transaction.atomic
def change_item(
    *,
    item: GradeItem,
    title: str | None = None,
    points: Decimal | None = None,
    category: Category | None = None,
    position: int | None = None,
    by: User | None,
    now: datetime,
) -> GradeItem:
    """Sets what is given; the same again changes nothing. Raises ForeignCategoryError."""
    item = GradeItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    before = facts(item)
    wanted: dict[str, Any] = {
        "title": title,
        "points": None if points is None else points.quantize(CENT),
        "category": category and of_class(item.cohort, category),
        "position": position,
    }
    changed = [
        name for name, value in wanted.items() if value is not None and getattr(item, name) != value
    ]
    for name in changed:
        setattr(item, name, wanted[name])
    if changed:
        item.save(update_fields=changed)
    if (after := facts(item)) != before:
        note_item(item, _("Gradebook item: %s"), by, now, before=before, after=after)
    return item


@transaction.atomic
def remove_item(*, item: GradeItem, by: User | None, now: datetime) -> int:
    """Takes the column out, with what was entered into it; gives how many grades that were."""
    grades = Grade.objects.filter(item=item).count()
    what = _("Taken out of the gradebook: %s") % item
    before = f"{facts(item)} · {_('grades: %d') % grades}"
    kind = LogEntry.Kind.GRADES
    note(cohort=item.cohort, kind=kind, what=what, by=by, now=now, before=before)
    item.delete()
    return grades


def of_class(cohort: Cohort, category: Category) -> Category:
    if category.cohort_id != cohort.pk:
        raise ForeignCategoryError
    return category


def facts(item: GradeItem) -> str:
    """What the log says about it; its place is of no weight."""
    said = _("%(title)s: %(points)s points, in %(category)s")
    return said % {
        "title": item,
        "points": plain(item.points),
        "category": item.category.name,
    }


def note_item(
    item: GradeItem, what: str, by: User | None, now: datetime, before: str = "", after: str = ""
) -> LogEntry:
    return note(
        cohort=item.cohort,
        kind=LogEntry.Kind.GRADES,
        what=what % item,
        by=by,
        now=now,
        before=before,
        after=after,
        item=item,
    )
