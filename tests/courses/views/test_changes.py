from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import versions
from courses.history.recording import Change, record
from courses.models import Concept, Course, Edition, Lesson, Mark, Revision, Status
from courses.models.content import validate_track_slug
from tests.factories import (
    ConceptFactory,
    CourseFactory,
    LessonFactory,
    ReferenceFactory,
    TrackFactory,
)

pytestmark = pytest.mark.django_db
COURSE = "/courses/llm-course/"
URL = f"{COURSE}changes/"
COMPARE = f"{URL}compare/"
FIRST = datetime(2026, 5, 1, 9, tzinfo=UTC)
Told = Callable[..., None]


@pytest.fixture
def lesson() -> Lesson:
    track = TrackFactory(slug="scientist", title="The Scientist")
    for number, title in enumerate(("Quantization", "Merging"), 1):
        lesson = LessonFactory(track=track, slug=title.lower(), title=title, position=number)
        ConceptFactory(lesson=lesson, slug="base", name="Base", body="A small stone.")
    load(FIRST)
    return Lesson.objects.get(slug="quantization")


def load(now: datetime, source: str = Revision.Source.FILES, **said: Any) -> None:
    record(course=Course.objects.get(), names=None, change=Change(source, **said), now=now)


def edit(lesson: Lesson, body: str, *, days: int = 1, **said: Any) -> None:
    concept = Concept.objects.get(lesson=lesson)
    concept.body = body
    concept.save()
    Lesson.objects.filter(pk=lesson.pk).update(version=lesson.version + days)
    load(FIRST + timedelta(days=days), Revision.Source.EDITOR, **said)


def text(client: Client, url: str = URL, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


class TestCourse:
    def test_a_load_is_one_entry(self, client: Client, lesson: Lesson) -> None:
        page = text(client)
        assert "LLM Course was loaded" in page
        assert "2 lessons, 2 concepts" in page
        assert page.count('class="change"') == 1

    def test_a_change_with_its_note_and_numbers(self, client: Client, lesson: Lesson) -> None:
        edit(lesson, "A large heavy stone.", mark=Mark.NEW, note="Heavier <now>.")
        page = text(client)
        assert "Heavier &lt;now&gt;." in page
        assert "+2 words · −1 word" in page
        assert f'<a href="{COURSE}scientist/quantization/#base">Concept “Base”</a>' in page
        assert page.index("2 May 2026") < page.index("1 May 2026")

    def test_a_new_lesson(self, client: Client, lesson: Lesson) -> None:
        LessonFactory(track=lesson.track, slug="third", title="Third")
        load(FIRST + timedelta(days=1))
        assert "New lesson" in text(client)

    def test_nothing_that_readers_do_not_have(self, client: Client, lesson: Lesson) -> None:
        LessonFactory(track=lesson.track, slug="secret", title="Secret", status=Status.DRAFT)
        edit(lesson, "Said to nobody.", note="Hidden")
        Lesson.objects.filter(slug="quantization").update(status=Status.ARCHIVED)
        lesson.track.save()  # renews
        load(FIRST + timedelta(days=3))
        page = text(client)
        assert "Secret" not in page
        assert "secret" not in page
        assert "Hidden" not in page

    def test_questions_are_counted_and_never_shown(self, client: Client, lesson: Lesson) -> None:
        revision = Revision.objects.get(name="scientist/quantization.yaml")
        rows = [{"slug": "q", "prompt": "The prompt?", "payload": {"right": "The answer"}}]
        Revision.objects.create(
            course=revision.course, name=revision.name, lesson=lesson, public=True, version=1,
            data={**revision.data, "questions": rows}, digest="x", source="editor",
            made_at=FIRST + timedelta(days=1),
        )  # fmt: skip
        for url in (URL, f"{URL}feed/", f"{lesson.get_absolute_url()}changes/"):
            page = text(client, url)
            assert "1 question changed" in page
            assert "The answer" not in page
            assert "The prompt" not in page

    def test_what_was_there_before_history_is_no_news(self, client: Client, lesson: Lesson) -> None:
        Revision.objects.update(source=Revision.Source.OUTSIDE)
        edit(lesson, "A large stone.")
        assert text(client).count('class="change"') == 1

    def test_a_scheduled_lesson_is_told_at_its_time(self, client: Client, lesson: Lesson) -> None:
        later = LessonFactory(
            track=lesson.track, title="Later", publish_at=FIRST + timedelta(days=9)
        )
        load(FIRST + timedelta(days=1))
        assert Revision.objects.get(lesson=later).public is False
        page = text(client)
        assert page.index("10 May 2026") < page.index("Later") < page.index("1 May 2026")

    def test_what_was_changed_before_its_time_is_told_to_nobody(
        self, client: Client, lesson: Lesson
    ) -> None:
        later = LessonFactory(
            track=lesson.track, title="Later", publish_at=FIRST + timedelta(days=5)
        )
        ConceptFactory(lesson=later, slug="base", name="Base", body="Said to nobody.")
        load(FIRST + timedelta(days=1))
        Concept.objects.filter(lesson=later).update(body="Said to all.")
        Lesson.objects.filter(pk=later.pk).update(publish_at=FIRST + timedelta(days=9))
        later.track.save()  # renews
        load(FIRST + timedelta(days=2))
        page = text(client)
        assert page.count("Later</a>") == 1
        assert "6 May 2026" not in page
        assert page.index("10 May 2026") < page.index("New lesson")
        assert "nobody" not in text(client, f"{later.get_absolute_url()}changes/")

    def test_filters(self, client: Client, lesson: Lesson) -> None:
        edit(lesson, "A large stone.", mark=Mark.FIX)
        other = LessonFactory(track=TrackFactory(slug="engineer"), title="Elsewhere")
        load(FIRST + timedelta(days=2))
        assert "Elsewhere" in text(client, f"{URL}?track=engineer")
        assert "Quantization</a>" not in text(client, f"{URL}?track=engineer")
        assert other.title not in text(client, f"{URL}?mark=fix")
        assert "Quantization</a>" in text(client, f"{URL}?mark=fix")
        assert "No change is of this kind." in text(client, f"{URL}?mark=new")

    @pytest.mark.parametrize("query", ["?track=no", "?mark=%00", "?page=99", "?page=x", "?track="])
    def test_odd_queries_show_the_page(self, client: Client, lesson: Lesson, query: str) -> None:
        assert "LLM Course was loaded" in text(client, f"{URL}{query}")

    def test_of_a_long_history_the_beginning_is_not_told_wrongly(
        self, client: Client, lesson: Lesson, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edit(lesson, "A large stone.")
        edit(lesson, "A huge stone.", days=2)
        monkeypatch.setattr("courses.changes.timeline.MOST", 2)
        page = text(client)
        assert page.count('class="change"') == 1
        assert "New lesson" not in page

    def test_it_is_paged(self, client: Client, lesson: Lesson) -> None:
        for day in range(1, 22):
            edit(lesson, f"Stone number {day}.", days=day)
        assert text(client).count('class="change"') == 20
        assert text(client, f"{URL}?page=2").count('class="change"') == 2

    @pytest.mark.parametrize("changes", [1, 3])
    def test_queries(
        self,
        as_learner: Client,
        lesson: Lesson,
        changes: int,
        django_assert_num_queries: DjangoAssertNumQueries,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(versions, "SECONDS", 60)  # however slow the machine is
        for day in range(1, changes + 1):
            edit(lesson, f"Stone number {day}.", days=day)
        # session, user, stamp, course, tracks, lessons, concepts, needs, notebooks, terms; waiting,
        # revisions, what they say; editions
        with django_assert_num_queries(14):
            as_learner.get(URL)
        with django_assert_num_queries(3):  # session, user, editions
            as_learner.get(URL)

    def test_none(self, client: Client) -> None:
        CourseFactory()
        assert "Nothing has changed since the course was put here." in text(client)

    def test_unknown_course(self, client: Client) -> None:
        text(client, "/courses/nothing/changes/", 404)

    def test_wrong_method(self, client: Client, lesson: Lesson) -> None:
        assert client.post(URL).status_code == 405

    @pytest.mark.parametrize("slug", ["changes", "images"])
    def test_no_track_takes_its_address(self, slug: str) -> None:
        with pytest.raises(Exception, match="is the address of another page"):
            validate_track_slug(slug)


class TestLesson:
    url = f"{COURSE}scientist/quantization/changes/"

    def test_each_change_in_full(self, client: Client, lesson: Lesson) -> None:
        edit(lesson, "A *large* stone.", note="Larger.")
        page = text(client, self.url)
        assert '<em><ins data-said="added">large</ins></em> stone.' in page
        assert "Larger." in page
        assert "First published" in page
        assert "Merging" not in page

    def test_anchors_do_not_come_twice(self, client: Client, lesson: Lesson) -> None:
        edit(lesson, "### Heading\n\nText.[^1]\n\n[^1]: Note.")
        page = text(client, self.url)
        assert "Heading" in page
        assert "fn:1" not in page

    def test_the_lesson_links_to_it(self, client: Client, lesson: Lesson) -> None:
        page = text(client, lesson.get_absolute_url())
        assert '<a class="pad" href="changes/">Updated' in page
        assert 'href="../../changes/"' in page

    def test_a_draft_is_not_there(self, client: Client, editor: User, lesson: Lesson) -> None:
        lesson.status = Status.DRAFT
        lesson.save()
        text(client, self.url, 404)
        client.force_login(editor)
        assert "It has not changed since it was put here." in text(client, self.url)

    def test_wrong_method(self, client: Client, lesson: Lesson) -> None:
        assert client.post(self.url).status_code == 405


@pytest.fixture
def edition(lesson: Lesson) -> Edition:
    found = Edition.objects.create(
        course=lesson.track.course, name="2026", made_at=FIRST + timedelta(hours=1)
    )
    found.revisions.set(Revision.objects.all())
    return found


class TestCompare:
    def test_with_today(self, client: Client, lesson: Lesson, edition: Edition) -> None:
        edit(lesson, "A large stone.")
        Lesson.objects.filter(slug="merging").update(status=Status.ARCHIVED)
        LessonFactory(track=lesson.track, slug="new", title="Brand new")
        ReferenceFactory(lesson=lesson, title="A source")
        page = text(client, COMPARE)
        assert "3 lessons are different" in page
        assert 'aria-label="4 words kept, 1 added, 1 removed"' in page
        assert "Reference “A source”" in page
        for title, word in (("Brand new", "New lesson"), ("Merging", "No longer there")):
            assert f"<h3>{title}</h3><span class=" in page
            assert word in page

    def test_the_text_of_one_lesson(self, client: Client, lesson: Lesson, edition: Edition) -> None:
        edit(lesson, "A large stone.")
        assert "<ins" not in text(client, COMPARE)
        url = f"{COMPARE}?from={edition.pk}&to=today&lesson=scientist/quantization.yaml"
        assert '<ins data-said="added">large</ins>' in text(client, url)
        assert "<ins" not in text(client, f"{COMPARE}?lesson=no/such.yaml")

    def test_another_address_of_the_same_lesson(
        self, client: Client, lesson: Lesson, edition: Edition
    ) -> None:
        lesson.slug, lesson.title = "fewer-bits", "Fewer bits"
        lesson.save()
        page = text(client, COMPARE)
        assert "1 lesson is different" in page
        assert "was “Quantization”" in page

    def test_two_editions(self, client: Client, lesson: Lesson, edition: Edition) -> None:
        edit(lesson, "A large stone.")
        other = Edition.objects.create(course=edition.course, name="2027", made_at=FIRST)
        other.revisions.set(Revision.objects.exclude(name="scientist/quantization.yaml"))
        page = text(client, f"{COMPARE}?from={edition.pk}&to={other.pk}")
        assert "No longer there" in page

    def test_nothing_to_compare(self, client: Client, lesson: Lesson, edition: Edition) -> None:
        assert "Both say the same." in text(client, COMPARE)
        twice = f"{COMPARE}?from={edition.pk}&to={edition.pk}"
        assert "That is the same edition twice." in text(client, twice)
        Edition.objects.all().delete()
        edition.course.save()
        assert "There is no edition of this course yet." in text(client, COMPARE)

    @pytest.mark.parametrize("query", ["from=99", "to=99", "from=x", "to=%00", "from=today"])
    def test_an_unknown_edition(self, client: Client, edition: Edition, query: str) -> None:
        page = text(client, f"{COMPARE}?{query}", 404)
        assert f'href="{COMPARE}?from={edition.pk}&amp;to=today"' in page

    def test_only_editors_find_the_way_to_make_one(
        self, client: Client, editor: User, teacher: User, edition: Edition
    ) -> None:
        way = 'href="/admin/courses/edition/add/"'
        assert way not in text(client, COMPARE)
        for person, shown in ((editor, True), (teacher, False)):
            client.force_login(person)
            assert (way in text(client, COMPARE)) is shown

    def test_another_courses_edition(self, client: Client, edition: Edition) -> None:
        other = Edition.objects.create(
            course=CourseFactory(slug="other"), name="Theirs", made_at=FIRST
        )
        assert "Theirs" not in text(client, f"{COMPARE}?from={other.pk}", 404)

    def test_a_new_edition_shows_at_once(self, client: Client, lesson: Lesson) -> None:
        assert "There is no edition" in text(client, COMPARE)
        Edition.objects.create(course=lesson.track.course, name="2026", made_at=FIRST)
        assert "There is no edition" not in text(client, COMPARE)

    def test_no_draft_is_named(self, client: Client, lesson: Lesson, edition: Edition) -> None:
        LessonFactory(track=lesson.track, slug="secret", title="Secret", status=Status.DRAFT)
        load(FIRST + timedelta(days=2))
        edition.revisions.add(Revision.objects.get(name="scientist/secret.yaml"))
        page = text(client, COMPARE)
        assert "Secret" not in page
        assert "secret" not in page

    def test_wrong_method(self, client: Client, edition: Edition) -> None:
        assert client.post(COMPARE).status_code == 405
