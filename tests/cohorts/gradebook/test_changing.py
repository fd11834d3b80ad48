from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from cohorts.gradebook.changing import (
    ChangedMeanwhileError,
    Entry,
    NamesHiddenError,
    OutOfRangeError,
    QuizCountsError,
    change,
    enter_points,
    excuse,
    take_back,
)
from cohorts.gradebook.items import add_item
from cohorts.models import Assignment, Grade, GradeItem, LogEntry, RubricMark
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CategoryFactory,
    ClassOf,
    GradeFactory,
    GradeItemFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.quiz_factories import QuizFactory

TWENTY = Decimal(20)


@pytest.fixture
def item(autumn: ClassOf) -> GradeItem:
    category = CategoryFactory(cohort=autumn.cohort)
    made: GradeItem = GradeItemFactory(category=category, title="Talk", points=TWENTY)
    return made


def who(autumn: ClassOf) -> dict[str, Any]:
    return {"by": autumn.owner.user, "now": NOW}


def log() -> list[tuple[str, str, str, str]]:
    entries = LogEntry.objects.filter(kind="grades").order_by("pk")
    return [(one.what, one.before, one.after, one.reason) for one in entries]


def test_points_are_entered_once(item: GradeItem, autumn: ClassOf) -> None:
    other = MembershipFactory(cohort=autumn.cohort)
    entries = [Entry(autumn.learner, Decimal("12.5"), 0), Entry(other, None, 0)]
    entered = enter_points(item=item, entries=entries, **who(autumn))
    assert (entered.saved, entered.refused) == ([autumn.learner], [])
    again = enter_points(item=item, entries=entries, **who(autumn))
    assert again.saved == []
    grade = Grade.objects.get(membership=autumn.learner)
    assert (grade.score, grade.revision, grade.graded_by) == (
        Decimal("12.50"),
        1,
        autumn.owner.user,
    )
    assert log() == [("Grade for Talk", "", "12.5 points", "")]
    entry = LogEntry.objects.get()
    assert (entry.about, entry.item, entry.actor) == (autumn.learner, item, autumn.owner.user)


def test_what_somebody_else_changed_is_refused(item: GradeItem, autumn: ClassOf) -> None:
    theirs = GradeFactory(item=item, membership=autumn.learner, score=Decimal(5), revision=3)
    other = MembershipFactory(cohort=autumn.cohort)
    entries = [Entry(autumn.learner, Decimal(6), 2), Entry(other, Decimal(7), 0)]
    entered = enter_points(item=item, entries=entries, **who(autumn))
    assert (entered.saved, entered.refused) == ([other], [(autumn.learner, theirs)])
    assert Grade.objects.get(pk=theirs.pk).score == Decimal(5)


def test_points_of_work_are_of_the_newest_hand_in(autumn: ClassOf) -> None:
    work = AssignmentFactory(cohort=autumn.cohort)
    item = add_item(cohort=autumn.cohort, assignment=work, points=TWENTY, by=None, now=NOW)
    newest = SubmissionFactory(assignment=work, membership=autumn.learner, number=2)
    grade = GradeFactory(item=item, membership=autumn.learner, score=Decimal(5))
    criterion = work.criteria.create(title="Clear")
    RubricMark.objects.create(grade=grade, criterion=criterion, points=5)
    entry = Entry(autumn.learner, Decimal(6), 0)
    enter_points(item=item, entries=[entry], **who(autumn))
    grade.refresh_from_db()
    # What the criteria add up to is no longer the grade.
    assert (grade.submission, grade.marks.count()) == (newest, 0)


def test_a_change_an_excuse_and_taking_back(item: GradeItem, autumn: ClassOf) -> None:
    GradeFactory(item=item, membership=autumn.learner, score=Decimal(5))
    whose: dict[str, Any] = {"item": item, "membership": autumn.learner, **who(autumn)}
    for _again in range(2):
        grade = change(points=TWENTY, reason="Question 4", seen=0, **whose)
    assert (grade.override, grade.reason, grade.revision) == (TWENTY, "Question 4", 1)
    grade = excuse(reason="Was ill", seen=1, **whose)
    assert (grade.override, grade.excused, grade.reason) == (None, True, "Was ill")
    grade = take_back(seen=2, **whose)
    assert (grade.override, grade.excused, grade.reason, grade.score) == (
        None,
        False,
        "",
        Decimal(5),
    )
    assert log() == [
        ("Grade for Talk", "5 points", "5 points, changed to 20 points", "Question 4"),
        ("Grade for Talk", "5 points, changed to 20 points", "5 points, excused", "Was ill"),
        ("Grade for Talk", "5 points, excused", "5 points", ""),
    ]


def test_who_saves_over_a_change_is_told(item: GradeItem, autumn: ClassOf) -> None:
    GradeFactory(item=item, membership=autumn.learner, revision=4)
    whose: dict[str, Any] = {"item": item, "membership": autumn.learner, **who(autumn)}
    with pytest.raises(ChangedMeanwhileError) as told:
        change(points=TWENTY, reason="Why", seen=3, **whose)
    assert told.value.grade.revision == 4
    assert Grade.objects.get().override is None
    assert log() == []


@pytest.mark.parametrize("points", [Decimal("-0.01"), Decimal("40.01")])
def test_points_have_bounds(points: Decimal, item: GradeItem, autumn: ClassOf) -> None:
    entry = Entry(autumn.learner, points, 0)
    with pytest.raises(OutOfRangeError):
        enter_points(item=item, entries=[entry], **who(autumn))
    with pytest.raises(OutOfRangeError):
        change(
            item=item, membership=autumn.learner, points=points, reason="x", seen=0, **who(autumn)
        )
    assert not Grade.objects.exists()


def test_a_quiz_has_its_own_points(autumn: ClassOf) -> None:
    quiz = QuizFactory(course=autumn.cohort.course)
    item = add_item(cohort=autumn.cohort, quiz=quiz, points=TWENTY, by=None, now=NOW)
    with pytest.raises(QuizCountsError):
        enter_points(item=item, entries=[Entry(autumn.learner, TWENTY, 0)], **who(autumn))


def test_no_grade_for_a_name_that_is_hidden(autumn: ClassOf) -> None:
    work = AssignmentFactory(cohort=autumn.cohort, anonymous=True)
    item = add_item(cohort=autumn.cohort, assignment=work, points=TWENTY, by=None, now=NOW)
    whose: dict[str, Any] = {"item": item, "membership": autumn.learner, **who(autumn)}
    with pytest.raises(NamesHiddenError):
        change(points=TWENTY, reason="x", seen=0, **whose)
    Assignment.objects.update(anonymous=False)
    item = GradeItem.objects.get(pk=item.pk)
    assert change(**{**whose, "item": item}, points=TWENTY, reason="x", seen=0).override == TWENTY


def test_an_account_that_is_gone_stays_in_the_log(item: GradeItem, autumn: ClassOf) -> None:
    assistant: User = autumn.assistant.user
    excuse(item=item, membership=autumn.learner, reason="Ill", seen=0, by=assistant, now=NOW)
    assistant.delete()
    assert LogEntry.objects.get(kind="grades", item=item).actor is None
