from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from cohorts.mail import stop
from cohorts.models import Cohort, Deadline, Extension, Membership, Reminder
from cohorts.schedule import reminders
from courses.models import LessonProgress, Status
from quizzes.models import Attempt
from tests.class_factories import NOW, ClassOf, MembershipFactory, SubmissionFactory
from tests.cohorts.schedule.planning import due, lesson_in, on, quiz_in, work_in
from tests.quizzes.sql import queries


@pytest.fixture
def essay(autumn: ClassOf) -> Deadline:
    """Due in a day."""
    return due(autumn.cohort, work_in(autumn.cohort, "Essay"), 1)


def people(now: Any = NOW) -> list[int]:
    return sorted(reminders.people_to_remind(now))


def remind(member: Membership, now: Any = NOW) -> bool:
    return reminders.remind(user_id=member.user_id, now=now)


def test_one_mail_about_everything(autumn: ClassOf, essay: Deadline) -> None:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(time_zone="Europe/Berlin")
    MembershipFactory(cohort=autumn.other, user=autumn.learner.user)
    due(autumn.other, lesson_in(autumn.other, "Quantization"), 1.5)
    assert people() == [autumn.learner.user_id]
    assert remind(autumn.learner) is True
    [message] = mail.outbox
    assert (message.to, message.subject) == (
        [autumn.learner.user.email],
        "2 things are due soon",
    )
    assert "Essay (Autumn class)\ndue 22 Nov 2026, 10:00, time of Europe/Berlin\n" in message.body
    assert message.body.index("Essay") < message.body.index("Quantization (Other class)")
    assert f"http://testserver/cohorts/autumn/assignments/{essay.assignment_id}/" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_once_for_each_due_date(autumn: ClassOf, essay: Deadline) -> None:
    assert [remind(autumn.learner), remind(autumn.learner)] == [True, False]
    assert people() == []
    Extension.objects.create(
        deadline=essay, membership=autumn.learner, due_at=on(4), reason="Ill.", given_at=NOW
    )
    assert people() == []
    later = on(2.1)
    assert people(later) == [autumn.learner.user_id]
    assert remind(autumn.learner, later) is True
    assert [row.due_at for row in Reminder.objects.order_by("due_at")] == [on(1), on(4)]


def test_an_extension_is_what_counts(autumn: ClassOf, essay: Deadline) -> None:
    Extension.objects.create(
        deadline=essay, membership=autumn.learner, due_at=on(9), reason="Ill.", given_at=NOW
    )
    other = MembershipFactory(cohort=autumn.cohort)
    assert people() == [other.user_id]


@pytest.mark.parametrize("days", [-0.1, 2.1])
def test_not_too_early_and_not_too_late(autumn: ClassOf, days: float) -> None:
    due(autumn.cohort, work_in(autumn.cohort), days)
    assert (people(), remind(autumn.learner)) == ([], False)


def test_not_of_what_is_done(autumn: ClassOf, essay: Deadline) -> None:
    user = autumn.learner.user
    lesson, quiz = lesson_in(autumn.cohort), quiz_in(autumn.cohort)
    for target in (lesson, quiz):
        due(autumn.cohort, target, 1)
    done = {"started_at": NOW, "last_read_at": NOW, "completed_at": NOW}
    LessonProgress.objects.create(user=user, lesson=lesson, **done)
    Attempt.objects.create(
        user=user, quiz=quiz, seed=1, started_at=NOW, submitted_at=NOW, score=0.0
    )
    assert people() == [user.pk]
    SubmissionFactory(assignment=essay.assignment, membership=autumn.learner)
    assert (people(), remind(autumn.learner)) == ([], False)


def test_not_of_what_nobody_can_do(autumn: ClassOf, essay: Deadline) -> None:
    essay.assignment.published = False  # type: ignore[union-attr]
    essay.assignment.save()  # type: ignore[union-attr]
    due(autumn.cohort, work_in(autumn.cohort), 1, opens_at=on(0.5))
    due(autumn.cohort, quiz_in(autumn.cohort, status=Status.ARCHIVED), 1)
    due(autumn.cohort, lesson_in(autumn.cohort, status=Status.DRAFT), 1)
    assert people() == []


def test_only_active_learners_of_running_classes(autumn: ClassOf, essay: Deadline) -> None:
    assert people() == [autumn.learner.user_id]
    Cohort.objects.update(archived_at=NOW)
    assert (people(), remind(autumn.learner)) == ([], False)


def test_not_to_who_does_not_want_it(autumn: ClassOf, essay: Deadline) -> None:
    stop(autumn.learner.user_id, "reminders")
    assert (people(), remind(autumn.learner)) == ([], False)


@pytest.mark.parametrize(
    ("zone", "awake"), [("Europe/Berlin", True), ("America/Los_Angeles", False)]
)
def test_not_at_night(autumn: ClassOf, essay: Deadline, zone: str, awake: bool) -> None:
    autumn.learner.user.time_zone = zone
    autumn.learner.user.save()
    assert (bool(people()), remind(autumn.learner)) == (awake, awake)


@pytest.mark.parametrize(("hour", "day"), [(6, False), (7, True), (20, True), (21, False)])
def test_the_hours_of_the_day(autumn: ClassOf, hour: int, day: bool) -> None:
    assert reminders.is_day(autumn.learner.user, NOW.replace(hour=hour)) is day


def test_a_mail_that_was_refused_is_tried_again(
    autumn: ClassOf, essay: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(message: EmailMessage) -> int:
        raise SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        with pytest.raises(SMTPServerDisconnected):
            remind(autumn.learner)
    assert people() == [autumn.learner.user_id]
    assert remind(autumn.learner) is True


def test_an_address_that_is_refused_is_not(
    autumn: ClassOf, essay: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(message: EmailMessage) -> int:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with pytest.raises(SMTPRecipientsRefused):
        remind(autumn.learner)
    assert people() == []


def test_one_query_for_all_classes(autumn: ClassOf, essay: Deadline) -> None:
    with queries(1):
        assert len(people()) == 1
    for cohort in (autumn.cohort, autumn.other):
        for _ in range(3):
            MembershipFactory(cohort=cohort)
            due(cohort, work_in(cohort), 1)
    with queries(1):
        assert len(people()) == 7
    with queries(6):
        # person; lock; what waits; written down; classes; their dates
        assert remind(autumn.learner, NOW + timedelta(minutes=1)) is True
