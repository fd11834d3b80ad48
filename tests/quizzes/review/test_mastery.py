from datetime import timedelta
from random import Random
from statistics import mean

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress
from courses.mastery import Mastery
from courses.models import Concept, Lesson, Status
from quizzes.models import ReviewCard
from quizzes.review.mastery import mastery_of
from quizzes.review.recall import recall_after
from tests.factories import ConceptFactory, LessonFactory, TrackFactory
from tests.quiz_factories import QuestionFactory
from tests.review_factories import NOW, CardFactory, due_card

ROADMAP = "/courses/llm-course/scientist/"


def remembered_at(user: User, concept: Concept, *, days: float, stability: float) -> ReviewCard:
    question = QuestionFactory(concept=concept)
    return CardFactory(
        user=user, question=question, remembered=True, days=days, stability=stability
    )


@pytest.mark.django_db
class TestOfALearner:
    def test_questions_and_key_fact_count_together(self, learner: User) -> None:
        concept = ConceptFactory(fact_prompt="What?", fact_answer="This.")
        question = QuestionFactory(concept=concept)
        CardFactory(user=learner, question=question, remembered=True, days=8, stability=8.0)
        CardFactory(
            user=learner, fact=True, concept=concept, remembered=True, days=0, stability=8.0
        )
        progress.tick_concept(user=learner, concept=concept, now=NOW)
        assert mastery_of(learner, NOW) == {concept.pk: Mastery(pytest.approx(0.95), 2, 1)}

    def test_what_does_not_count(self, learner: User, stranger: User) -> None:
        CardFactory(user=learner)  # new
        due_card(user=learner, suspended_at=NOW)
        due_card(user=learner, question=QuestionFactory(status=Status.ARCHIVED))
        due_card(user=learner, fact=True)  # of a concept that is not ticked any more
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

    def test_by_hand(self, learner: User) -> None:
        """(1 + 0.98035 × days / stability) ** −0.1542, over whole days."""
        concept = ConceptFactory()
        for days in (0.9, 10, 20.5):  # 1, 0.9 and 0.84588
            remembered_at(learner, concept, days=days, stability=10)
        found = mastery_of(learner, NOW)[concept.pk]
        assert (found.recall, found.cards) == (pytest.approx(2.745885 / 3, abs=1e-5), 3)

    def test_agrees_with_the_formula_in_python(self, learner: User) -> None:
        rng = Random(7)
        concepts = ConceptFactory.create_batch(3)
        cards: dict[int, list[tuple[float, float]]] = {concept.pk: [] for concept in concepts}
        for _ in range(60):
            concept = rng.choice(concepts)
            days, stability = rng.choice([0, 1, 8, rng.uniform(0, 900)]), rng.uniform(0.01, 400)
            remembered_at(learner, concept, days=days, stability=stability)
            cards[concept.pk].append((days, stability))
        assert mastery_of(learner, NOW) == {
            concept: Mastery(
                pytest.approx(mean(recall_after(int(days), s) for days, s in pairs)),
                len(pairs),
                sum(days >= s for days, s in pairs),
            )
            for concept, pairs in cards.items()
        }

    def test_falls_with_time(self, learner: User) -> None:
        concept = ConceptFactory()
        remembered_at(learner, concept, days=1, stability=5)
        recalls = [
            mastery_of(learner, NOW + timedelta(days=days))[concept.pk].recall
            for days in (-3, 0, 1, 10, 1000)
        ]
        assert recalls[0] == 1.0  # a clock that was set back
        assert recalls == sorted(set(recalls), reverse=True)

    def test_a_card_reviewed_today_never_lowers_it(self, learner: User) -> None:
        concept = ConceptFactory()
        remembered_at(learner, concept, days=9, stability=5)
        before = mastery_of(learner, NOW)[concept.pk]
        remembered_at(learner, concept, days=0, stability=1)
        after = mastery_of(learner, NOW)[concept.pk]
        assert (after.recall, after.cards) == (pytest.approx((before.recall + 1) / 2), 2)

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
