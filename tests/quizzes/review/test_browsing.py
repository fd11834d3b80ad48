import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Lesson
from quizzes.models import ReviewCard
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import QuestionFactory
from tests.quizzes.sql import queries
from tests.review_factories import CardFactory, LogFactory

URL = "/review/cards/"
State = ReviewCard.State

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    return LessonFactory(title="Quantization")


def card(user: User, prompt: str, *, lesson: Lesson | None = None, **fields: object) -> ReviewCard:
    concept = ConceptFactory(lesson=lesson or LessonFactory())
    return CardFactory(
        user=user, question=QuestionFactory(concept=concept, prompt=prompt), **fields
    )


def remembered(user: User, prompt: str, *, days: float, **fields: object) -> ReviewCard:
    at = timezone.now() - timedelta(days=days, minutes=1)
    return card(user, prompt, remembered=True, reviewed_at=at, **fields)


def shown(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{URL}{query}").content.decode()
    return re.findall(r'<div class="serif">(.*?)</div>', page)


class TestList:
    def test_tells_what_is_known_of_each(self, as_learner: Client, learner: User) -> None:
        remembered(learner, "What is *LoRA*?", days=8, stability=9.0, lapses=2, reviews=7)
        page = as_learner.get(URL).content.decode()
        assert "What is <em>LoRA</em>?" in page
        for words in ("Recall 91%", "7 reviews", "Forgotten 2 times", "Comes back on"):
            assert words in page
        assert "Due now</span>" not in page

    def test_a_new_card_has_no_figures(self, as_learner: Client, learner: User) -> None:
        card(learner, "New?")
        page = as_learner.get(URL).content.decode()
        assert "Not reviewed yet" in page
        assert ("Recall" in page, "Start it again" in page) == (False, False)

    def test_what_is_due_first_stands_first(self, as_learner: Client, learner: User) -> None:
        remembered(learner, "later", days=1, stability=20.0)
        remembered(learner, "aside", days=30, stability=1.0, suspended_at=timezone.now())
        remembered(learner, "sooner", days=9, stability=5.0)
        assert shown(as_learner) == ["sooner", "later", "aside"]

    @pytest.mark.parametrize(
        ("state", "found"),
        [
            ("due", ["due"]),
            ("new", ["new"]),
            ("learning", ["learning"]),
            ("review", ["due", "fine"]),
            ("suspended", ["aside"]),
            ("nonsense", ["new", "due", "learning", "fine", "aside"]),
        ],
    )
    def test_by_state(
        self, as_learner: Client, learner: User, state: str, found: list[str]
    ) -> None:
        card(learner, "new", made_at=timezone.now() - timedelta(days=90))
        remembered(learner, "due", days=9, stability=5.0)
        remembered(learner, "fine", days=1, stability=20.0)
        remembered(learner, "aside", days=9, stability=5.0, suspended_at=timezone.now())
        remembered(learner, "learning", days=0, stability=1.0, state=State.RELEARNING)
        assert shown(as_learner, f"?state={state}") == found

    def test_by_lesson(self, as_learner: Client, learner: User, lesson: Lesson) -> None:
        card(learner, "here", lesson=lesson)
        card(learner, "elsewhere")
        fact = ConceptFactory(lesson=lesson, fact_prompt="a fact", fact_answer="x")
        CardFactory(user=learner, fact=True, concept=fact)
        assert sorted(shown(as_learner, f"?lesson={lesson.pk}")) == ["a fact", "here"]

    @pytest.mark.parametrize("lesson_id", ["0", "999999", "x", "%00"])
    def test_a_lesson_that_is_not_there_is_passed_over(
        self, as_learner: Client, learner: User, lesson_id: str
    ) -> None:
        card(learner, "here")
        assert shown(as_learner, f"?lesson={lesson_id}") == ["here"]

    def test_by_words(self, as_learner: Client, learner: User) -> None:
        card(learner, "What is a scale?")
        card(learner, "What is a zero point?")
        fact = ConceptFactory(fact_prompt="SCALE is?", fact_answer="x")
        CardFactory(user=learner, fact=True, concept=fact)
        assert sorted(shown(as_learner, "?q=scale")) == ["SCALE is?", "What is a scale?"]

    def test_nothing_found_says_what_to_do(self, as_learner: Client, learner: User) -> None:
        card(learner, "here")
        page = as_learner.get(f"{URL}?q=nowhere").content.decode()
        assert "No card is like this." in page
        assert "Show all cards" in page

    def test_without_cards(self, as_learner: Client, stranger: User) -> None:
        card(stranger, "not mine")
        page = as_learner.get(URL).content.decode()
        assert "You have no cards yet" in page
        assert "not mine" not in page

    def test_lessons_of_others_cards_are_not_offered(
        self, as_learner: Client, learner: User, stranger: User, lesson: Lesson
    ) -> None:
        card(learner, "mine")
        card(stranger, "not mine", lesson=lesson)
        assert "Quantization" not in as_learner.get(URL).content.decode()

    def test_pages_of_fifty(self, as_learner: Client, learner: User) -> None:
        CardFactory.create_batch(51, user=learner)
        assert (len(shown(as_learner)), len(shown(as_learner, "?page=2"))) == (50, 1)
        assert "51 cards · page 1 of 2" in as_learner.get(URL).content.decode()
        assert len(shown(as_learner, "?page=nonsense")) == 50

    @pytest.mark.parametrize("many", [3, 300])
    def test_queries(self, as_learner: Client, learner: User, many: int) -> None:
        CardFactory.create_batch(many, user=learner, remembered=True)
        with queries(5):  # session, user, lessons, number of cards, cards
            as_learner.get(URL)

    def test_visitor_signs_in_first(self, client: Client) -> None:
        assert client.get(URL).url == f"/accounts/login/?next={URL}"


class TestHistory:
    def test_lists_reviews_and_draws_the_curve(self, as_learner: Client, learner: User) -> None:
        one = remembered(learner, "What?", days=8, stability=8.5)
        first = one.reviewed_at - timedelta(days=3)
        LogFactory(card=one, rating=1, reviewed_at=first, stability=2.0, before={"state": 0})
        LogFactory(card=one, rating=4, seconds=None)
        page = as_learner.get(f"{URL}{one.pk}/").content.decode()
        assert page.index("Easy") < page.index("Again")
        assert "2 reviews lifted it to 100% each, its lowest was 87%, now it is 90%." in page
        assert page.count('r="3.5"') == 2

    def test_a_review_taken_back_is_listed_and_not_drawn(
        self, as_learner: Client, learner: User
    ) -> None:
        one = remembered(learner, "What?", days=8, stability=8.5)
        LogFactory(card=one, undone_at=timezone.now(), stability=99.0)
        LogFactory(card=one)
        page = as_learner.get(f"{URL}{one.pk}/").content.decode()
        assert "Taken back" in page
        assert "one review lifted it to 100%" in page

    def test_the_curve_begins_when_the_card_was_started_again(
        self, as_learner: Client, learner: User
    ) -> None:
        one = remembered(learner, "What?", days=2, stability=8.0)
        before = one.reviewed_at - timedelta(days=300)
        LogFactory(card=one, reviewed_at=before, before={"state": 0})
        LogFactory(card=one, before={"state": 0})
        page = as_learner.get(f"{URL}{one.pk}/").content.decode()
        assert "one review lifted it to 100%" in page

    def test_of_a_card_that_starts_again(self, as_learner: Client, learner: User) -> None:
        one = card(learner, "What?")
        LogFactory(card=one, reviewed_at=timezone.now(), stability=1, difficulty=1)
        page = as_learner.get(f"{URL}{one.pk}/").content.decode()
        assert "The card starts again" in page

    def test_of_a_new_card(self, as_learner: Client, learner: User) -> None:
        page = as_learner.get(f"{URL}{card(learner, 'What?').pk}/").content.decode()
        assert "The curve begins with the first review." in page

    @pytest.mark.parametrize("many", [1, 30])
    def test_queries(self, as_learner: Client, learner: User, many: int) -> None:
        one = remembered(learner, "What?", days=2, stability=8.0)
        LogFactory.create_batch(many, card=one)
        with queries(4):  # session, user, card, reviews
            as_learner.get(f"{URL}{one.pk}/")


class TestActions:
    def test_put_aside_and_taken_back(self, as_learner: Client, learner: User) -> None:
        one = remembered(learner, "What?", days=9, stability=5.0)
        back = f"{URL}?state=due"
        response = as_learner.post(f"{URL}{one.pk}/aside/", {"next": back})
        one.refresh_from_db()
        assert (response.url, one.suspended_at is None) == (back, False)
        page = as_learner.get(URL).content.decode()
        assert "The card is put aside. It will not be asked." in page
        assert "Take it back" in page
        response = as_learner.post(f"{URL}{one.pk}/back/")
        one.refresh_from_db()
        assert (response.url, one.suspended_at, one.stability) == (f"{URL}{one.pk}/", None, 5.0)

    def test_start_again_asks_first(self, as_learner: Client, learner: User) -> None:
        one = remembered(learner, "What?", days=9, stability=5.0)
        page = as_learner.get(f"{URL}{one.pk}/again/?next={URL}").content.decode()
        assert "Start this card again?" in page
        assert f'<input type="hidden" name="next" value="{URL}">' in page
        one.refresh_from_db()
        assert one.state == State.REVIEW

    def test_start_again(self, as_learner: Client, learner: User) -> None:
        one = remembered(learner, "What?", days=9, stability=5.0)
        LogFactory(card=one)
        response = as_learner.post(f"{URL}{one.pk}/again/", {"next": URL})
        one.refresh_from_db()
        assert (response.url, one.state, one.stability) == (URL, State.NEW, None)
        assert one.logs.count() == 1

    def test_no_way_out_of_the_site(self, as_learner: Client, learner: User) -> None:
        one = card(learner, "What?")
        response = as_learner.post(f"{URL}{one.pk}/aside/", {"next": "https://example.org/"})
        assert response.url == f"{URL}{one.pk}/"

    @pytest.mark.parametrize("what", ["", "aside/", "back/", "again/"])
    def test_cards_of_others_do_not_exist(
        self, as_learner: Client, stranger: User, what: str
    ) -> None:
        one = remembered(stranger, "What?", days=9, stability=5.0)
        ask = as_learner.post if what else as_learner.get
        assert ask(f"{URL}{one.pk}/{what}").status_code == 404
        one.refresh_from_db()
        assert (one.state, one.suspended_at) == (State.REVIEW, None)

    @pytest.mark.parametrize("what", ["aside/", "back/"])
    def test_visitors_and_wrong_methods(self, client: Client, learner: User, what: str) -> None:
        one = card(learner, "What?")
        assert client.post(f"{URL}{one.pk}/{what}").url == "/accounts/login/?next=/"
        client.force_login(learner)
        assert client.get(f"{URL}{one.pk}/{what}").status_code == 405
        assert client.post(f"{URL}999999/{what}").status_code == 404
