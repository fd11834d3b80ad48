from datetime import UTC, datetime
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from config import demo
from courses.models import ConceptTick, Enrolment, Lesson, LessonProgress
from quizzes.models import Attempt, ReviewCard, ReviewLog
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import quiz_with

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def debug(settings: Settings) -> None:
    settings.DEBUG = True


@pytest.fixture
def two_lessons() -> None:
    for lesson in LessonFactory.create_batch(2):
        ConceptFactory.create_batch(3, lesson=lesson)


def test_command_makes_and_prints_them(debug: None) -> None:
    out = StringIO()
    call_command("demo", stdout=out)
    assert out.getvalue().splitlines() == [
        "learner@example.org  stones-on-the-trail  Lena Learner",
        "teacher@example.org  stones-on-the-trail  Tomas Teacher",
        "editor@example.org  stones-on-the-trail  Edda Editor",
    ]
    assert all(user.check_password("stones-on-the-trail") for user in User.objects.all())


def test_people_can_sign_in_and_have_their_rights(debug: None) -> None:
    demo.create_people(now=NOW)
    addresses = EmailAddress.objects.filter(verified=True, primary=True)
    assert set(addresses.values_list("email", flat=True)) == {p.email for p in demo.PEOPLE}
    groups = {
        user.email: (user.is_staff, user.is_superuser, [group.name for group in user.groups.all()])
        for user in User.objects.all()
    }
    assert groups == {
        "learner@example.org": (False, False, []),
        "teacher@example.org": (True, False, ["Teachers"]),
        "editor@example.org": (True, False, ["Editors"]),
    }


def test_learner_is_on_the_way(debug: None, two_lessons: None) -> None:
    demo.create_people(now=NOW)
    learner = User.objects.get(email="learner@example.org")
    assert Enrolment.objects.active().get().user == learner
    progress = list(LessonProgress.objects.filter(user=learner).order_by("lesson__position"))
    assert [bool(one.completed_at) for one in progress] == [True, False]
    assert ConceptTick.objects.filter(user=learner).count() == 3 + 2


def test_learner_has_taken_a_quiz_and_reviewed(debug: None, two_lessons: None) -> None:
    concept = Lesson.objects.earliest("pk").concepts.earliest("pk")
    quiz_with(8, concept=concept)
    demo.create_people(now=NOW)
    attempt = Attempt.objects.get()
    assert (attempt.submitted_at, attempt.score) == (
        datetime(2026, 3, 11, 12, 4, tzinfo=UTC),
        0.875,
    )
    assert ReviewCard.objects.count() == 7
    assert ReviewLog.objects.values("reviewed_at__date").distinct().count() == 3
    assert ReviewCard.objects.active().seen().filter(due_at__lte=NOW).exists()


def test_without_a_course_there_are_people_all_the_same(debug: None) -> None:
    assert len(demo.create_people(now=NOW)) == 3
    assert Enrolment.objects.count() == 0


def test_second_time_changes_nothing(debug: None, two_lessons: None) -> None:
    demo.create_people(now=NOW)
    learner = User.objects.get(email="learner@example.org")
    learner.set_password("my own pass phrase")
    learner.save()
    ConceptTick.objects.all().delete()
    assert demo.create_people(now=NOW) == []
    learner.refresh_from_db()
    assert learner.check_password("my own pass phrase")
    assert ConceptTick.objects.count() == 0


@pytest.mark.parametrize("options", [{}, {"verbosity": 0}, {"force_color": True}])
def test_refuses_without_debug(options: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="only with DEBUG=on"):
        call_command("demo", **options)
    with pytest.raises(demo.DebugOffError):
        demo.create_people(now=NOW)
    with pytest.raises(demo.DebugOffError):
        demo.create(demo.TEACHER)
    assert User.objects.count() == 0


def test_remove_works_without_debug(settings: Settings, learner: User) -> None:
    settings.DEBUG = True
    demo.create_people(now=NOW)
    settings.DEBUG = False
    out = StringIO()
    call_command("demo", remove=True, stdout=out)
    assert out.getvalue() == "Removed 3 demo people.\n"
    assert User.objects.get() == learner
