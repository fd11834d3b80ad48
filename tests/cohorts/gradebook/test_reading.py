from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from cohorts.gradebook.arithmetic import Cell, State
from cohorts.gradebook.items import add_item
from cohorts.gradebook.reading import book_of, own_row
from cohorts.models import (
    Assignment,
    Cohort,
    Deadline,
    Extension,
    Grade,
    GradeItem,
    Membership,
    Submission,
)
from quizzes.models import Attempt, Quiz
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    ClassOf,
    DeadlineFactory,
    GradeFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.quiz_factories import QuizFactory
from tests.quizzes.sql import queries

DAY = timedelta(days=1)
DUE = NOW - 3 * DAY


def attempt(user: User, quiz: Quiz, score: float, at: datetime, **fields: object) -> Attempt:
    wanted = {"started_at": at - timedelta(hours=1), "submitted_at": at, "score": score}
    return Attempt.objects.create(user=user, quiz=quiz, seed=0, **(wanted | fields))


def quiz_item(autumn: ClassOf, **fields: object) -> GradeItem:
    quiz = QuizFactory(course=autumn.cohort.course, **fields)
    return add_item(cohort=autumn.cohort, quiz=quiz, points=Decimal(50), by=None, now=NOW)


def work_item(
    autumn: ClassOf, *, released: bool = True, due_at: datetime | None = None
) -> GradeItem:
    assignment = AssignmentFactory(cohort=autumn.cohort)
    if due_at:
        DeadlineFactory(cohort=autumn.cohort, assignment=assignment, due_at=due_at)
    item = add_item(
        cohort=autumn.cohort, assignment=assignment, points=Decimal(80), by=None, now=NOW
    )
    GradeItem.objects.update(released_at=NOW if released else None)
    return item


def cell(autumn: ClassOf, item: GradeItem, *, told: bool = False) -> Cell:
    cohort = Cohort.objects.get(pk=autumn.cohort.pk)
    book = book_of(cohort, [autumn.learner], NOW, told=told)
    return book.rows[autumn.learner.pk].cells[book.layout.place_of(item.pk)]


def quiz_of(item: GradeItem) -> Quiz:
    assert item.quiz is not None
    return item.quiz


def assignment_of(item: GradeItem) -> Assignment:
    assert item.assignment is not None
    return item.assignment


def policy(autumn: ClassOf, **fields: object) -> None:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(**fields)


def test_the_best_attempt_counts_to_its_last_digit(autumn: ClassOf) -> None:
    item = quiz_item(autumn)
    for score in (0.25, 2 / 3, 0.7):
        attempt(autumn.learner.user, quiz_of(item), score, NOW - DAY)
    assert cell(autumn, item).earned == Decimal("35.0")
    Attempt.objects.filter(score=0.7).update(score=0.1)
    assert cell(autumn, item).earned == Decimal("0.6666666666666666") * 50


def test_attempts_in_the_order_of_handing_in(autumn: ClassOf) -> None:
    last, first = (quiz_item(autumn, counts=rule) for rule in ("last", "first"))
    for item in (last, first):
        for days, score in ((1, 0.3), (3, 0.1), (2, 0.2)):
            attempt(autumn.learner.user, quiz_of(item), score, NOW - days * DAY)
    assert (cell(autumn, last).earned, cell(autumn, first).earned) == (Decimal(15), Decimal(5))
    assert (cell(autumn, last).at, cell(autumn, first).at) == (2, 0)


def test_an_open_attempt_and_another_person_do_not_count(autumn: ClassOf) -> None:
    item = quiz_item(autumn)
    attempt(autumn.learner.user, quiz_of(item), 0.5, NOW)
    Attempt.objects.update(submitted_at=None, score=None)
    attempt(autumn.owner.user, quiz_of(item), 0.5, NOW)
    assert cell(autumn, item) == Cell(State.OPEN)


def test_what_waits_for_a_person_is_not_known(autumn: ClassOf) -> None:
    item = quiz_item(autumn)
    attempt(autumn.learner.user, quiz_of(item), 0.5, NOW, awaiting=1)
    assert cell(autumn, item).state == State.WAITING
    attempt(autumn.learner.user, quiz_of(item), 0.2, NOW)
    found = cell(autumn, item)
    assert (found.state, found.earned, found.waits) == (State.GRADED, Decimal(10), True)


def test_what_the_quiz_withholds_only_the_staff_knows(autumn: ClassOf) -> None:
    item = quiz_item(autumn)
    attempt(autumn.learner.user, quiz_of(item), 0.5, NOW, withheld=True)
    assert cell(autumn, item).earned == Decimal(25)
    assert cell(autumn, item, told=True) == Cell(State.WAITING, waits=True)
    assert own_row(autumn.learner, NOW).total is None


def test_days_late_by_the_learners_own_date(autumn: ClassOf) -> None:
    policy(autumn, late_percent=10)
    item = quiz_item(autumn)
    deadline = Deadline.objects.create(cohort=autumn.cohort, quiz=quiz_of(item), due_at=DUE)
    attempt(autumn.learner.user, quiz_of(item), 1.0, DUE + DAY + timedelta(microseconds=1))
    found = cell(autumn, item)
    assert (found.raw, found.earned, found.days_late) == (Decimal(50), Decimal(40), 2)
    extension = Extension.objects.create(
        deadline=deadline, membership=autumn.learner, due_at=DUE + DAY, given_at=NOW
    )
    assert (cell(autumn, item).earned, cell(autumn, item).days_late) == (Decimal(45), 1)
    # One that ends before the class's date gives nothing, and takes nothing.
    Extension.objects.filter(pk=extension.pk).update(due_at=DUE - DAY)
    assert cell(autumn, item).days_late == 2


def test_the_grace_after_the_end_is_not_late(autumn: ClassOf) -> None:
    policy(autumn, late_percent=10)
    item = quiz_item(autumn)
    Deadline.objects.create(cohort=autumn.cohort, quiz=quiz_of(item), due_at=DUE)
    seconds = timedelta(seconds=20)
    attempt(autumn.learner.user, quiz_of(item), 1.0, DUE + seconds, deadline_at=DUE)
    assert cell(autumn, item).days_late == 0


def test_an_attempt_begun_after_the_cut_off_does_not_count(autumn: ClassOf) -> None:
    policy(autumn, late_cutoff=1)
    item = quiz_item(autumn)
    Deadline.objects.create(cohort=autumn.cohort, quiz=quiz_of(item), due_at=DUE)
    attempt(autumn.learner.user, quiz_of(item), 1.0, DUE + 2 * DAY)
    assert cell(autumn, item).state == State.MISSING
    attempt(autumn.learner.user, quiz_of(item), 0.5, DUE + DAY + timedelta(minutes=5))
    assert cell(autumn, item).earned == Decimal(25)


def test_earlier_attempts_where_the_class_says_so(autumn: ClassOf) -> None:
    item = quiz_item(autumn)
    policy(autumn, starts_on=date(2026, 11, 20), time_zone="Asia/Tokyo")
    first = datetime(2026, 11, 19, 15, tzinfo=UTC)
    attempt(autumn.learner.user, quiz_of(item), 1.0, first - timedelta(seconds=1))
    assert cell(autumn, item).earned == Decimal(50)
    policy(autumn, earlier_work=False)
    assert cell(autumn, item) == Cell(State.OPEN)
    attempt(autumn.learner.user, quiz_of(item), 0.5, first)
    assert cell(autumn, item).earned == Decimal(25)


@pytest.mark.parametrize(
    ("days", "rules", "expected"),
    [
        (1, {}, State.OPEN),
        (-1, {}, State.OVERDUE),
        (-1, {"late_cutoff": 0}, State.MISSING),
        (-1, {"late_cutoff": 2}, State.OVERDUE),
        (-1, {"ends_on": date(2026, 11, 20)}, State.MISSING),
        (-1, {"ends_on": date(2026, 11, 21)}, State.OVERDUE),
        (-1, {"archived_at": NOW}, State.MISSING),
        (-1, {"late_cutoff": 0, "missing_as_zero": True}, State.ZERO),
    ],
)
def test_nothing_handed_in(
    days: int, rules: dict[str, object], expected: State, autumn: ClassOf
) -> None:
    item = work_item(autumn, due_at=NOW + days * DAY)
    policy(autumn, **rules)
    assert cell(autumn, item).state == expected


def test_what_learners_cannot_see_is_not_missing(autumn: ClassOf) -> None:
    item = work_item(autumn, due_at=DUE)
    policy(autumn, late_cutoff=0)
    Assignment.objects.update(published=False)
    by_hand = add_item(cohort=autumn.cohort, title="Talk", points=Decimal(1), by=None, now=NOW)
    assert cell(autumn, item).state == State.OPEN
    assert cell(autumn, by_hand).state == State.OPEN


def test_a_hand_in_waits_is_graded_and_comes_again(autumn: ClassOf) -> None:
    policy(autumn, late_percent=10)
    item = work_item(autumn, due_at=DUE)
    assignment = assignment_of(item)
    draft = Submission(assignment=assignment, membership=autumn.learner, saved_at=NOW)
    draft.save()
    assert cell(autumn, item).state == State.OVERDUE
    first = SubmissionFactory(
        assignment=assignment, membership=autumn.learner, submitted_at=DUE - DAY
    )
    assert cell(autumn, item) == Cell(State.WAITING, waits=True)
    GradeFactory(item=item, membership=autumn.learner, score=Decimal("70.5"), submission=first)
    assert cell(autumn, item).earned == Decimal("70.5")
    SubmissionFactory(
        assignment=assignment, membership=autumn.learner, number=2, submitted_at=DUE + DAY
    )
    found = cell(autumn, item)
    assert (found.earned, found.days_late, found.waits) == (Decimal("70.5"), 0, True)
    # Graded without saying what: the newest.
    Grade.objects.update(submission=None)
    found = cell(autumn, item)
    assert (found.earned, found.days_late, found.waits) == (Decimal("62.5"), 1, False)


def test_nothing_unreleased_reaches_the_learner(autumn: ClassOf) -> None:
    item = work_item(autumn, released=False)
    GradeFactory(item=item, membership=autumn.learner, score=Decimal(40))
    assert cell(autumn, item).earned == Decimal(40)
    assert cell(autumn, item, told=True) == Cell(State.HIDDEN)
    assert own_row(autumn.learner, NOW).total is None
    GradeItem.objects.update(released_at=NOW + DAY)
    assert own_row(autumn.learner, NOW).total is None
    GradeItem.objects.update(released_at=NOW)
    assert own_row(autumn.learner, NOW).total == Decimal("0.5")


def test_override_and_excuse(autumn: ClassOf) -> None:
    item = quiz_item(autumn)
    attempt(autumn.learner.user, quiz_of(item), 0.5, NOW)
    grade = GradeFactory(
        item=item, membership=autumn.learner, score=Decimal(3), override=Decimal(45), reason="Q4"
    )
    found = cell(autumn, item)
    assert (found.state, found.earned, found.without) == (State.CHANGED, Decimal(45), Decimal(25))
    Grade.objects.filter(pk=grade.pk).update(excused=True)
    assert cell(autumn, item) == Cell(State.EXCUSED)


@pytest.mark.parametrize("number", [3, 300])
def test_three_queries_whatever_the_learners(number: int, autumn: ClassOf) -> None:
    for _ in range(3):
        item = quiz_item(autumn)
        Deadline.objects.create(cohort=autumn.cohort, quiz=quiz_of(item), due_at=DUE)
    work_item(autumn, due_at=DUE)
    users = User.objects.bulk_create(User(email=f"l{n}@example.org") for n in range(number))
    members = Membership.objects.bulk_create(
        Membership(cohort=autumn.cohort, user=user, joined_at=NOW) for user in users
    )
    Attempt.objects.bulk_create(
        Attempt(user=user, quiz=quiz_of(item), seed=0, started_at=NOW, submitted_at=NOW, score=1)
        for user in users
    )
    cohort = autumn.cohort
    with queries(3):
        book = book_of(cohort, members, NOW)
    assert list(book.rows) == [one.pk for one in members]
    assert {row.total for row in book.rows.values()} == {Decimal(1)}


def test_a_class_without_items(autumn: ClassOf) -> None:
    with queries(1):
        book = book_of(autumn.cohort, [autumn.learner], NOW)
    assert book.rows[autumn.learner.pk].total is None


def test_nothing_of_another_class(autumn: ClassOf) -> None:
    item = quiz_item(autumn)
    elsewhere = MembershipFactory(cohort=autumn.other, user=autumn.learner.user)
    attempt(autumn.learner.user, quiz_of(item), 0.5, NOW)
    book = book_of(autumn.other, [elsewhere], NOW)
    assert (book.layout.columns, book.rows[elsewhere.pk].cells) == ((), ())
