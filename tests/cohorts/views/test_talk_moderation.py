"""What the staff hides, pins and settles, and what anybody reports to them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.models import LogEntry, Membership, Post, Report, Thread
from tests.class_factories import ClassOf, MembershipFactory
from tests.cohorts.talk.factories import PostFactory, ReportFactory, ThreadFactory
from tests.quizzes.sql import queries

LIST = "/cohorts/autumn/questions/"
REPORTS = "/cohorts/autumn/reports/"


def as_member(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def logged() -> list[tuple[str, str, str]]:
    entries = LogEntry.objects.filter(kind=LogEntry.Kind.TALK).order_by("pk")
    return [(one.what, one.before, one.reason) for one in entries]


@pytest.fixture
def thread(autumn: ClassOf) -> Thread:
    return ThreadFactory(
        cohort=autumn.cohort,
        author=autumn.learner.user,
        title="Why?",
        body="A rude question, isn't it?",
    )


@pytest.fixture
def post(autumn: ClassOf, thread: Thread) -> Post:
    return PostFactory(thread=thread, author=autumn.learner.user, body="A rude answer.")


class TestHiding:
    def test_an_answer_and_back(self, autumn: ClassOf, thread: Thread, post: Post) -> None:
        assistant, url = as_member(autumn.assistant), f"/cohorts/autumn/answers/{post.pk}/hide/"
        Post.objects.update(pinned=True)
        for _ in range(2):
            assert assistant.post(url, {"yes": "1"}).url == f"{LIST}{thread.pk}/"
        other = MembershipFactory(cohort=autumn.cohort)
        for member in (autumn.learner, autumn.observer, other):
            html = page(as_member(member), f"{LIST}{thread.pk}/")
            assert "A rude answer." not in html
            assert "Hidden by the staff" in html
            assert "Pinned answer" not in html
        html = page(assistant, f"{LIST}{thread.pk}/")
        assert "A rude answer." in html
        assert "Show it again" in html
        assistant.post(url)
        assert "A rude answer." in page(as_member(other), f"{LIST}{thread.pk}/")
        assert logged() == [
            ("Answer to “Why?” hidden", "A rude answer.", ""),
            ("Answer to “Why?” shown again", "A rude answer.", ""),
        ]
        entry = LogEntry.objects.first()
        assert entry is not None
        assert (entry.actor, entry.about) == (autumn.assistant.user, autumn.learner)

    def test_a_question(self, autumn: ClassOf, thread: Thread, post: Post) -> None:
        teacher = as_member(autumn.teacher)
        teacher.post(f"{LIST}{thread.pk}/hide/", {"yes": "1"})
        for member in (autumn.learner, autumn.observer):
            reader = as_member(member)
            lesson = f"/cohorts/autumn/lessons/{thread.lesson_id}/"
            for url in (f"{LIST}{thread.pk}/", LIST, f"{LIST}?state=mine", lesson):
                html = page(reader, url)
                assert "A rude question" not in html
                assert "Why?" not in html
        html = page(as_member(autumn.learner), f"{LIST}{thread.pk}/")
        assert "<h1>Hidden question</h1>" in html
        assert "Nobody can answer it now." in html
        assert "A rude answer." in html
        response = teacher.post(f"{LIST}{thread.pk}/", {"body": "Kept answer"})
        assert response.status_code == 422
        assert "Why?" in page(teacher, LIST)
        assert logged() == [("Question “Why?” hidden", "A rude question, isn't it?", "")]
        assert Post.objects.count() == 1

    def test_the_staff_sees_it_in_an_archived_class(self, autumn: ClassOf, post: Post) -> None:
        Post.objects.update(hidden_at=timezone.now())
        autumn.cohort.archived_at = timezone.now()
        autumn.cohort.save(update_fields=["archived_at"])
        assert "A rude answer." in page(as_member(autumn.teacher), f"{LIST}{post.thread_id}/")
        assert "A rude answer." not in page(as_member(autumn.learner), f"{LIST}{post.thread_id}/")


def test_one_answer_is_pinned(autumn: ClassOf, thread: Thread, post: Post) -> None:
    other = PostFactory(thread=thread)
    teacher = as_member(autumn.teacher)
    for one in (post, other):
        teacher.post(f"/cohorts/autumn/answers/{one.pk}/pin/", {"yes": "1"})
        assert [found.pk for found in thread.posts.filter(pinned=True)] == [one.pk]
    teacher.post(f"/cohorts/autumn/answers/{other.pk}/pin/")
    assert not thread.posts.filter(pinned=True).exists()
    assert [what for what, *_ in logged()] == [
        "Answer to “Why?” pinned",
        "Answer to “Why?” pinned",
        "Answer to “Why?” unpinned",
    ]
    Post.objects.update(hidden_at=timezone.now())
    refused = teacher.post(f"/cohorts/autumn/answers/{other.pk}/pin/", {"yes": "1"})
    assert refused.status_code == 403


class TestReporting:
    def test_once_by_each(self, autumn: ClassOf, thread: Thread, post: Post) -> None:
        reporter = MembershipFactory(cohort=autumn.cohort)
        client = as_member(reporter)
        for url in (f"{LIST}{thread.pk}/report/", f"/cohorts/autumn/answers/{post.pk}/report/"):
            assert "A rude" in page(client, url)
            for _ in range(2):
                response = client.post(url, {"reason": "It is rude."})
                assert response.url == f"{LIST}{thread.pk}/"
        found = Report.objects.order_by("pk").values_list("thread", "post", "by", "reason")
        assert list(found) == [
            (thread.pk, None, reporter.user_id, "It is rude."),
            (thread.pk, post.pk, reporter.user_id, "It is rude."),
        ]
        html = page(client, f"{LIST}{thread.pk}/")
        assert html.count("You reported this") == 2
        assert "Report the" not in html

    @pytest.mark.parametrize("reason", ["", " ", "x" * 301, "a\x00b", "a\nb\x07"])
    def test_with_a_reason(self, autumn: ClassOf, thread: Thread, reason: str) -> None:
        client = as_member(MembershipFactory(cohort=autumn.cohort))
        assert client.post(f"{LIST}{thread.pk}/report/", {"reason": reason}).status_code == 422
        assert not Report.objects.exists()

    def test_not_oneself_nor_what_is_hidden(
        self, autumn: ClassOf, thread: Thread, post: Post
    ) -> None:
        sent = {"reason": "It is rude."}
        own = as_member(autumn.learner).post(f"{LIST}{thread.pk}/report/", sent)
        Post.objects.update(hidden_at=timezone.now())
        hidden = as_member(autumn.assistant).post(
            f"/cohorts/autumn/answers/{post.pk}/report/", sent
        )
        assert (own.status_code, hidden.status_code) == (403, 403)
        assert not Report.objects.exists()


class TestSettling:
    def test_as_it_is(self, autumn: ClassOf, thread: Thread) -> None:
        report = ReportFactory(thread=thread, by=autumn.left.user)
        assistant = as_member(autumn.assistant)
        html = page(assistant, REPORTS)
        assert "It is rude." in html
        assert "A rude question, isn&#x27;t it?" in html
        assert "someone who has left" in html
        for _ in range(2):
            assert assistant.post(f"{REPORTS}{report.pk}/settle/").url == REPORTS
        report.refresh_from_db()
        assert report.settled_at is not None
        assert report.settled_by == autumn.assistant.user
        assert "No report waits for you." in page(assistant, REPORTS)
        assert "A rude question" in page(as_member(autumn.observer), f"{LIST}{thread.pk}/")
        assert logged() == [
            ("Report about “Why?” settled, nothing hidden", "", "It is rude."),
        ]

    def test_hiding_settles_all_about_it(self, autumn: ClassOf, thread: Thread, post: Post) -> None:
        first, _second = ReportFactory.create_batch(2, thread=thread, post=post)
        about_question = ReportFactory(thread=thread)
        teacher = as_member(autumn.teacher)
        teacher.post(f"{REPORTS}{first.pk}/settle/", {"hide": "1"})
        assert [one.pk for one in Report.objects.open()] == [about_question.pk]
        post.refresh_from_db()
        thread.refresh_from_db()
        assert post.hidden_at is not None
        assert thread.hidden_at is None

    def test_what_was_reported_stays_in_the_log_when_it_is_rewritten(
        self, autumn: ClassOf, thread: Thread, post: Post
    ) -> None:
        learner, address = as_member(autumn.learner), f"/cohorts/autumn/answers/{post.pk}/edit/"
        learner.post(address, {"body": "Another rude answer."})
        assert logged() == []
        ReportFactory(thread=thread, post=post)
        learner.post(address, {"body": "A kind answer."})
        what = "Changed by its author, after a report: “Why?”"
        assert logged() == [(what, "Another rude answer.", "")]

    def test_a_reported_answer_that_goes_is_in_the_log(self, autumn: ClassOf, post: Post) -> None:
        ReportFactory(thread=post.thread, post=post)
        as_member(autumn.learner).post(f"/cohorts/autumn/answers/{post.pk}/delete/")
        assert logged() == [
            ("Answer to “Why?” deleted by its author, after a report", "A rude answer.", ""),
        ]

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries(self, autumn: ClassOf, thread: Thread, post: Post, number: int) -> None:
        """Session, user, membership; how many, those of the page."""
        for at in range(number):
            ReportFactory(thread=thread, post=post, made_at=timezone.now() - timedelta(hours=at))
        teacher = as_member(autumn.teacher)
        page(teacher, REPORTS)
        with queries(5):
            html = page(teacher, REPORTS)
        assert html.count("A rude answer.") == min(number, 20)
