from datetime import timedelta
from uuid import UUID

import pytest

from cohorts.grading.grading import grade_submission
from cohorts.grading.pile import Pile, Place, pile_of
from cohorts.grading.queue import counts_of
from cohorts.grading.walking import walk
from cohorts.grading.wanted import ALL, GRADED, Wanted
from cohorts.models import Grade, Membership, Submission
from quizzes.hand_grading import grade_by_hand
from quizzes.models import Response
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    ClassOf,
    GroupFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.cohorts.graded import (
    answered,
    assignment_with_points,
    free_quiz,
    handed_in,
    item_of,
)

pytestmark = pytest.mark.django_db


def keys(pile: Pile) -> list[object]:
    return [UUID(key) if kind == "work" else int(key) for kind, key, _at in pile.rows()]


def waiting(autumn: ClassOf, **wanted: object) -> list[object]:
    return keys(pile_of(autumn.cohort, Wanted(**wanted)))


@pytest.fixture
def other(autumn: ClassOf) -> Membership:
    return MembershipFactory(cohort=autumn.cohort)


def test_hand_ins_and_answers_in_one_order(autumn: ClassOf, other: Membership) -> None:
    essay, quiz = assignment_with_points(autumn.cohort), free_quiz(autumn.cohort, 2)
    second = handed_in(essay, autumn.learner, minutes=20)
    third = answered(quiz, autumn.learner, minutes=30)
    fourth = third.attempt.responses.get(position=2)
    first = handed_in(essay, other, minutes=10)
    assert waiting(autumn) == [first.pk, second.pk, third.pk, fourth.pk]


def test_only_the_newest_hand_in(autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort)
    handed_in(essay, autumn.learner)
    newest = handed_in(essay, autumn.learner, number=2, minutes=5)
    draft = {"number": 0, "submitted_at": None}
    SubmissionFactory(assignment=essay, membership=autumn.learner, **draft)
    assert waiting(autumn) == [newest.pk]


def test_nothing_of_who_left_of_staff_or_of_another_class(autumn: ClassOf) -> None:
    essay, quiz = assignment_with_points(autumn.cohort), free_quiz(autumn.cohort)
    for member in (autumn.left, autumn.removed, autumn.assistant):
        handed_in(essay, member)
        answered(quiz, member)
    elsewhere = MembershipFactory(cohort=autumn.other)
    handed_in(assignment_with_points(autumn.other), elsewhere)
    answered(quiz, elsewhere)
    # Without points there is nothing to grade.
    handed_in(AssignmentFactory(cohort=autumn.cohort), autumn.learner)
    assert waiting(autumn, state=ALL) == []


def test_graded_and_handed_in_again(autumn: ClassOf, other: Membership) -> None:
    essay = assignment_with_points(autumn.cohort)
    first, second = handed_in(essay, autumn.learner), handed_in(essay, other, minutes=9)
    grade(first, autumn)
    assert waiting(autumn) == [second.pk]
    assert waiting(autumn, state=GRADED) == [first.pk]
    assert waiting(autumn, state=ALL) == [first.pk, second.pk]
    again = handed_in(essay, autumn.learner, number=2, minutes=30)
    assert waiting(autumn) == [second.pk, again.pk]
    assert waiting(autumn, state=GRADED) == []


def grade(work: Submission, autumn: ClassOf) -> Grade:
    said = {"feedback": "", "by": autumn.teacher.user, "now": NOW, "seen_revision": 0}
    return grade_submission(submission=work, points=item_of(work.assignment).points, **said)


def test_who_is_excused_waits_no_more(autumn: ClassOf) -> None:
    work = handed_in(assignment_with_points(autumn.cohort), autumn.learner)
    item = item_of(work.assignment)
    Grade.objects.create(item=item, membership=autumn.learner, excused=True, reason="Ill.")
    assert waiting(autumn) == []
    assert waiting(autumn, state=GRADED) == [work.pk]


def test_an_answer_that_was_graded(autumn: ClassOf, other: Membership) -> None:
    quiz = free_quiz(autumn.cohort)
    first, second = answered(quiz, autumn.learner), answered(quiz, other, minutes=9)
    grade_by_hand(response=first, score=0.5, comment="", by=autumn.owner.user, now=NOW)
    assert waiting(autumn) == [second.pk]
    assert waiting(autumn, state=GRADED) == [first.pk]


def test_by_work_and_by_group(autumn: ClassOf, other: Membership) -> None:
    red = GroupFactory(cohort=autumn.cohort)
    other.group = red
    other.save()
    essay, quiz = assignment_with_points(autumn.cohort), free_quiz(autumn.cohort)
    mine, theirs = handed_in(essay, autumn.learner), handed_in(essay, other, minutes=1)
    answer = answered(quiz, other, minutes=2)
    assert waiting(autumn, group=red) == [theirs.pk, answer.pk]
    assert waiting(autumn, item=f"work-{essay.pk}") == [mine.pk, theirs.pk]
    assert waiting(autumn, item=f"quiz-{quiz.pk}") == [answer.pk]
    assert waiting(autumn, item=f"quiz-{quiz.pk + 1}") == []


def test_the_order_of_nameless_work_tells_nothing(autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, anonymous=True)
    learners = [MembershipFactory(cohort=autumn.cohort) for _ in range(6)]
    works = [handed_in(essay, one, minutes=at) for at, one in enumerate(learners)]
    found = waiting(autumn)
    assert found == sorted((one.pk for one in works), key=str)
    item = item_of(essay)
    item.released_at = NOW
    item.save()
    assert waiting(autumn) == [one.pk for one in works]


def test_a_group_does_not_tell_whose_nameless_work_it_is(autumn: ClassOf) -> None:
    red = GroupFactory(cohort=autumn.cohort)
    member = MembershipFactory(cohort=autumn.cohort, group=red)
    handed_in(assignment_with_points(autumn.cohort, anonymous=True), member)
    assert waiting(autumn, group=red) == []


def test_counts_of_each_work(autumn: ClassOf, other: Membership) -> None:
    essay = assignment_with_points(autumn.cohort, title="Essay")
    quiz = free_quiz(autumn.cohort, 2, title="Words")
    grade(handed_in(essay, autumn.learner), autumn)
    handed_in(essay, other)
    answered(quiz, autumn.learner)
    counts = counts_of(autumn.cohort, None)
    found = [(one.item, one.title, one.waiting, one.graded) for one in counts.sources]
    assert found == [
        (f"work-{essay.pk}", "Essay", 1, 1),
        (f"quiz-{quiz.pk}", "Words", 2, 0),
    ]
    assert (counts.waiting, counts.graded) == (3, 1)
    assert counts.of(f"work-{essay.pk}").waiting == 1


def place_of(response: Response) -> Place:
    assert response.attempt.submitted_at is not None
    return Place(response.attempt.submitted_at, f"{response.pk:019}")


def test_from_one_to_the_next(autumn: ClassOf) -> None:
    quiz = free_quiz(autumn.cohort, 3)
    first = answered(quiz, autumn.learner)
    second, third = (first.attempt.responses.get(position=at) for at in (2, 3))
    found = walk(autumn.cohort, Wanted(), place_of(second))
    assert (found.number, found.total) == (2, 3)
    root = "/cohorts/autumn/grading/"
    assert (found.before, found.after) == (
        f"{root}answers/{first.pk}/",
        f"{root}answers/{third.pk}/",
    )
    assert walk(autumn.cohort, Wanted(), place_of(first)).before == ""
    assert walk(autumn.cohort, Wanted(), place_of(third)).after == ""


def test_what_is_graded_keeps_its_place(autumn: ClassOf) -> None:
    """Though the filter leaves it out, what comes after it comes next."""
    quiz = free_quiz(autumn.cohort, 3)
    first = answered(quiz, autumn.learner)
    second, third = (first.attempt.responses.get(position=at) for at in (2, 3))
    now = NOW + timedelta(hours=1)
    grade_by_hand(response=second, score=1.0, comment="", by=autumn.owner.user, now=now)
    found = walk(autumn.cohort, Wanted(), place_of(second))
    assert (found.number, found.total) == (None, 2)
    assert found.after == f"/cohorts/autumn/grading/answers/{third.pk}/"
