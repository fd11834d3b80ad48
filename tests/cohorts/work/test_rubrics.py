from decimal import Decimal

import pytest

from cohorts.models import Assignment, Criterion, Grade, Level, LogEntry, RubricMark
from cohorts.work.rubric_typing import Rows, TypedLevel, TypedRow, checked
from cohorts.work.rubrics import is_graded_by, save_rubric, typed_rubric
from tests.class_factories import NOW, AssignmentFactory, ClassOf, GradeItemFactory
from tests.cohorts.work.adding_up import best_of

CLEAR = TypedRow(
    title="Clear", levels=(TypedLevel(title="Yes", points="4"), TypedLevel(title="No", points="0"))
)
RIGHT = TypedRow(title="Right", description="As in the lesson", levels=(CLEAR.levels[0],))


def save(autumn: ClassOf, assignment: Assignment, *rows: TypedRow) -> Rows:
    kept, fine = checked(rows)
    assert fine
    save_rubric(assignment=assignment, rows=kept, by=autumn.teacher.user, now=NOW)
    return typed_rubric(assignment)


def test_saved_changed_and_moved(autumn: ClassOf, assignment: Assignment) -> None:
    clear, right = save(autumn, assignment, CLEAR, RIGHT)
    assert (clear.title, [one.points for one in clear.levels]) == ("Clear", ["4", "0"])
    assert best_of(assignment) == Decimal(8)
    better = TypedLevel(title="Half", points="2,5")
    levels = (better, clear.levels[0])
    again = save(autumn, assignment, right, TypedRow(clear.key, "Clearer", levels=levels))
    assert [(row.key, row.title) for row in again] == [
        (right.key, "Right"),
        (clear.key, "Clearer"),
    ]
    assert [(one.title, one.points) for one in again[1].levels] == [("Half", "2.5"), ("Yes", "4")]
    assert again[1].levels[1].key == clear.levels[0].key
    assert Level._base_manager.count() == 3
    entry = LogEntry.objects.first()
    assert entry is not None
    assert (entry.before, entry.after) == (
        "2 criteria. Clear: 4 / 0; Right: 4",
        "2 criteria. Right: 4; Clearer: 2.5 / 4",
    )
    save(autumn, assignment, *again)
    assert LogEntry.objects.count() == 2
    assert save(autumn, assignment) == ()
    assert not Criterion._base_manager.exists()


def test_what_somebody_was_graded_by_stays(autumn: ClassOf, assignment: Assignment) -> None:
    clear, right = save(autumn, assignment, CLEAR, RIGHT)
    item = GradeItemFactory(category__cohort=autumn.cohort, assignment=assignment)
    grade = Grade.objects.create(item=item, membership=autumn.learner, score=4)
    for row, level in ((clear, clear.levels[0]), (right, right.levels[0])):
        said = {"criterion_id": int(row.key), "level_id": int(level.key), "points": 4}
        RubricMark.objects.create(grade=grade, **said)
    assert is_graded_by(assignment)
    save(autumn, assignment, TypedRow(clear.key, "Clear", levels=(clear.levels[1],)))
    assert [row.title for row in typed_rubric(assignment)] == ["Clear"]
    assert [one.title for one in typed_rubric(assignment)[0].levels] == ["No"]
    assert best_of(assignment) == 0
    marks = grade.marks.order_by("pk").values_list("criterion__title", "level__title", "points")
    assert list(marks) == [("Clear", "Yes", Decimal(4)), ("Right", "Yes", Decimal(4))]
    assert [str(mark.level) for mark in grade.marks.order_by("pk")] == ["Yes", "Yes"]


def test_keys_of_another_rubric_are_new_rows(autumn: ClassOf, assignment: Assignment) -> None:
    other = AssignmentFactory(cohort=autumn.other)
    theirs = save(autumn, other, CLEAR)
    assert save(autumn, assignment, *theirs)[0].key != theirs[0].key
    assert typed_rubric(other) == theirs


@pytest.mark.parametrize("key", ["9" * 18, "x"])
def test_keys_of_nothing(autumn: ClassOf, assignment: Assignment, key: str) -> None:
    row = TypedRow(key, "Clear", levels=(TypedLevel(key, "Yes", points="1"),))
    assert len(save(autumn, assignment, row)) == 1
