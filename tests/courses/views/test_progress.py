import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses import progress
from courses.models import (
    Concept,
    ConceptTick,
    Enrolment,
    Lesson,
    LessonProgress,
    Reference,
    ReferenceTick,
    Status,
)
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory, TrackFactory

pytestmark = pytest.mark.django_db

COURSE = "/courses/llm-course/"
LESSON = f"{COURSE}scientist/quantization/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def lesson() -> Lesson:
    lesson = LessonFactory(track=TrackFactory(slug="scientist"), slug="quantization")
    ConceptFactory(lesson=lesson, slug="base")
    ReferenceFactory(lesson=lesson)
    return lesson


@pytest.fixture
def concept() -> Concept:
    return Concept.objects.get()


@pytest.fixture
def reference() -> Reference:
    return Reference.objects.get()


class TestEnrol:
    url = f"{COURSE}enrol/"

    def test_one_click(self, as_learner: Client, learner: User) -> None:
        response = as_learner.post(self.url, {"next": LESSON})
        assert response.url == LESSON
        assert Enrolment.objects.active().get().user == learner

    def test_twice_is_once(self, as_learner: Client) -> None:
        as_learner.post(self.url)
        as_learner.post(self.url)
        assert Enrolment.objects.count() == 1

    def test_looking_at_it_does_not_enrol(self, as_learner: Client) -> None:
        response = as_learner.get(self.url, {"next": LESSON})
        assert f'<input type="hidden" name="next" value="{LESSON}">' in response.content.decode()
        assert Enrolment.objects.count() == 0

    def test_visitor_comes_back_enrolled_to_the_lesson(self, client: Client, learner: User) -> None:
        response = client.get(self.url, {"next": LESSON})
        assert response.url == (
            "/accounts/signup/?next=%2Fcourses%2Fllm-course%2Fenrol%2F%3Fnext%3D%252Fcourses"
            "%252Fllm-course%252Fscientist%252Fquantization%252F"
        )
        client.force_login(learner)
        assert client.get(self.url, {"next": LESSON}).url == LESSON
        assert Enrolment.objects.active().get().user == learner

    def test_next_stays_on_this_site(self, as_learner: Client) -> None:
        assert as_learner.post(self.url, {"next": "https://evil.example/"}).url == COURSE

    def test_unknown_course(self, as_learner: Client) -> None:
        assert as_learner.post("/courses/nothing/enrol/").status_code == 404


class TestLeave:
    url = f"{COURSE}leave/"

    def test_asks_first(self, as_learner: Client) -> None:
        as_learner.post(f"{COURSE}enrol/")
        assert "Your ticks, quizzes and results stay" in as_learner.get(self.url).content.decode()
        assert Enrolment.objects.active().count() == 1

    def test_leaves_and_keeps_progress(
        self, as_learner: Client, learner: User, concept: Concept
    ) -> None:
        progress.tick_concept(user=learner, concept=concept, now=timezone.now())
        assert as_learner.post(self.url).url == COURSE
        assert Enrolment.objects.active().count() == 0
        assert ConceptTick.objects.count() == 1

    def test_who_is_not_enrolled_is_sent_to_the_course(self, as_learner: Client) -> None:
        assert as_learner.get(self.url).url == COURSE

    def test_visitor(self, client: Client) -> None:
        assert client.post(self.url).url == f"/accounts/login/?next={self.url}"


class TestTickConcept:
    def url(self, concept: Concept) -> str:
        return f"/concepts/{concept.pk}/tick/"

    def test_tick_and_untick_without_script(
        self, as_learner: Client, learner: User, concept: Concept
    ) -> None:
        assert as_learner.post(self.url(concept), {"concept": concept.pk}).url == f"{LESSON}#base"
        assert ConceptTick.objects.get().user == learner
        as_learner.post(self.url(concept))
        assert ConceptTick.objects.count() == 0

    def test_with_script_only_the_parts_come_back(
        self, as_learner: Client, concept: Concept
    ) -> None:
        response = as_learner.post(self.url(concept), {"concept": concept.pk}, headers=HTMX)
        page = response.content.decode()
        assert "1 of 1 concepts" in page
        assert page.count('hx-swap-oob="true"') == 2
        assert "<html" not in page

    def test_only_the_concept_of_the_address_is_ticked(
        self, as_learner: Client, lesson: Lesson, concept: Concept
    ) -> None:
        other = ConceptFactory(lesson=lesson)
        as_learner.post(self.url(concept), {"concept": [other.pk]})
        assert ConceptTick.objects.count() == 0

    def test_visitor(self, client: Client, concept: Concept) -> None:
        response = client.post(self.url(concept), headers={"referer": f"http://testserver{LESSON}"})
        assert response.url == f"/accounts/login/?next={LESSON}"

    def test_visitor_with_script_is_sent_to_sign_in(self, client: Client, concept: Concept) -> None:
        before = {"referer": f"http://testserver{LESSON}", **HTMX}
        response = client.post(self.url(concept), {"concept": concept.pk}, headers=before)
        assert response.headers["HX-Redirect"] == f"/accounts/login/?next={LESSON}"
        assert ConceptTick.objects.count() == 0

    def test_a_visitor_from_elsewhere_comes_home(self, client: Client, concept: Concept) -> None:
        before = {"referer": "https://evil.example/courses/"}
        response = client.post(self.url(concept), headers=before)
        assert response.url == "/accounts/login/?next=/"

    def test_a_drafts_concept(self, as_learner: Client, lesson: Lesson, concept: Concept) -> None:
        lesson.status = Status.DRAFT
        lesson.save()
        assert as_learner.post(self.url(concept), {"concept": concept.pk}).status_code == 404
        assert ConceptTick.objects.count() == 0

    def test_an_archived_concept(self, as_learner: Client, concept: Concept) -> None:
        Concept.objects.update(archived=True)
        assert as_learner.post(self.url(concept), {"concept": concept.pk}).status_code == 404

    def test_unknown_concept(self, as_learner: Client) -> None:
        assert as_learner.post("/concepts/999999/tick/", {"concept": 999999}).status_code == 404

    def test_wrong_method(self, as_learner: Client, concept: Concept) -> None:
        assert as_learner.get(self.url(concept)).status_code == 405


class TestTickReference:
    def url(self, reference: Reference) -> str:
        return f"/references/{reference.pk}/tick/"

    def test_tick_and_untick(self, as_learner: Client, reference: Reference) -> None:
        response = as_learner.post(self.url(reference), {"reference": reference.pk}, headers=HTMX)
        assert "1 of 1 so far" in response.content.decode()
        assert ReferenceTick.objects.count() == 1
        as_learner.post(self.url(reference), headers=HTMX)
        assert ReferenceTick.objects.count() == 0

    def test_the_whole_list_without_script(self, as_learner: Client, reference: Reference) -> None:
        response = as_learner.post(f"{LESSON}references/", {"reference": [reference.pk]})
        assert response.url == f"{LESSON}#references"
        assert ReferenceTick.objects.get().reference == reference
        as_learner.post(f"{LESSON}references/")
        assert ReferenceTick.objects.count() == 0

    def test_another_lessons_reference_is_refused(self, as_learner: Client) -> None:
        other = ReferenceFactory()
        as_learner.post(f"{LESSON}references/", {"reference": [other.pk]})
        assert ReferenceTick.objects.count() == 0

    def test_visitor(self, client: Client, reference: Reference) -> None:
        assert client.post(self.url(reference)).status_code == 302
        assert ReferenceTick.objects.count() == 0

    def test_unknown_reference(self, as_learner: Client) -> None:
        assert as_learner.post("/references/999999/tick/").status_code == 404


class TestMarkDone:
    url = f"{LESSON}done/"

    def test_mark_and_undo(self, as_learner: Client) -> None:
        assert as_learner.post(self.url, {"done": "1"}).url == f"{LESSON}#lesson-state"
        assert LessonProgress.objects.get().by_hand
        as_learner.post(self.url)
        assert LessonProgress.objects.get().completed_at is None

    def test_with_script(self, as_learner: Client) -> None:
        page = as_learner.post(self.url, {"done": "1"}, headers=HTMX).content.decode()
        assert "You have finished this lesson" in page
        assert "Undo: not done after all" in page

    def test_visitor(self, client: Client) -> None:
        assert client.post(self.url).url == "/accounts/login/?next=/"

    def test_unknown_lesson(self, as_learner: Client) -> None:
        assert as_learner.post(f"{COURSE}scientist/nothing/done/", {"done": "1"}).status_code == 404

    def test_wrong_method(self, as_learner: Client) -> None:
        assert as_learner.get(self.url).status_code == 405
