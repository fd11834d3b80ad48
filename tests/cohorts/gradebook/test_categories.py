from decimal import Decimal

import pytest

from cohorts.gradebook.categories import (
    CategoryInUseError,
    add_category,
    change_category,
    remove_category,
)
from cohorts.models import Category, LogEntry
from tests.class_factories import NOW, CategoryFactory, ClassOf, GradeItemFactory

SAID = "By points: an item with more points counts more"


def test_added_changed_and_removed(autumn: ClassOf) -> None:
    by = autumn.owner.user
    made = add_category(cohort=autumn.cohort, name="Quizzes", weight=Decimal(40), by=by, now=NOW)
    other = add_category(cohort=autumn.cohort, name="Work", weight=Decimal(60), by=by, now=NOW)
    assert (made.position, other.position) == (1, 2)
    for _again in range(2):
        change_category(
            category=made, weight=Decimal(50), drop_lowest=1, counts="equal", by=by, now=NOW
        )
    made.refresh_from_db()
    assert (made.weight, made.drop_lowest, made.counts) == (Decimal(50), 1, "equal")
    remove_category(category=made, by=by, now=NOW)
    assert list(Category.objects.all()) == [other]
    after = "Quizzes: weight 50; All items alike; lowest left out: 1"
    noted = [(one.before, one.after) for one in LogEntry.objects.order_by("pk")]
    assert noted == [
        ("", f"Quizzes: weight 40; {SAID}; lowest left out: 0"),
        ("", f"Work: weight 60; {SAID}; lowest left out: 0"),
        (f"Quizzes: weight 40; {SAID}; lowest left out: 0", after),
        (after, ""),
    ]


def test_one_with_items_stays(autumn: ClassOf) -> None:
    category = CategoryFactory(cohort=autumn.cohort)
    GradeItemFactory(category=category)
    with pytest.raises(CategoryInUseError):
        remove_category(category=category, by=None, now=NOW)
    assert Category.objects.get() == category
    assert not LogEntry.objects.exists()
