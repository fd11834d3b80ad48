from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cohorts.grading.anonymous import label_of
from cohorts.grading.grading import (
    GradedMeanwhileError,
    HandedInAgainError,
    Mark,
    NothingToGradeError,
    OutOfRangeError,
    RubricChangedError,
    grade_submission,
)
from cohorts.models import Assignment, Grade, Level, LogEntry, RubricMark, Submission
from cohorts.work.rubric_typing import digest_of
from cohorts.work.rubrics import typed_rubric
from tests.class_factories import NOW, AssignmentFactory, ClassOf
from tests.cohorts.graded import assignment_with_points, handed_in, item_of, rubric

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def essay(autumn: ClassOf) -> Assignment:
    return assignment_with_points(autumn.cohort, 50, title="Essay")


@pytest.fixture
def work(autumn: ClassOf, essay: Assignment) -> Submission:
    return handed_in(essay, autumn.learner)


def grade(work: Submission, autumn: ClassOf, points: str = "40", **fields: Any) -> Grade:
    said = {"feedback": "Say **why**.", "now": NOW, "seen_revision": 0} | fields
    by = said.pop("by", autumn.assistant.user)
    return grade_submission(submission=work, points=Decimal(points), by=by, **said)


def test_points_and_words_are_kept(work: Submission, autumn: ClassOf) -> None:
    given = grade(work, autumn, "40.25")
    kept = Grade.objects.get()
    assert given == kept
    assert (kept.item, kept.membership) == (item_of(work.assignment), autumn.learner)
    assert (kept.score, kept.feedback, kept.revision) == (Decimal("40.25"), "Say **why**.", 1)
    said = (kept.submission, kept.graded_by, kept.graded_at)
    assert said == (work, autumn.assistant.user, NOW)


def test_each_change_of_points_is_written_down(work: Submission, autumn: ClassOf) -> None:
    grade(work, autumn, "40")
    grade(work, autumn, "40", feedback="Other words.", seen_revision=1)
    grade(work, autumn, "45.5", seen_revision=2, now=LATER, by=autumn.teacher.user)
    log = LogEntry.objects.order_by("pk")
    rows = [(one.what, one.actor, one.about, one.before, one.after, one.at) for one in log]
    what, learner = "Grade for Essay", autumn.learner
    assert rows == [
        (what, autumn.assistant.user, learner, "", "40 of 50", NOW),
        (what, autumn.teacher.user, learner, "40 of 50", "45.5 of 50", LATER),
    ]
    assert {one.item for one in log} == {item_of(work.assignment)}


def test_saying_the_same_twice_changes_nothing(work: Submission, autumn: ClassOf) -> None:
    grade(work, autumn)
    before = Grade.objects.values().get()
    grade(work, autumn, now=LATER)
    assert Grade.objects.values().get() == before
    assert LogEntry.objects.count() == 1


def test_nobody_is_overruled_unseen(work: Submission, autumn: ClassOf) -> None:
    grade(work, autumn, "40")
    with pytest.raises(GradedMeanwhileError) as raised:
        grade(work, autumn, "10", by=autumn.teacher.user)
    theirs = raised.value.grade
    assert (theirs.score, theirs.graded_by, theirs.revision) == (40, autumn.assistant.user, 1)
    assert Grade.objects.get().score == 40
    assert grade(work, autumn, "10", seen_revision=1).score == 10


def test_a_change_in_the_gradebook_is_told_too(work: Submission, autumn: ClassOf) -> None:
    """Excused or overridden while somebody was grading."""
    Grade.objects.create(
        item=item_of(work.assignment),
        membership=autumn.learner,
        excused=True,
        reason="Ill.",
        revision=1,
    )
    with pytest.raises(GradedMeanwhileError):
        grade(work, autumn)
    assert grade(work, autumn, seen_revision=1).excused


def test_only_the_newest_hand_in_is_graded(
    work: Submission, essay: Assignment, autumn: ClassOf
) -> None:
    newer = handed_in(essay, autumn.learner, number=2, minutes=5)
    with pytest.raises(HandedInAgainError) as raised:
        grade(work, autumn)
    assert raised.value.newer == newer
    assert not Grade.objects.exists()
    assert grade(newer, autumn).submission == newer


@pytest.mark.parametrize("points", ["0", "0.01", "50", "50.01", "100"])
def test_up_to_twice_the_points(work: Submission, autumn: ClassOf, points: str) -> None:
    assert grade(work, autumn, points).score == Decimal(points)


@pytest.mark.parametrize("points", ["-0.01", "100.01", "1000"])
def test_no_more_and_no_less(work: Submission, autumn: ClassOf, points: str) -> None:
    with pytest.raises(OutOfRangeError):
        grade(work, autumn, points)
    assert not Grade.objects.exists()


def test_without_points_there_is_nothing_to_grade(autumn: ClassOf) -> None:
    work = handed_in(AssignmentFactory(cohort=autumn.cohort), autumn.learner)
    with pytest.raises(NothingToGradeError):
        grade(work, autumn)


def test_marks_of_a_rubric_add_up_exactly(work: Submission, autumn: ClassOf) -> None:
    (first, second) = rubric(work.assignment, (0, 10), (0, 20, 30))
    first[1].points = Decimal("10.10")
    first[1].save()
    marks = [Mark(first[1].criterion, first[1], "Good."), Mark(second[1].criterion, second[1])]
    said = {"feedback": "", "by": autumn.teacher.user, "now": NOW}
    given = grade_submission(submission=work, marks=marks, seen_revision=0, **said)
    assert given.score == Decimal("30.10")
    kept = RubricMark.objects.values_list("criterion__title", "level__title", "points", "comment")
    assert list(kept.order_by("criterion__position")) == [
        ("Criterion 1", "Level 2", Decimal("10.10"), "Good."),
        ("Criterion 2", "Level 2", Decimal(20), ""),
    ]
    other = [Mark(first[0].criterion, first[0]), Mark(second[2].criterion, second[2])]
    grade_submission(submission=work, marks=other, seen_revision=1, **said)
    assert [mark.points for mark in RubricMark.objects.order_by("criterion__position")] == [0, 30]


def test_marks_of_another_rubric_are_refused(work: Submission, autumn: ClassOf) -> None:
    ((level, _other),) = rubric(work.assignment, (10, 0))
    seen = digest_of(typed_rubric(work.assignment))
    said: dict[str, Any] = {"submission": work, "marks": [Mark(level.criterion, level)]}
    said |= {"feedback": "", "by": autumn.teacher.user, "now": NOW, "seen_revision": 0}
    Level.objects.filter(pk=level.pk).update(points=5)
    with pytest.raises(RubricChangedError):
        grade_submission(**said, seen_rubric=seen)
    assert not Grade.objects.exists()
    level.refresh_from_db()
    now = digest_of(typed_rubric(work.assignment))
    assert grade_submission(**said, seen_rubric=now).score == 5


def test_the_log_names_nobody_while_work_is_nameless(autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, title="Essay", anonymous=True)
    work = handed_in(essay, autumn.learner)
    grade(work, autumn)
    entry = LogEntry.objects.get()
    assert (entry.about, entry.what) == (None, f"Grade for Essay: {label_of(work)}")
