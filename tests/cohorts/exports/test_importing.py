"""Grades from another system: the report, and what it writes."""

from decimal import Decimal

import pytest

from cohorts.exports.importing import (
    ChangedError,
    Outcome,
    grades_in,
    keep,
    plan_of,
    write,
)
from cohorts.exports.oneroster_grades import Grades, Item, Score
from cohorts.models import Grade, GradeItem, LogEntry, Membership, PendingImport
from cohorts.people.rows import ListError
from tests.class_factories import NOW, ClassOf, GradeItemFactory
from tests.cohorts.exports.book import with_grades
from tests.quiz_factories import quiz_with
from tests.quizzes.sql import queries

HUNDRED = Decimal(100)


def grades(*scores: tuple[str, str, str, str], items: dict[str, str] | None = None) -> Grades:
    """(item, student, address, points); `items` by key."""
    known = items or {"x": "Essay"}
    return Grades(
        tuple(Item(key, title, HUNDRED) for key, title in known.items()),
        tuple(
            Score(line, item, student, email, Decimal(points))
            for line, (item, student, email, points) in enumerate(scores, 2)
        ),
        (),
        0,
    )


def sent(autumn: ClassOf, found: Grades) -> PendingImport:
    return keep(by=autumn.owner, grades=found, file_name="term.zip", now=NOW)


def wrote(autumn: ClassOf, found: Grades) -> int:
    pending = sent(autumn, found)
    plan = plan_of(autumn.cohort, grades_in(pending), NOW)
    return write(pending=pending, expected=plan.digest, by=autumn.owner.user, now=NOW)


def zoe() -> Membership:
    return Membership.objects.get(user__email="zoe@example.org")


def test_what_is_kept_is_what_was_read(autumn: ClassOf) -> None:
    found = grades(("x", "S1", "", "12.50"))
    assert grades_in(sent(autumn, found)) == found


def test_matching(autumn: ClassOf) -> None:
    """By our key, the student number, the address; of items by our key, or the title."""
    with_grades(autumn)
    essay = GradeItem.objects.get(title="Essay")
    found = grades(
        (f"item-{essay.pk}", "S1", "", "80"),
        ("x", "who", "zoe@example.org", "70"),
        ("new", f"user-{autumn.learner.user_id}", "", "5"),
        items={f"item-{essay.pk}": "Other name", "x": "Essay", "new": "Attendance"},
    )
    plan = plan_of(autumn.cohort, found, NOW)
    assert [(one.item, one.member, one.before, one.outcome) for one in plan.steps] == [
        (essay, autumn.learner, Decimal("80.00"), Outcome.SAME),
        (essay, zoe(), None, Outcome.NEW),
        (None, autumn.learner, None, Outcome.NEW),
    ]
    assert [one.title for one in plan.new_items] == ["Attendance"]


def test_points_are_written_and_noted(autumn: ClassOf) -> None:
    with_grades(autumn)
    assert wrote(autumn, grades(("x", "S1", "", "90"), ("x", "", "zoe@example.org", "70"))) == 2
    scores = Grade.objects.filter(item__title="Essay").order_by("score")
    assert [grade.score for grade in scores] == [70, 90]
    entry = LogEntry.objects.get(about=autumn.learner, kind=LogEntry.Kind.GRADES)
    assert (entry.before, entry.after, entry.actor) == (
        "80 points",
        "90 points",
        autumn.owner.user,
    )


def test_a_new_item_is_a_column_that_is_not_released(autumn: ClassOf) -> None:
    with_grades(autumn)
    wrote(autumn, grades(("n", "S1", "", "5"), items={"n": "Attendance"}))
    item = GradeItem.objects.get(title="Attendance")
    assert (item.points, item.released_at, item.category.name) == (100, None, "Work")
    assert item.grades.get().score == 5


def test_other_points_for_a_quiz_are_a_change_by_hand(autumn: ClassOf) -> None:
    category = with_grades(autumn)
    quiz = quiz_with(2, slug="quiz")
    item = GradeItemFactory(category=category, quiz=quiz, title="", points=HUNDRED)
    wrote(autumn, grades((f"item-{item.pk}", "S1", "", "55"), items={f"item-{item.pk}": "Q"}))
    grade = Grade.objects.get(item=item)
    said = "From another system: term.zip"
    assert (grade.score, grade.override, grade.reason) == (None, 55, said)


def test_twice_is_once(autumn: ClassOf) -> None:
    with_grades(autumn)
    pending = sent(autumn, grades(("x", "S1", "", "90")))
    digest = plan_of(autumn.cohort, grades_in(pending), NOW).digest
    said = {"pending": pending, "expected": digest, "by": autumn.owner.user, "now": NOW}
    assert (write(**said), write(**said)) == (1, 1)
    assert LogEntry.objects.filter(about=autumn.learner).count() == 1
    assert PendingImport.objects.get().data == {"done": 1}


def test_somebody_was_faster(autumn: ClassOf) -> None:
    with_grades(autumn)
    pending = sent(autumn, grades(("x", "S1", "", "90"), ("x", "", "zoe@example.org", "1")))
    digest = plan_of(autumn.cohort, grades_in(pending), NOW).digest
    Grade.objects.filter(item__title="Essay").update(score=85, revision=5)
    with pytest.raises(ChangedError):
        write(pending=pending, expected=digest, by=autumn.owner.user, now=NOW)
    assert [grade.score for grade in Grade.objects.filter(item__title="Essay")] == [85]


@pytest.mark.parametrize(
    ("student", "points", "reason"),
    [
        ("nobody", "5", "No learner of this class has this key, number or address."),
        ("S1", "201", "More than twice the points that can be had."),
    ],
)
def test_what_is_refused(autumn: ClassOf, student: str, points: str, reason: str) -> None:
    with_grades(autumn)
    plan = plan_of(autumn.cohort, grades(("x", student, "", points)), NOW)
    assert [(one.line, one.reason) for one in plan.refused] == [(2, reason)]
    assert plan.steps == ()


def test_learners_of_another_class_are_nobody(autumn: ClassOf) -> None:
    with_grades(autumn)
    key = f"user-{autumn.other_teacher.user_id}"
    assert plan_of(autumn.cohort, grades(("x", key, "", "5")), NOW).steps == ()


def test_what_is_graded_without_names_is_not_written(autumn: ClassOf) -> None:
    category = with_grades(autumn)
    assignment = autumn.cohort.assignments.create(title="Blind", anonymous=True, created_at=NOW)
    GradeItemFactory(category=category, assignment=assignment, title="", released_at=None)
    plan = plan_of(autumn.cohort, grades(("b", "S1", "", "5"), items={"b": "Blind"}), NOW)
    assert [one.reason for one in plan.refused] == [
        "It is graded without names, and not released yet."
    ]


def test_too_many_at_once(autumn: ClassOf) -> None:
    many = grades(*[("x", f"s{n}", "", "1") for n in range(5001)])
    with pytest.raises(ListError, match="Send at most 5000 at once"):
        sent(autumn, many)
    assert not PendingImport.objects.exists()


@pytest.mark.parametrize("people", [1, 30])
def test_queries_of_a_report(autumn: ClassOf, people: int) -> None:
    with_grades(autumn)
    found = grades(*[("x", "S1", "", "1")] * people)
    with queries(5):
        plan_of(autumn.cohort, found, NOW)
