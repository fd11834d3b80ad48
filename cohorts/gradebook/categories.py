"""The categories of a gradebook. Each change is noted in the log."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.gradebook.numbers import plain
from cohorts.log import note
from cohorts.models import Category, Cohort, LogEntry


class CategoryInUseError(Exception):
    """There are items in it still."""


def default_category(cohort: Cohort) -> Category:
    """The first one; "Coursework", of weight 100, is made where there is none."""
    first = cohort.categories.order_by("position", "pk").first()
    if first is not None:
        return first
    return Category.objects.get_or_create(cohort=cohort, name=_("Coursework"))[0]


@transaction.atomic
def add_category(
    *,
    cohort: Cohort,
    name: str,
    weight: Decimal,
    counts: str = Category.Counts.POINTS,
    drop_lowest: int = 0,
    by: User | None,
    now: datetime,
) -> Category:
    category = Category.objects.create(
        cohort=cohort,
        name=name,
        weight=weight,
        counts=counts,
        drop_lowest=drop_lowest,
        position=1 + (cohort.categories.aggregate(last=Max("position"))["last"] or 0),
    )
    note_category(category, by, now, after=facts(category))
    return category


@transaction.atomic
def change_category(
    *, category: Category, by: User | None, now: datetime, **wanted: Any
) -> Category:
    """Sets what is given of name, weight, counts, drop_lowest and position; the same again
    changes nothing."""
    category = Category.objects.select_for_update(of=("self",)).get(pk=category.pk)
    before = facts(category)
    changed = [name for name, value in wanted.items() if getattr(category, name) != value]
    for name in changed:
        setattr(category, name, wanted[name])
    if changed:
        category.save(update_fields=changed)
    if (after := facts(category)) != before:
        note_category(category, by, now, before=before, after=after)
    return category


@transaction.atomic
def remove_category(*, category: Category, by: User | None, now: datetime) -> None:
    """Raises CategoryInUseError while there are items in it."""
    if category.items.exists():
        raise CategoryInUseError
    note_category(category, by, now, before=facts(category))
    category.delete()


def facts(category: Category) -> str:
    """What the log says about it; its place is of no weight."""
    said = _("%(name)s: weight %(weight)s; %(counts)s; lowest left out: %(drop)d")
    return said % {
        "name": category.name,
        "weight": plain(category.weight),
        "counts": Category.Counts(category.counts).label,
        "drop": category.drop_lowest,
    }


def note_category(
    category: Category, by: User | None, now: datetime, before: str = "", after: str = ""
) -> LogEntry:
    return note(
        cohort=category.cohort,
        kind=LogEntry.Kind.GRADES,
        what=_("Category of the gradebook: %s") % category.name,
        by=by,
        now=now,
        before=before,
        after=after,
    )
