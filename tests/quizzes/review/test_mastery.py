from datetime import timedelta
from random import Random

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress
from courses.mastery import Mastery
from courses.models import Concept, Lesson, Status
from quizzes.models import ReviewCard
from quizzes.review.mastery import Remembered, mastery_by_concept, mastery_of
from tests.factories import ConceptFactory, LessonFactory, TrackFactory
from tests.quiz_factories import QuestionFactory
from tests.review_factories import NOW, CardFactory, due_card

ROADMAP = "/courses/llm-course/scientist/"

CARDS = st.lists(
    st.builds(
        lambda concept, stability, days: Remembered(
            concept,
            stability,
            NOW - timedelta(days=days),
            NOW - timedelta(days=days) + timedelta(days=stability),
        ),
        st.integers(1, 3),
        st.floats(0.001, 3650),
        st.floats(0, 3650),
    ),
    max_size=20,
)


def card(concept: int, stability: float, days: float, *, due: bool = False) -> Remembered:
    due_at = NOW - timedelta(hours=1) if due else NOW + timedelta(days=1)
    return Remembered(concept, stability, NOW - timedelta(days=days), due_at)


def test_by_hand() -> None:
    cards = [
        card(1, 10, 0),  # 1
        card(1, 10, 10, due=True),  # 0.9
        card(1, 10, 20, due=True),  # (1 + 0.98035 × 2) ** -0.1542 = 0.84588
        card(2, 3, 3),  # 0.9
    ]
    assert mastery_by_concept(cards, NOW) == {
        1: Mastery(pytest.approx((1 + 0.9 + 0.84588) / 3, abs=1e-5), 3, 2),
        2: Mastery(pytest.approx(0.9), 1, 0),
    }


@given(CARDS)
def test_bounds_and_counts(cards: list[Remembered]) -> None:
    found = mastery_by_concept(cards, NOW)
    assert set(found) == {card.concept for card in cards}
    assert sum(one.cards for one in found.values()) == len(cards)
    assert sum(one.due for one in found.values()) == sum(card.due_at <= NOW for card in cards)
    assert all(0 < one.recall <= 1 and 0 <= one.due <= one.cards for one in found.values())


@given(CARDS, st.integers(0, 1000))
def test_order_does_not_matter(cards: list[Remembered], seed: int) -> None:
    mixed = Random(seed).sample(cards, len(cards))
    one, other = mastery_by_concept(cards, NOW), mastery_by_concept(mixed, NOW)
    assert {key: (m.cards, m.due) for key, m in one.items()} == {
        key: (m.cards, m.due) for key, m in other.items()
    }
    assert all(one[key].recall == pytest.approx(other[key].recall) for key in one)


@given(CARDS, st.floats(0, 1000))
def test_falls_with_time(cards: list[Remembered], days: float) -> None:
    now, later = (mastery_by_concept(cards, NOW + timedelta(days=d)) for d in (0, days))
    assert all(later[key].recall <= now[key].recall + 1e-12 for key in now)
    assert all(later[key].due >= now[key].due for key in now)


@given(CARDS)
def test_a_card_reviewed_today_raises_it(cards: list[Remembered]) -> None:
    before = mastery_by_concept(cards, NOW)
    after = mastery_by_concept([*cards, card(1, 5, 0)], NOW)
    least = before[1].recall if 1 in before else 1.0
    assert after[1].recall >= least - 1e-12
    assert after[1].cards == (before[1].cards if 1 in before else 0) + 1


@pytest.mark.django_db
class TestOfALearner:
    def test_questions_and_key_fact_count_together(self, learner: User) -> None:
        concept = ConceptFactory(fact_prompt="What?", fact_answer="This.")
        question = QuestionFactory(concept=concept)
        CardFactory(user=learner, question=question, remembered=True, days=8, stability=8.0)
        CardFactory(
            user=learner, fact=True, concept=concept, remembered=True, days=0, stability=8.0
        )
        assert mastery_of(learner, NOW) == {concept.pk: Mastery(pytest.approx(0.95), 2, 1)}

    def test_what_does_not_count(self, learner: User, stranger: User) -> None:
        CardFactory(user=learner)  # new
        due_card(user=learner, suspended_at=NOW)
        due_card(user=learner, question=QuestionFactory(status=Status.ARCHIVED))
        due_card(user=stranger)
        assert mastery_of(learner, NOW) == {}

    def test_times_of_the_database_are_read_as_utc(self, learner: User) -> None:
        made = due_card(user=learner)
        before, at = (
            mastery_of(learner, made.due_at + timedelta(seconds=seconds))[
                made.question.concept_id
            ].due
            for seconds in (-1, 0)
        )
        assert (before, at) == (0, 1)

    @pytest.mark.parametrize("many", [1, 30])
    def test_queries(
        self, learner: User, many: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(many):
            due_card(user=learner)
        with django_assert_num_queries(1):
            assert len(mastery_of(learner, NOW)) == many


@pytest.fixture
def lesson(db: None) -> Lesson:
    track = TrackFactory(slug="scientist")
    return LessonFactory(track=track, title="Quantization", slug="quantization")


@pytest.fixture
def concept(lesson: Lesson) -> Concept:
    return ConceptFactory(lesson=lesson, name="Base techniques", slug="base")


def remembered(user: User, concept: Concept, days: float, stability: float) -> ReviewCard:
    at = timezone.now() - timedelta(days=days, minutes=1)
    return CardFactory(
        user=user,
        question=QuestionFactory(concept=concept),
        remembered=True,
        reviewed_at=at,
        stability=stability,
    )


class TestRoadmap:
    def test_says_recall_with_the_cards_behind_it(
        self, as_learner: Client, learner: User, concept: Concept
    ) -> None:
        remembered(learner, concept, days=10, stability=10.5)
        remembered(learner, concept, days=0, stability=10.0)
        page = as_learner.get(ROADMAP).content.decode()
        assert "<span>Recall 95% · 2 cards</span>" in page
        assert "<span>95% · 2 cards</span>" in page  # of the concept
        assert "How this is computed" in page

    def test_a_done_lesson_with_a_card_due_is_due(
        self, as_learner: Client, learner: User, concept: Concept
    ) -> None:
        remembered(learner, concept, days=10, stability=5.0)
        progress.mark_done(user=learner, lesson=concept.lesson, now=timezone.now())
        page = as_learner.get(ROADMAP).content.decode()
        assert '<li class="stop" data-state="due">' in page
        assert "1 card due" in page
        assert "1 of 1 stones laid" in page

    def test_a_lesson_that_is_not_done_says_what_is_due(
        self, as_learner: Client, learner: User, concept: Concept
    ) -> None:
        remembered(learner, concept, days=10, stability=5.0)
        page = as_learner.get(ROADMAP).content.decode()
        assert '<li class="stop" data-state="next">' in page
        assert "1 card due" in page

    def test_what_was_never_reviewed_has_no_figure(
        self, as_learner: Client, learner: User, concept: Concept
    ) -> None:
        CardFactory(user=learner, question=QuestionFactory(concept=concept))
        progress.mark_done(user=learner, lesson=concept.lesson, now=timezone.now())
        page = as_learner.get(ROADMAP).content.decode()
        assert "Recall 0%" not in page
        assert page.count("Not reviewed yet") == 2  # at the lesson, and beside the trail

    def test_others_memory_is_not_mine(
        self, as_learner: Client, stranger: User, concept: Concept
    ) -> None:
        remembered(stranger, concept, days=10, stability=5.0)
        page = as_learner.get(ROADMAP).content.decode()
        assert ("· 1 card" in page, "card due" in page) == (False, False)

    def test_a_visitor_sees_none_of_it(self, client: Client, concept: Concept) -> None:
        page = client.get(ROADMAP).content.decode()
        assert ("Recall" in page, "reviewed" in page) == (False, False)
