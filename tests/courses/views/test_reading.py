from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress
from courses.models import Concept, Course, Lesson, LessonProgress, Status, Track
from tests.factories import (
    ConceptFactory,
    CourseFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TrackFactory,
)

pytestmark = pytest.mark.django_db

COURSE = "/courses/llm-course/"


@pytest.fixture
def lesson() -> Lesson:
    track = TrackFactory(slug="scientist", title="The Scientist")
    return a_lesson(track=track, slug="quantization", title="Quantization")


def a_lesson(**fields: object) -> Lesson:
    lesson = LessonFactory(**fields)
    ConceptFactory(lesson=lesson, slug="base", name="Base techniques", claim="I know the base")
    ReferenceFactory(lesson=lesson, title="An article", author="Ann Author")
    NotebookFactory(title="A notebook").lessons.add(lesson)
    return lesson


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def enrol(user: User) -> None:
    progress.enrol(user=user, course=Course.objects.get(), now=timezone.now())


class TestCourses:
    def test_the_only_course_is_the_page(self, client: Client, lesson: Lesson) -> None:
        assert client.get("/courses/").url == COURSE

    def test_several_are_listed(self, client: Client, lesson: Lesson) -> None:
        CourseFactory(slug="other", title="Another course")
        assert "Another course" in text(client, "/courses/")

    @pytest.mark.parametrize("courses", [2, 4])
    def test_queries(
        self, client: Client, courses: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(courses):
            CourseFactory(slug=f"course-{number}")
        with django_assert_num_queries(1):  # the courses
            client.get("/courses/")

    def test_none_is_said(self, client: Client) -> None:
        assert "There is no course here yet" in text(client, "/courses/")


class TestCourse:
    def test_shows_tracks_and_lessons(self, client: Client, lesson: Lesson) -> None:
        page = text(client, COURSE)
        assert "The Scientist" in page
        assert f'href="{lesson.get_absolute_url()}"' in page

    def test_drafts_are_not_listed(self, client: Client, lesson: Lesson) -> None:
        LessonFactory(track=lesson.track, title="Secret draft", status=Status.DRAFT)
        assert "Secret draft" not in text(client, COURSE)

    @pytest.mark.parametrize("lessons", [1, 3])
    def test_queries(
        self,
        as_learner: Client,
        learner: User,
        lesson: Lesson,
        lessons: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(1, lessons):
            a_lesson(track=TrackFactory())
        enrol(learner)
        as_learner.get(COURSE)
        with django_assert_num_queries(3):  # session, user, deeds
            as_learner.get(COURSE)

    def test_unknown_course(self, client: Client, lesson: Lesson) -> None:
        assert client.get("/courses/nothing/").status_code == 404

    def test_wrong_method(self, client: Client, lesson: Lesson) -> None:
        assert client.post(COURSE).status_code == 405


class TestTrack:
    url = f"{COURSE}scientist/"

    def test_visitor_sees_an_ordered_list(self, client: Client, lesson: Lesson) -> None:
        a_lesson(track=lesson.track, slug="second", title="Second")
        page = text(client, self.url)
        assert page.index('<ol class="trail">') < page.index("Quantization") < page.index("Second")
        assert "0 of 1 concepts" not in page

    def test_learner_sees_where_they_are(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        other = a_lesson(track=lesson.track, slug="second", title="Second")
        progress.mark_done(user=learner, lesson=lesson, now=timezone.now())
        progress.read_lesson(user=learner, lesson_id=other.pk, version=1, now=timezone.now())
        page = text(as_learner, self.url)
        assert "1 of 2 stones laid" in page
        assert page.count('data-state="done"') == 3  # the stop, its tag, the legend
        assert "Continue at Base techniques" in page

    def test_unknown_track(self, client: Client, lesson: Lesson) -> None:
        assert client.get(f"{COURSE}nothing/").status_code == 404

    def test_archived_track(self, client: Client, lesson: Lesson) -> None:
        lesson.track.archived = True
        lesson.track.save()
        assert client.get(self.url).status_code == 404

    @pytest.mark.parametrize("lessons", [1, 3])
    def test_queries(
        self,
        as_learner: Client,
        learner: User,
        lesson: Lesson,
        lessons: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(1, lessons):
            a_lesson(track=lesson.track, slug=f"more-{number}")
        enrol(learner)
        as_learner.get(self.url)
        # session, user, deeds, cards
        with django_assert_num_queries(4):
            as_learner.get(self.url)


class TestLesson:
    url = f"{COURSE}scientist/quantization/"

    def test_visitor_reads_everything_and_finds_no_form(
        self, client: Client, lesson: Lesson
    ) -> None:
        page = text(client, self.url)
        for part in ("Base techniques", "<strong>body</strong>", "An article", "Ann Author"):
            assert part in page
        assert "A notebook" in page
        assert "<form" not in page
        assert f"{COURSE}enrol/?next={self.url}" in page

    def test_learner_finds_ticks_and_the_rule(self, as_learner: Client, lesson: Lesson) -> None:
        page = text(as_learner, self.url)
        assert "I know the base" in page
        assert (
            "A lesson is done when all its concepts are ticked and its quiz is passed, or" in page
        )

    def test_the_rule_without_a_quiz(self, as_learner: Client, lesson: Lesson) -> None:
        lesson.quiz_required = False
        lesson.save()
        assert "A lesson is done when all its concepts are ticked, or when" in text(
            as_learner, self.url
        )

    def test_opening_it_makes_it_the_place_to_continue(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        enrol(learner)
        as_learner.get(self.url)
        assert LessonProgress.objects.get().lesson == lesson

    def test_who_is_not_enrolled_leaves_no_trace(self, as_learner: Client, lesson: Lesson) -> None:
        as_learner.get(self.url)
        assert LessonProgress.objects.count() == 0

    def test_another_learners_ticks_do_not_show(
        self, as_learner: Client, stranger: User, lesson: Lesson
    ) -> None:
        concept = Concept.objects.get()
        progress.tick_concept(user=stranger, concept=concept, now=timezone.now())
        assert "checked" not in text(as_learner, self.url)

    def test_ticks_of_what_is_archived_do_not_count(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        concept, reference = ConceptFactory(lesson=lesson), ReferenceFactory(lesson=lesson)
        progress.tick_concept(user=learner, concept=concept, now=timezone.now())
        progress.tick_reference(user=learner, reference=reference, now=timezone.now())
        for thing in (concept, reference):
            thing.archived = True
            thing.save()
        page = text(as_learner, self.url)
        assert "0 of 1 concepts" in page
        assert "0 of 1 so far" in page

    def test_neighbours(self, client: Client, lesson: Lesson) -> None:
        after = a_lesson(track=lesson.track, slug="after", title="After it")
        assert f'<a href="{after.get_absolute_url()}" rel="next">' in text(client, self.url)
        assert f'<a href="{self.url}" rel="prev">' in text(client, after.get_absolute_url())

    def test_behind_the_last_lesson_the_next_track_begins(
        self, client: Client, lesson: Lesson
    ) -> None:
        course = lesson.track.course
        TrackFactory(course=course, title="Archived", archived=True)
        after, __ = (TrackFactory(course=course, title=title) for title in ("Engineer", "Later"))
        TrackFactory(title="Of another course")
        url = after.get_absolute_url()
        pager = text(client, self.url).partition('class="pager"')[2].partition("</nav>")[0]
        assert f'<a href="{url}"><span>Next track</span>Engineer</a>' in pager
        assert "end of the trail" not in pager
        a_lesson(track=lesson.track, slug="after", title="After it")
        assert url not in text(client, self.url)

    def test_behind_the_last_lesson_of_all_the_trail_ends(
        self, client: Client, lesson: Lesson
    ) -> None:
        last = a_lesson(track=lesson.track, slug="last", title="Last")
        assert "<span>On to</span>The end of the trail" in text(client, last.get_absolute_url())

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
    def test_unpublished_is_not_there(
        self, as_learner: Client, lesson: Lesson, status: str
    ) -> None:
        lesson.status = status
        lesson.save()
        assert as_learner.get(self.url).status_code == 404

    def test_scheduled_is_not_there_before_its_time(self, client: Client, lesson: Lesson) -> None:
        lesson.publish_at = timezone.now() + timedelta(hours=1)
        lesson.save()
        assert client.get(self.url).status_code == 404

    def test_scheduled_is_there_at_its_time(self, client: Client, lesson: Lesson) -> None:
        lesson.publish_at = timezone.now() - timedelta(seconds=1)
        lesson.save()
        assert client.get(self.url).status_code == 200

    def test_editor_sees_the_draft_marked(
        self, client: Client, editor: User, lesson: Lesson
    ) -> None:
        lesson.status = Status.DRAFT
        lesson.save()
        client.force_login(editor)
        assert "Draft: only editors see it" in text(client, self.url)

    def test_only_who_may_edit_it_finds_the_way_to(
        self, client: Client, editor: User, teacher: User, learner: User, lesson: Lesson
    ) -> None:
        way = f'href="/admin/courses/lesson/{lesson.pk}/change/"'
        assert way not in text(client, self.url)
        for person, shown in ((editor, True), (teacher, False), (learner, False)):
            client.force_login(person)
            assert (way in text(client, self.url)) is shown

    def test_nobody_sees_drafts_of_an_archived_track(
        self, client: Client, editor: User, lesson: Lesson
    ) -> None:
        lesson.status = Status.DRAFT
        lesson.save()
        Track.objects.update(archived=True)
        client.force_login(editor)
        assert client.get(self.url).status_code == 404

    def test_nobody_sees_the_archive(self, client: Client, editor: User, lesson: Lesson) -> None:
        lesson.status = Status.ARCHIVED
        lesson.save()
        client.force_login(editor)
        assert client.get(self.url).status_code == 404

    def test_archived_parts_do_not_show(self, client: Client, lesson: Lesson) -> None:
        ConceptFactory(lesson=lesson, name="Gone concept", archived=True)
        ReferenceFactory(lesson=lesson, title="Gone reference", archived=True)
        page = text(client, self.url)
        assert "Gone concept" not in page
        assert "Gone reference" not in page

    def test_unknown_lesson(self, client: Client, lesson: Lesson) -> None:
        assert client.get(f"{COURSE}scientist/nothing/").status_code == 404

    def test_an_edit_shows_at_once(self, client: Client, lesson: Lesson) -> None:
        text(client, self.url)
        concept = Concept.objects.get()
        concept.body = "Now *corrected*."
        concept.save()
        assert "Now <em>corrected</em>." in text(client, self.url)

    def test_wrong_method(self, client: Client, lesson: Lesson) -> None:
        assert client.post(self.url).status_code == 405

    @pytest.mark.parametrize("concepts", [1, 5])
    def test_queries_of_a_learner(
        self,
        as_learner: Client,
        learner: User,
        lesson: Lesson,
        concepts: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for concept in ConceptFactory.create_batch(concepts, lesson=lesson):
            progress.tick_concept(user=learner, concept=concept, now=timezone.now())
        as_learner.get(self.url)
        with django_assert_num_queries(3):  # session, user, marks
            as_learner.get(self.url)

    def test_queries_of_a_visitor(
        self, client: Client, lesson: Lesson, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        text(client, self.url)
        with django_assert_num_queries(0):
            text(client, self.url)

    def test_a_visitors_message_is_not_shared(self, client: Client, lesson: Lesson) -> None:
        shared = text(client, self.url)
        client.post("/accounts/logout/")
        client.cookies["messages"] = "anything"
        text(client, self.url)
        assert text(Client(), self.url) == shared


class TestNotebooks:
    url = f"{COURSE}notebooks/"

    def test_lists_by_category_with_lessons(self, client: Client, lesson: Lesson) -> None:
        NotebookFactory(title="Other notebook", category="Other")
        page = text(client, self.url)
        assert page.index("Tools") < page.index("A notebook") < page.index("Other notebook")
        assert lesson.get_absolute_url() in page

    def test_a_draft_lesson_is_not_named(self, client: Client, lesson: Lesson) -> None:
        lesson.status = Status.DRAFT
        lesson.save()
        assert lesson.title not in text(client, self.url)

    @pytest.mark.parametrize("notebooks", [1, 3])
    def test_queries(
        self,
        as_learner: Client,
        lesson: Lesson,
        notebooks: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        NotebookFactory.create_batch(notebooks)
        as_learner.get(self.url)
        with django_assert_num_queries(2):  # session, user
            as_learner.get(self.url)
