from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

import pytest

from cohorts.copying import copy_cohort, first_day
from cohorts.models import (
    Assignment,
    Cohort,
    Criterion,
    Deadline,
    Extension,
    Grade,
    Level,
    LogEntry,
    Membership,
    Role,
    Submission,
)
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CategoryFactory,
    ClassOf,
    DeadlineFactory,
    GradeFactory,
    GradeItemFactory,
    GroupFactory,
    SubmissionFactory,
)
from tests.factories import LessonFactory
from tests.quiz_factories import QuizFactory
from tests.quizzes.sql import queries

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.fixture
def full(autumn: ClassOf) -> ClassOf:
    """With work, grades and an extension in it."""
    autumn.cohort.time_zone = "Europe/Berlin"
    autumn.cohort.starts_on, autumn.cohort.ends_on = date(2026, 9, 28), date(2026, 12, 18)
    autumn.cohort.late_percent, autumn.cohort.idle_days = 10, 5
    autumn.cohort.description = "Tuesdays at six."
    autumn.cohort.save()
    fill(autumn)
    return autumn


def fill(autumn: ClassOf, number: int = 1) -> None:
    cohort = autumn.cohort
    for index in range(number):
        GroupFactory(cohort=cohort, name=f"Lab {index}")
        assignment = AssignmentFactory(cohort=cohort, title=f"Essay {index}")
        criterion = Criterion.objects.create(assignment=assignment, title="Argument")
        Level.objects.create(criterion=criterion, title="Clear", points=Decimal(5))
        category = CategoryFactory(cohort=cohort, name=f"Coursework {index}", weight=Decimal(40))
        item = GradeItemFactory(category=category, assignment=assignment, title="")
        GradeItemFactory(category=category, quiz=QuizFactory(), title="")
        work = SubmissionFactory(assignment=assignment, membership=autumn.learner)
        GradeFactory(item=item, membership=autumn.learner, submission=work)
        due = DeadlineFactory(
            cohort=cohort,
            assignment=assignment,
            opens_at=at("2026-10-05T08:00"),
            due_at=at("2026-10-20T18:00"),
        )
        later = {"due_at": at("2026-10-27T18:00"), "reason": "Ill.", "given_at": NOW}
        Extension.objects.create(deadline=due, membership=autumn.learner, **later)
        DeadlineFactory(
            cohort=cohort,
            assignment=None,
            lesson=LessonFactory(track__course=cohort.course),
            due_at=at("2026-10-27T18:00"),  # after the clocks went back
        )


def copied(autumn: ClassOf, starts_on: date | None = date(2027, 3, 8)) -> Cohort:
    return copy_cohort(
        cohort=autumn.cohort,
        name="Spring class",
        term="Spring 2027",
        starts_on=starts_on,
        by=autumn.teacher.user,
        now=NOW,
        rng=Random(5),
    )


def test_what_it_says_of_itself(full: ClassOf) -> None:
    new = copied(full)
    assert (new.name, new.term, new.copied_from) == ("Spring class", "Spring 2027", full.cohort)
    assert (new.starts_on, new.ends_on) == (date(2027, 3, 8), date(2027, 5, 28))
    assert (new.late_percent, new.idle_days) == (10, 5)
    assert (new.description, new.time_zone) == ("Tuesdays at six.", "Europe/Berlin")
    assert new.join_code != full.cohort.join_code
    assert new.slug.startswith("spring-class-")
    assert new.archived_at is None
    entry = LogEntry.objects.get(cohort=new)
    assert (entry.what, entry.before) == ("Made the class as a copy", "Autumn class")


def test_dates_keep_their_time_of_day_over_both_changes_of_the_clock(full: ClassOf) -> None:
    new = copied(full)  # 161 days later
    dates = list(new.deadlines.order_by("due_at").values_list("opens_at", "due_at"))
    assert dates == [
        (at("2027-03-15T08:00"), at("2027-03-30T18:00")),
        (None, at("2027-04-06T18:00")),
    ]
    assert dates[0][1] == datetime(2027, 3, 30, 16, tzinfo=UTC)


def test_rubrics_and_gradebook(full: ClassOf) -> None:
    new = copied(full)
    assignment = new.assignments.get()
    assert (assignment.title, assignment.published, assignment.created_at) == ("Essay 0", True, NOW)
    criterion = assignment.criteria.get()
    assert (criterion.title, criterion.levels.get().points) == ("Argument", Decimal(5))
    category = new.categories.get()
    assert (category.name, category.weight) == ("Coursework 0", Decimal(40))
    of_essay = new.grade_items.get(quiz=None)
    of_quiz = new.grade_items.get(assignment=None)
    assert (of_essay.assignment, of_essay.category) == (assignment, category)
    assert (of_essay.released_at, of_quiz.released_at) == (None, NOW)
    assert new.deadlines.get(lesson=None).assignment == assignment
    assert [group.name for group in new.groups.all()] == ["Lab 0"]


def test_nobody_but_the_owner_and_nothing_of_people(full: ClassOf) -> None:
    new = copied(full)
    member = Membership.objects.get(cohort=new)
    assert (member.user, member.role) == (full.teacher.user, Role.OWNER)
    assert not Submission.objects.filter(assignment__cohort=new).exists()
    assert not Grade.objects.filter(item__cohort=new).exists()
    assert not Extension.objects.filter(deadline__cohort=new).exists()


def test_the_class_itself_stays_as_it_was(full: ClassOf) -> None:
    before = list(Deadline.objects.filter(cohort=full.cohort).values())
    copied(full)
    assert list(Deadline.objects.filter(cohort=full.cohort).values()) == before
    assert Assignment.objects.get(cohort=full.cohort).criteria.get().levels.count() == 1
    assert Grade.objects.get().item.cohort == full.cohort


def test_without_a_first_day_the_first_date_counts(full: ClassOf) -> None:
    full.cohort.starts_on = None
    assert first_day(full.cohort) == date(2026, 10, 5)
    assert copied(full).deadlines.get(lesson=None).opens_at == at("2027-03-08T08:00")


def test_without_any_date_nothing_moves(autumn: ClassOf) -> None:
    assert first_day(autumn.cohort) is None
    new = copied(autumn, starts_on=None)
    assert (new.starts_on, new.ends_on) == (None, None)
    assert [category.name for category in new.categories.all()] == ["Coursework"]


@pytest.mark.parametrize("number", [0, 3])
def test_as_many_statements_for_a_large_class(number: int, full: ClassOf) -> None:
    fill_more(full, number)
    # Slug, code, class, owner; and two each for seven kinds of things; the log.
    with queries(4 + 2 * 7 + 1):
        copied(full)


def fill_more(full: ClassOf, number: int) -> None:
    for _ in range(number):
        GroupFactory(cohort=full.cohort)
        assignment = AssignmentFactory(cohort=full.cohort)
        DeadlineFactory(cohort=full.cohort, assignment=assignment)
