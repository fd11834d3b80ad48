from decimal import Decimal

import pytest

from cohorts.gradebook.items import (
    ForeignCategoryError,
    add_item,
    change_item,
    default_category,
    remove_item,
)
from cohorts.models import Category, GradeItem, LogEntry
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CategoryFactory,
    ClassOf,
    GradeFactory,
    GradeItemFactory,
)
from tests.quiz_factories import QuizFactory


def log(autumn: ClassOf) -> list[tuple[str, str, str]]:
    entries = LogEntry.objects.filter(cohort=autumn.cohort).order_by("pk")
    assert {entry.kind for entry in entries} <= {LogEntry.Kind.GRADES}
    return [(entry.what, entry.before, entry.after) for entry in entries]


def test_the_first_item_makes_a_category(autumn: ClassOf) -> None:
    item = add_item(
        cohort=autumn.cohort, title="Talk", points=Decimal(20), by=autumn.owner.user, now=NOW
    )
    assert (item.category.name, item.category.weight) == ("Coursework", Decimal(100))
    assert (item.position, item.points, item.released_at) == (1, Decimal(20), None)
    assert default_category(autumn.cohort) == item.category
    assert log(autumn) == [("Added to the gradebook: Talk", "", "Talk: 20 points, in Coursework")]
    assert LogEntry.objects.get().item == item


def test_a_quiz_is_released_at_once_an_assignment_is_not(autumn: ClassOf) -> None:
    category = CategoryFactory(cohort=autumn.cohort)
    quiz = QuizFactory(course=autumn.cohort.course)
    assignment = AssignmentFactory(cohort=autumn.cohort)
    points = {"points": Decimal(10), "by": None, "now": NOW}
    first = add_item(cohort=autumn.cohort, quiz=quiz, category=category, **points)
    second = add_item(cohort=autumn.cohort, assignment=assignment, category=category, **points)
    assert (first.released_at, second.released_at) == (NOW, None)
    assert (first.position, second.position) == (1, 2)


def test_no_category_of_another_class(autumn: ClassOf) -> None:
    theirs = CategoryFactory(cohort=autumn.other)
    with pytest.raises(ForeignCategoryError):
        add_item(
            cohort=autumn.cohort, title="X", points=Decimal(1), category=theirs, by=None, now=NOW
        )
    item = GradeItemFactory(category=CategoryFactory(cohort=autumn.cohort))
    with pytest.raises(ForeignCategoryError):
        change_item(item=item, category=theirs, by=None, now=NOW)
    assert GradeItem.objects.get().category != theirs


def test_a_change_is_noted_once(autumn: ClassOf) -> None:
    category = CategoryFactory(cohort=autumn.cohort, name="Work")
    item = GradeItemFactory(category=category, title="Talk")
    for _again in range(2):
        item = change_item(
            item=item, title="The talk", points=Decimal("12.5"), by=autumn.owner.user, now=NOW
        )
    assert (item.title, item.points) == ("The talk", Decimal("12.50"))
    before, after = "Talk: 100 points, in Work", "The talk: 12.5 points, in Work"
    assert log(autumn) == [("Gradebook item: The talk", before, after)]
    change_item(item=item, position=7, by=None, now=NOW)
    assert GradeItem.objects.get().position == 7
    assert len(log(autumn)) == 1


def test_taking_an_item_out_takes_its_grades(autumn: ClassOf) -> None:
    item = GradeItemFactory(category=CategoryFactory(cohort=autumn.cohort, name="W"), title="Talk")
    GradeFactory(item=item, membership=autumn.learner)
    assert remove_item(item=item, by=autumn.owner.user, now=NOW) == 1
    assert not GradeItem.objects.exists()
    assert log(autumn) == [
        ("Taken out of the gradebook: Talk", "Talk: 100 points, in W · grades: 1", "")
    ]


def test_the_first_category_is_the_default(autumn: ClassOf) -> None:
    CategoryFactory(cohort=autumn.cohort, name="Second", position=2)
    CategoryFactory(cohort=autumn.cohort, name="First", position=1)
    assert default_category(autumn.cohort).name == "First"
    assert Category.objects.count() == 2
