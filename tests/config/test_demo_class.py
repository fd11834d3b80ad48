from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from cohorts.models import (
    Cohort,
    Deadline,
    Grade,
    GradeItem,
    Membership,
    Role,
    RubricMark,
    Submission,
)
from config import demo
from courses.models import ConceptTick, Course, LessonProgress
from quizzes import attempts
from quizzes.attempts.grading import outcome_of
from quizzes.models import Attempt, Quiz, Response, ReviewCard, ReviewLog
from quizzes.review.cards import memory_of
from quizzes.review.scheduling import Memory, schedule
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import quiz_with

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
# Midnight in Paris, a Monday
FIRST = datetime(2026, 9, 20, 22, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settings: Settings) -> Cohort:
    """With twelve learners, of whom some drop out and some review."""
    settings.DEBUG = True
    for lesson in LessonFactory.create_batch(4):
        quiz_with(3, concept=ConceptFactory(lesson=lesson))
        ConceptFactory(lesson=lesson)
    demo.create_people(now=NOW)
    cohort = demo.make_class(learners=12, now=NOW)
    assert cohort is not None
    return cohort


def test_class_has_its_people(made: Cohort) -> None:
    roles = made.members.values_list("user__email", "role")
    assert len(roles) == 14
    assert ("teacher@example.org", Role.OWNER) in roles
    assert ("learner@example.org", Role.LEARNER) in roles
    learners = Membership.objects.filter(user__email__endswith="@demo.example.org")
    assert {member.group_id for member in learners} == {group.pk for group in made.groups.all()}
    assert len({member.user.display_name for member in learners.select_related("user")}) == 12
    assert User.objects.get(email="learner-00012@demo.example.org").check_password(demo.PASSWORD)


def test_eight_weeks_are_gone_and_nothing_lies_ahead(made: Cohort) -> None:
    assert (made.starts_on, made.ends_on) == (
        FIRST.date() + timedelta(days=1),
        date(2026, 12, 11),
    )
    moments = [
        *LessonProgress.objects.values_list("last_read_at", flat=True),
        *ConceptTick.objects.values_list("ticked_at", flat=True),
        *Attempt.objects.values_list("submitted_at", flat=True),
        *ReviewLog.objects.values_list("reviewed_at", flat=True),
        *Submission.objects.values_list("submitted_at", flat=True),
        *Grade.objects.values_list("graded_at", flat=True),
    ]
    of_class = [at for at in moments if at and at > FIRST]
    assert len(of_class) > 100
    assert max(of_class) <= NOW
    assert Deadline.objects.filter(due_at__gt=NOW).exists()


def test_attempts_are_worth_what_their_answers_are(made: Cohort) -> None:
    attempts_made = Attempt.objects.filter(user__email__endswith="@demo.example.org")
    assert attempts_made.count() > 20
    for response in Response.objects.filter(attempt__in=attempts_made).select_related("version"):
        assert outcome_of(response).score == response.score
    for attempt in attempts_made.select_related("quiz").prefetch_related("responses"):
        stored = (attempt.score, attempt.passed)
        attempts.grading.add_up(attempt, list(attempt.responses.all()))
        assert (attempt.score, attempt.passed) == stored


def test_cards_are_as_their_reviews_left_them(made: Cohort) -> None:
    cards = ReviewCard.objects.filter(user__email__endswith="@demo.example.org", reviews__gt=0)
    assert cards.exists()
    for card in cards.prefetch_related("logs"):
        last = card.logs.latest("reviewed_at")
        before = Memory.from_json(last.before)
        assert memory_of(card) == schedule(before, last.rating, last.reviewed_at, 0.9)
        assert card.logs.count() == card.reviews


def test_work_is_handed_in_and_partly_graded(made: Cohort) -> None:
    grades = Grade.objects.filter(item__cohort=made, item__quiz=None)
    assert 0 < grades.count() < Submission.objects.count()
    assert set(GradeItem.objects.filter(assignment__isnull=False).values_list("title")) == {("",)}
    for grade in grades.prefetch_related("marks"):
        marks = [mark.points for mark in grade.marks.all()]
        assert not marks or sum(marks) == grade.score
    assert RubricMark.objects.exists()


def test_one_grade_is_changed_and_one_excused(made: Cohort) -> None:
    by_hand = Grade.objects.filter(item__cohort=made, item__quiz__isnull=False).order_by("pk")
    assert [(one.override is not None, one.excused) for one in by_hand] == [
        (True, False),
        (False, True),
    ]
    assert all(grade.reason for grade in by_hand)


def test_some_free_answers_wait_for_a_person(made: Cohort) -> None:
    assert Quiz.objects.get(slug="demo-midterm").mode == Quiz.Mode.GRADED


def test_second_time_changes_nothing(made: Cohort) -> None:
    people = User.objects.count()
    assert demo.make_class(learners=40, now=NOW) == made
    assert User.objects.count() == people


def test_remove_takes_everything(made: Cohort) -> None:
    out = StringIO()
    call_command("demo", remove=True, stdout=out)
    assert out.getvalue() == "Removed 15 demo people.\n"
    left = (User, Cohort, Attempt, Submission, GradeItem, ReviewCard, LessonProgress)
    assert [model.objects.count() for model in left] == [0] * len(left)
    assert not Quiz.objects.filter(slug="demo-midterm").exists()


def test_command_says_what_it_made(made: Cohort) -> None:
    call_command("demo", remove=True, stdout=StringIO())
    out = StringIO()
    call_command("demo", learners=1, stdout=out)
    assert out.getvalue().splitlines()[-1] == (
        "Autumn class has 1 learner: /cohorts/demo-autumn-class/"
    )
    call_command("demo", learners=1, stdout=out)
    assert out.getvalue().splitlines()[-1] == (
        "Autumn class is there already: /cohorts/demo-autumn-class/"
    )


def test_without_a_course_there_is_no_class(settings: Settings) -> None:
    settings.DEBUG = True
    with pytest.raises(CommandError, match="load_course first"):
        call_command("demo", learners=3, verbosity=0)


def test_a_course_without_lessons_has_no_class(settings: Settings) -> None:
    settings.DEBUG = True
    Course.objects.create(slug="llm-course", title="LLM Course")
    with pytest.raises(CommandError, match="load_course first"):
        call_command("demo", learners=3, verbosity=0)


@pytest.mark.parametrize("learners", ["-1", "many", "1000000"])
def test_a_number_that_is_none(settings: Settings, learners: str) -> None:
    settings.DEBUG = True
    with pytest.raises(CommandError, match="from 0 to 100,000"):
        call_command("demo", f"--learners={learners}")


def test_no_class_without_debug() -> None:
    with pytest.raises(demo.DebugOffError):
        demo.make_class(learners=1, now=NOW)
