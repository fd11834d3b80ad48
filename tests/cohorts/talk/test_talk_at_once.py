"""What a double click and a second worker do: nothing twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from cohorts.models import Post, Report, Thread
from cohorts.talk import asking, mailing, moderating
from cohorts.talk.pace import TooFastError
from cohorts.tasks import queue_announcement_mails
from tests.at_once import at_once
from tests.class_factories import NOW, autumn_class
from tests.cohorts.talk.factories import AnnouncementFactory, PostFactory, ThreadFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_mail_an_announcement_once() -> None:
    autumn = autumn_class()
    AnnouncementFactory(cohort=autumn.cohort, author=autumn.owner.user, mail=True)
    at_once(*[lambda: queue_announcement_mails(NOW)] * 3)
    assert sorted(one.to[0] for one in mail.outbox) == [
        "asif@example.org",
        "olga@example.org",
        "tess@example.org",
        "yi-ting@example.org",
    ]


def test_a_double_click_asks_and_answers_once() -> None:
    autumn = autumn_class()
    lesson = ThreadFactory(cohort=autumn.cohort).lesson
    key = uuid4()
    said = {"member": autumn.learner, "title": "Why?", "body": "", "sent_as": key, "now": NOW}
    first, *others = at_once(*[lambda: asking.ask(lesson=lesson, concept=None, **said)] * 3)
    assert others == [first, first]
    answered = {"member": autumn.teacher, "thread": first, "body": "So.", "sent_as": key}
    posts = at_once(*[lambda: asking.answer(pinned=True, now=NOW, **answered)] * 3)
    assert set(posts) == {Post.objects.get()}
    assert [one.to for one in mail.outbox] == [["yi-ting@example.org"]]


def test_the_pace_holds_at_once() -> None:
    autumn = autumn_class()
    thread = ThreadFactory(cohort=autumn.cohort)
    author = autumn.learner.user
    PostFactory.create_batch(9, author=author, created_at=NOW - timedelta(minutes=1))

    def write() -> object:
        return asking.answer(
            member=autumn.learner, thread=thread, body="x", pinned=False, sent_as=None, now=NOW
        )

    found = at_once(write, write, write, expected=(TooFastError,))
    assert sorted(type(one).__name__ for one in found) == ["Post", "TooFastError", "TooFastError"]


def test_pins_and_reports_at_once() -> None:
    autumn = autumn_class()
    thread = ThreadFactory(cohort=autumn.cohort)
    posts = PostFactory.create_batch(3, thread=thread)
    by = autumn.teacher
    at_once(
        *[
            lambda post=post: moderating.set_pinned(post=post, yes=True, by=by, now=NOW)
            for post in posts
        ]
    )
    assert thread.posts.filter(pinned=True).count() == 1
    at_once(
        *[
            lambda: moderating.report(
                written=thread, by=autumn.learner, reason="It is rude.", now=NOW
            )
        ]
        * 3
    )
    assert Report.objects.count() == 1
    assert Thread.objects.count() == 1
    assert mailing.claim(NOW) == []
