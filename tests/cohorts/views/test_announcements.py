from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cohorts.models import Announcement, Membership
from cohorts.tasks import queue_announcement_mails
from tests.class_factories import ClassOf, MembershipFactory
from tests.cohorts.talk.factories import AnnouncementFactory
from tests.quizzes.sql import queries

LIST = "/cohorts/autumn/announcements/"
NEW = f"{LIST}new/"
SENT = {"title": "Thursday", "body": "Bring a **laptop**.", "mail": "on"}


def as_member(client: Client, member: Membership) -> Client:
    client.force_login(member.user)
    return client


def page(client: Client, url: str, *, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def teacher(client: Client, autumn: ClassOf) -> Client:
    return as_member(client, autumn.teacher)


class TestWriting:
    def test_posts_now_and_mails_soon(self, teacher: Client, autumn: ClassOf) -> None:
        MembershipFactory.create_batch(2, cohort=autumn.cohort)
        assert "Post to 3 learners" in page(teacher, NEW)
        response = teacher.post(NEW, SENT)
        made = Announcement.objects.get()
        assert response.url == f"{LIST}{made.pk}/"
        assert (made.title, made.author, made.pinned) == ("Thursday", autumn.teacher.user, False)
        assert timezone.now() - made.post_at < timedelta(minutes=1)
        assert mail.outbox == []
        queue_announcement_mails(timezone.now())
        assert len(mail.outbox) == 6

    def test_sent_twice_it_is_posted_once(self, teacher: Client) -> None:
        sent = SENT | {"key": str(uuid4())}
        assert teacher.post(NEW, sent).url == teacher.post(NEW, sent).url
        assert Announcement.objects.count() == 1

    def test_later_by_the_clock_of_the_class(self, teacher: Client, autumn: ClassOf) -> None:
        autumn.cohort.time_zone = "Asia/Taipei"
        autumn.cohort.save(update_fields=["time_zone"])
        assert "that of Asia/Taipei" in page(teacher, NEW)
        day = timezone.now() + timedelta(days=30)
        teacher.post(NEW, SENT | {"post_at": f"{day:%Y-%m-%d}T09:30"})
        made = Announcement.objects.get()
        assert made.post_at == datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)
        assert f"{day.day} {day:%B %Y}, 09:30" in page(teacher, LIST)

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("title", "", "This field is required."),
            ("title", "a\x1bb", "It holds characters that cannot be shown."),
            ("title", "x" * 151, "at most 150 characters"),
            ("body", "[" * 500, "The paragraph has over 400 marks"),
            ("body", "a\x07b", "It holds characters that cannot be shown."),
            ("body", "x " * 10_001, "at most 20000 characters"),
            ("post_at", "2020-01-01T09:00", "This time has passed."),
            ("post_at", "9999-12-31T23:59", "Choose a time within a year."),
            ("post_at", "0001-01-01T00:00", "This time has passed."),
            ("post_at", "tomorrow", "Enter a valid date/time."),
        ],
    )
    def test_what_is_refused_is_kept_on_the_page(
        self, teacher: Client, autumn: ClassOf, field: str, value: str, said: str
    ) -> None:
        autumn.cohort.time_zone = "America/Los_Angeles"
        autumn.cohort.save(update_fields=["time_zone"])
        response = teacher.post(NEW, SENT | {field: value})
        assert response.status_code == 422
        html = response.content.decode()
        assert said in html
        assert "Bring a **laptop**." in html or field == "body"
        assert not Announcement.objects.exists()

    def test_a_preview_posts_nothing(self, teacher: Client) -> None:
        response = teacher.post(NEW, SENT | {"preview": "1"})
        assert response.status_code == 200
        assert "Bring a <strong>laptop</strong>." in response.content.decode()
        assert not Announcement.objects.exists()
        broken = teacher.post(NEW, SENT | {"preview": "1", "body": "[" * 500})
        assert broken.status_code == 200
        assert "The paragraph has over 400 marks" in broken.content.decode()

    def test_editing_says_that_the_mail_is_out(self, teacher: Client, autumn: ClassOf) -> None:
        out = AnnouncementFactory(cohort=autumn.cohort, mail=True, mailed_at=timezone.now())
        edit = f"{LIST}{out.pk}/edit/"
        html = page(teacher, edit)
        assert "The e-mails went out on" in html
        assert 'name="mail"' not in html
        assert 'name="post_at"' not in html
        teacher.post(edit, {"title": "Friday", "body": "New."})
        out.refresh_from_db()
        assert (out.title, out.body, out.mail) == ("Friday", "New.", True)
        assert out.edited_at is not None
        assert "Edited just now" in page(teacher, f"{LIST}{out.pk}/")

    def test_what_is_planned_can_be_moved(self, teacher: Client, autumn: ClassOf) -> None:
        later = timezone.now() + timedelta(days=3)
        planned = AnnouncementFactory(cohort=autumn.cohort, post_at=later, mail=True)
        edit = f"{LIST}{planned.pk}/edit/"
        assert f'value="{later:%Y-%m-%dT%H:%M}"' in page(teacher, edit)
        teacher.post(edit, {"title": "Friday", "body": "New."})
        planned.refresh_from_db()
        assert planned.post_at <= timezone.now()
        assert (planned.edited_at, planned.mail) == (None, False)

    def test_deleting_asks_first(self, teacher: Client, autumn: ClassOf) -> None:
        one = AnnouncementFactory(cohort=autumn.cohort)
        assert "goes from the pages of the class for good" in page(
            teacher, f"{LIST}{one.pk}/delete/"
        )
        assert Announcement.objects.exists()
        assert teacher.post(f"{LIST}{one.pk}/delete/").url == LIST
        assert not Announcement.objects.exists()


class TestReading:
    def test_pinned_first_then_newest(self, client: Client, autumn: ClassOf) -> None:
        for title, pinned, hours in (("Old", True, 9), ("New", False, 1), ("Older", False, 5)):
            AnnouncementFactory(
                cohort=autumn.cohort,
                title=title,
                pinned=pinned,
                post_at=timezone.now() - timedelta(hours=hours),
            )
        AnnouncementFactory(cohort=autumn.other, title="Elsewhere")
        html = page(as_member(client, autumn.learner), LIST)
        titles = [title for title in ("Old", "New", "Older") if f">{title}</a>" in html]
        assert titles == ["Old", "New", "Older"]
        assert sorted(titles, key=lambda title: html.index(f">{title}</a>")) == titles
        assert "Elsewhere" not in html
        assert "Write an announcement" not in html

    def test_what_is_planned_only_teachers_see(self, client: Client, autumn: ClassOf) -> None:
        later = timezone.now() + timedelta(days=3)
        planned = AnnouncementFactory(cohort=autumn.cohort, title="Secret", post_at=later)
        for member in (autumn.learner, autumn.observer, autumn.assistant):
            reader = as_member(client, member)
            assert "Secret" not in page(reader, LIST)
            assert "Secret" not in page(reader, "/cohorts/autumn/")
            page(reader, f"{LIST}{planned.pk}/", status=404)
        assert "Planned for" in page(as_member(client, autumn.teacher), LIST)

    def test_nothing_runs_in_it(self, client: Client, autumn: ClassOf) -> None:
        one = AnnouncementFactory(
            cohort=autumn.cohort, title="<b>x", body="<script>alert(1)</script> [a](javascript:b)"
        )
        reader = as_member(client, autumn.learner)
        for url in (LIST, f"{LIST}{one.pk}/"):
            html = page(reader, url)
            assert "<script>alert" not in html
            assert "<b>x" not in html
            assert 'href="javascript' not in html

    def test_the_author_has_left(self, client: Client, autumn: ClassOf) -> None:
        AnnouncementFactory(cohort=autumn.cohort, author=autumn.left.user)
        AnnouncementFactory(cohort=autumn.cohort, author=autumn.teacher.user)
        html = page(as_member(client, autumn.learner), LIST)
        assert html.count("someone who has left") == 1
        assert "Lars Left" not in html
        assert "Tess Teacher" in html

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries(self, client: Client, autumn: ClassOf, number: int) -> None:
        """Session, user, membership, how many, those of the page."""
        AnnouncementFactory.create_batch(number, cohort=autumn.cohort, author=autumn.teacher.user)
        reader = as_member(client, autumn.learner)
        page(reader, LIST)
        with queries(5):
            html = page(reader, LIST)
        assert html.count("Bring a laptop.") == min(number, 20)
        assert ("Show the next page" in html) is (number > 20)


def test_fields_that_no_browser_sends(teacher: Client) -> None:
    names = ("title", "body", "post_at", "pinned", "mail", "key", "preview")
    for value in ("\0", "9" * 5000, "x" * 100_000, "😀\u202e", "-1", "2026-02-30T25:61"):
        for sent in (dict.fromkeys(names, value), SENT | {"key": value}, SENT | {"pinned": value}):
            assert teacher.post(NEW, sent).status_code in {200, 302, 422}
