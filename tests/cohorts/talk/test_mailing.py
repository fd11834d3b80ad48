"""Who gets an e-mail about what was said in a class, and that nobody gets it twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from cohorts.models import Announcement, MailPreferences, Membership, Role
from cohorts.talk import mailing
from cohorts.tasks import queue_announcement_mails, tell_of_answer
from tests.class_factories import NOW, ClassOf, MembershipFactory
from tests.cohorts.talk.factories import AnnouncementFactory, PostFactory, ThreadFactory
from tests.quizzes.sql import queries

EVERYBODY = {"tess", "asif", "olga", "yi-ting"}


def announced(autumn: ClassOf, **fields: object) -> Announcement:
    return AnnouncementFactory(
        cohort=autumn.cohort, author=autumn.owner.user, mail=True, title="Thursday", **fields
    )


def recipients() -> set[str]:
    return {one.to[0].split("@")[0] for one in mail.outbox}


def test_everybody_in_the_class_but_its_author_once(autumn: ClassOf) -> None:
    announcement = announced(autumn)
    queue_announcement_mails(NOW)
    queue_announcement_mails(NOW + timedelta(minutes=1))
    assert recipients() == EVERYBODY
    assert len(mail.outbox) == len(EVERYBODY)
    announcement.refresh_from_db()
    assert announcement.mailed_at == NOW


def test_the_mail(autumn: ClassOf, settings: Settings) -> None:
    settings.SITE_URL = "https://cairn.example"
    announcement = announced(autumn, body="Bring a **laptop**, see [why](https://a.example).")
    queue_announcement_mails(NOW)
    one = next(one for one in mail.outbox if one.to == ["yi-ting@example.org"])
    assert one.subject == "Thursday · Autumn class"
    begin = (
        "Amara Osei wrote to Autumn class:\n\nThursday\n\n"
        "Bring a laptop, see why (https://a.example).\n\nOn the page of the class:\n"
        f"https://cairn.example/cohorts/autumn/announcements/{announcement.pk}/\n\n-- \n"
    )
    assert one.body.startswith(begin)
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = one.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop.startswith("https://cairn.example/cohorts/mail/stop/")
    assert stop in one.body


@pytest.mark.parametrize(
    "fields",
    [
        {"mail": False},
        {"mailed_at": NOW - timedelta(days=1)},
        {"post_at": NOW + timedelta(seconds=1)},
    ],
)
def test_what_is_not_mailed(autumn: ClassOf, fields: dict[str, object]) -> None:
    AnnouncementFactory(**{"cohort": autumn.cohort, "mail": True} | fields)
    queue_announcement_mails(NOW)
    assert mail.outbox == []


def test_nothing_of_an_archived_class(autumn: ClassOf) -> None:
    announcement = announced(autumn)
    autumn.cohort.archived_at = NOW
    autumn.cohort.save(update_fields=["archived_at"])
    queue_announcement_mails(NOW)
    assert mail.outbox == []
    announcement.refresh_from_db()
    assert announcement.mailed_at is None


def test_nobody_who_wants_none_or_whose_account_is_off(autumn: ClassOf) -> None:
    MailPreferences.objects.create(user=autumn.learner.user, announcements=False)
    MailPreferences.objects.create(user=autumn.observer.user, replies=False)
    autumn.assistant.user.is_active = False
    autumn.assistant.user.save(update_fields=["is_active"])
    announced(autumn)
    queue_announcement_mails(NOW)
    assert recipients() == {"tess", "olga"}


def test_who_leaves_before_the_queue_is_worked_gets_none(
    autumn: ClassOf, settings: Settings
) -> None:
    """So does who stops them, and nobody gets what is deleted meanwhile."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    announcement = announced(autumn)
    queue_announcement_mails(NOW)
    queued = DBTaskResult.objects.filter(task_path="cohorts.tasks.mail_announcement")
    found = sorted(one.args_kwargs["args"] for one in queued)
    members = (autumn.teacher, autumn.assistant, autumn.observer, autumn.learner)
    assert found == sorted([announcement.pk, member.pk] for member in members)

    def sent(member: Membership) -> bool:
        return mailing.mail_announcement(announcement_id=announcement.pk, membership_id=member.pk)

    Membership.objects.filter(pk=autumn.learner.pk).update(left_at=NOW)
    MailPreferences.objects.create(user=autumn.observer.user, announcements=False)
    assert [sent(member) for member in members] == [True, True, False, False]
    announcement.delete()
    assert sent(autumn.teacher) is False


def test_queries_do_not_grow_with_the_class(autumn: ClassOf, settings: Settings) -> None:
    """What is due, marked; its readers; then a row in the queue for each."""
    MembershipFactory.create_batch(3, cohort=autumn.cohort)
    announced(autumn)
    with queries(2 + 1):
        (claimed,) = mailing.claim(NOW)
        assert len(list(mailing.readers(claimed))) == 7


def test_replies_go_to_who_asked_and_who_answered(autumn: ClassOf) -> None:
    silent = MembershipFactory(cohort=autumn.cohort)
    thread = ThreadFactory(cohort=autumn.cohort, author=autumn.learner.user, title="Why?")
    for member in (autumn.teacher, autumn.assistant, autumn.assistant, autumn.left):
        PostFactory(thread=thread, author=member.user)
    newest = PostFactory(thread=thread, author=autumn.teacher.user, body="Because `x`.")
    tell_of_answer.enqueue(newest.pk)
    assert recipients() == {"yi-ting", "asif"}
    assert len(mail.outbox) == 2
    assert silent.user.email not in str(mail.outbox[0].message())
    one = mail.outbox[0]
    assert one.subject == "Answered: Why?"
    assert one.body.startswith("Tess Teacher answered “Why?” in Autumn class:\n\nBecause `x`.")
    assert f"/cohorts/autumn/questions/{thread.pk}/" in one.body


def test_no_reply_to_who_wants_none_nor_of_what_is_hidden(autumn: ClassOf) -> None:
    thread = ThreadFactory(cohort=autumn.cohort, author=autumn.learner.user)
    PostFactory(thread=thread, author=autumn.assistant.user)
    post = PostFactory(thread=thread, author=autumn.teacher.user)
    MailPreferences.objects.create(user=autumn.assistant.user, replies=False)
    tell_of_answer.enqueue(post.pk)
    assert recipients() == {"yi-ting"}
    mail.outbox.clear()
    post.hidden_at = NOW
    post.save(update_fields=["hidden_at"])
    tell_of_answer.enqueue(post.pk)
    assert mail.outbox == []


def test_an_answer_of_a_class_tells_nobody_of_another(autumn: ClassOf) -> None:
    """The asker is in both."""
    MembershipFactory(cohort=autumn.other, user=autumn.learner.user, role=Role.LEARNER)
    Membership.objects.filter(pk=autumn.learner.pk).update(left_at=NOW)
    thread = ThreadFactory(cohort=autumn.cohort, author=autumn.learner.user)
    tell_of_answer.enqueue(PostFactory(thread=thread, author=autumn.teacher.user).pk)
    assert mail.outbox == []
