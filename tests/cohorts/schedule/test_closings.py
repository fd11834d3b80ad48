"""Where only a class closes a quiz, nobody of it is told what is right while others can answer."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.class_settings import change_cohort
from cohorts.gradebook.items import add_item
from cohorts.models import Cohort, Deadline, Extension, Membership
from cohorts.schedule.closings import hold_results
from cohorts.schedule.extending import give, take_back
from cohorts.schedule.setting import Change, Times, set_dates
from cohorts.schedule.things import QUIZ, quiz_of
from courses.models import LessonProgress
from courses.progress import enrol
from quizzes.attempts.ends import close_overdue, tell_withheld
from quizzes.models import Attempt, Quiz
from tests.class_factories import ClassOf, MembershipFactory
from tests.cohorts.schedule.planning import DAY
from tests.quizzes.attempts.test_attempts import begin, hand_in, save
from tests.quizzes.sql import queries
from tests.quizzes.views.test_leaks import EXPLAINED, SCORES, SECRETS, read
from tests.quizzes.views.test_leaks import quiz as secret_quiz

GRACE = timedelta(seconds=60)


@pytest.fixture
def now(db: None) -> datetime:
    return timezone.now()


@pytest.fixture
def quiz(autumn: ClassOf) -> Quiz:
    """Graded, and closed by nothing but the class, which takes nothing late."""
    found = secret_quiz(None, "graded", "closed")
    Quiz.objects.filter(pk=found.pk).update(grace=60)
    Cohort.objects.update(course=found.course, late_cutoff=0)
    autumn.cohort.refresh_from_db()
    autumn.other.refresh_from_db()
    return Quiz.objects.select_related("lesson__track__course").get(pk=found.pk)


@pytest.fixture
def deadline(autumn: ClassOf, quiz: Quiz, now: datetime) -> Deadline:
    return Deadline.objects.create(cohort=autumn.cohort, quiz=quiz, due_at=now + DAY)


def handed_in(member: Membership, quiz: Quiz, now: datetime) -> Attempt:
    attempt = begin(member.user, quiz, now)
    save(attempt, "a", now=now)
    hand_in(attempt, now)
    attempt.refresh_from_db()
    return attempt


def end_of(attempt: Attempt) -> datetime | None:
    attempt.refresh_from_db()
    return attempt.others_until


def extend(deadline: Deadline, member: Membership, due_at: datetime, now: datetime) -> None:
    owner = deadline.cohort.members.get(role="owner").user
    give(deadline=deadline, members=[member], due_at=due_at, reason="Ill.", by=owner, now=now)


def set_due(autumn: ClassOf, quiz: Quiz, due_at: datetime | None, now: datetime) -> None:
    thing = quiz_of(Quiz.objects.values(*QUIZ).get(pk=quiz.pk), autumn.cohort)
    changes = [Change(thing, Times(), Times(due_at=due_at))]
    set_dates(cohort=autumn.cohort, changes=changes, by=autumn.owner.user, now=now)


def test_nothing_leaks_before_the_class_has_closed(
    client: Client, autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime
) -> None:
    add_item(cohort=autumn.cohort, quiz=quiz, points=Decimal(50), by=None, now=now)
    client.force_login(autumn.learner.user)
    attempt = handed_in(autumn.learner, quiz, now)
    assert attempt.withheld
    text = read(client, attempt)
    enrol(user=autumn.learner.user, course=quiz.course, now=now)
    base = "/cohorts/autumn/"
    for page in ("/today/", attempt.get_results_url(), base, f"{base}grades/", f"{base}schedule/"):
        found = client.get(page)
        assert found.status_code == 200
        text += found.content.decode()
    assert [word for word in (*SECRETS, *SCORES) if word in text] == []
    day = (now + DAY).astimezone(timezone.get_current_timezone())
    assert f"Once the quiz has closed, on {day.day} {day:%B %Y} at {day:%H:%M}" in text
    assert "Your result is here on" in text
    assert not LessonProgress.objects.filter(quiz_score__isnull=False).exists()


def test_all_is_told_once_the_last_of_the_class_cannot_answer(
    client: Client, autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime
) -> None:
    attempt = handed_in(autumn.learner, quiz, now - 2 * DAY)
    extend(deadline, MembershipFactory(cohort=autumn.cohort), now + 3 * DAY, now)
    assert tell_withheld(now=now + 3 * DAY + GRACE) == 0
    assert tell_withheld(now=now + 3 * DAY + GRACE + GRACE) == 1
    assert LessonProgress.objects.get().quiz_score == 0.5
    Deadline.objects.update(due_at=now - DAY)
    Extension.objects.update(due_at=now - DAY)
    Attempt.objects.update(others_until=now - DAY)
    client.force_login(autumn.learner.user)
    assert EXPLAINED in client.get(attempt.get_results_url()).text


@pytest.mark.parametrize("begun", ["before", "after"])
def test_an_extension_given_before_or_after_the_start(
    autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime, begun: str
) -> None:
    ill = MembershipFactory(cohort=autumn.cohort)
    if begun == "before":
        attempt = handed_in(autumn.learner, quiz, now)
        assert end_of(attempt) == now + DAY
    extend(deadline, ill, now + 3 * DAY, now)
    if begun == "after":
        attempt = handed_in(autumn.learner, quiz, now)
    assert end_of(attempt) == now + 3 * DAY
    take_back(extension=Extension.objects.get(), reason="", by=autumn.owner.user, now=now)
    assert end_of(attempt) == now + DAY


def test_one_who_runs_on_an_extension_that_was_taken_back(
    autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime
) -> None:
    ill = MembershipFactory(cohort=autumn.cohort)
    extend(deadline, ill, now + 3 * DAY, now)
    running = begin(ill.user, quiz, now)
    take_back(extension=Extension.objects.get(), reason="", by=autumn.owner.user, now=now)
    assert running.deadline_at == now + 3 * DAY
    assert end_of(handed_in(autumn.learner, quiz, now)) == now + 3 * DAY


def test_who_has_left_holds_up_nobody(
    autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime
) -> None:
    extend(deadline, autumn.left, now + 9 * DAY, now)
    assert end_of(handed_in(autumn.learner, quiz, now)) == now + DAY


def test_a_date_or_a_rule_that_is_changed(autumn: ClassOf, quiz: Quiz, now: datetime) -> None:
    attempt = begin(autumn.learner.user, quiz, now)
    assert end_of(attempt) is None
    set_due(autumn, quiz, now + DAY, now)
    assert end_of(attempt) == now + DAY
    hand_in(attempt, now)
    assert Attempt.objects.get().withheld
    set_due(autumn, quiz, now + 4 * DAY, now)
    assert end_of(attempt) == now + 4 * DAY
    for cutoff, end in ((2, now + 6 * DAY), (None, None)):
        change_cohort(
            cohort=autumn.cohort, wanted={"late_cutoff": cutoff}, by=autumn.owner.user, now=now
        )
        assert end_of(attempt) == end
    close_overdue(now=now)
    assert not Attempt.objects.get().withheld


def test_of_several_classes_the_latest(
    autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime
) -> None:
    MembershipFactory(cohort=autumn.other, user=autumn.learner.user)
    Deadline.objects.create(cohort=autumn.other, quiz=quiz, due_at=now + 5 * DAY)
    attempt = handed_in(autumn.learner, quiz, now)
    assert end_of(attempt) == now + 5 * DAY
    set_due(autumn, quiz, now + 2 * DAY, now)
    assert end_of(attempt) == now + 5 * DAY
    set_due(autumn, quiz, now + 7 * DAY, now)
    assert end_of(attempt) == now + 7 * DAY


def test_the_quizs_own_end_counts_where_it_has_one(
    autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime
) -> None:
    attempt = handed_in(autumn.learner, quiz, now)
    Quiz.objects.update(closes_at=now + timedelta(hours=1))
    assert tell_withheld(now=now + timedelta(hours=1) + GRACE) == 0
    assert tell_withheld(now=now + timedelta(hours=1) + 2 * GRACE) == 1
    assert not Attempt.objects.get(pk=attempt.pk).withheld


def test_what_was_told_before_one_came_into_the_class(
    client: Client, autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime
) -> None:
    new = MembershipFactory(cohort=autumn.cohort, left_at=now)
    attempt = handed_in(new, quiz, now)
    assert not attempt.withheld
    client.force_login(new.user)
    assert EXPLAINED in client.get(attempt.get_results_url()).text
    Membership.objects.filter(pk=new.pk).update(left_at=None)
    for page in (attempt.get_results_url(), quiz.get_absolute_url()):
        text = client.get(page).text
        assert [word for word in (*SECRETS, *SCORES) if word in text] == []


def test_a_date_costs_as_much_for_one_as_for_many(
    autumn: ClassOf, quiz: Quiz, deadline: Deadline, now: datetime
) -> None:
    handed_in(autumn.learner, quiz, now)
    for more in (0, 3):
        for _one in range(more):
            handed_in(MembershipFactory(cohort=autumn.cohort), quiz, now)
        Deadline.objects.update(due_at=now + (more + 2) * DAY)
        with queries(5):
            hold_results(autumn.cohort, [quiz.pk])
