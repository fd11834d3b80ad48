from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from courses.models import Concept, ConceptTick, Lesson, Status, Track
from quizzes.models import Question, ReviewCard, ReviewPreferences
from quizzes.review.day import Last, Today
from quizzes.review.queue import AHEAD, Limits, Queue, limits_of, queue_of
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import QuestionFactory
from tests.quizzes.sql import queries
from tests.review_factories import CardFactory, due_card

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TODAY = Today(NOW.date())
ROOM = Limits(due=60, new=10)
State = ReviewCard.State


def learning(user: User, minutes: int, **fields: Any) -> ReviewCard:
    """A card being learnt, due `minutes` after NOW."""
    fields = {"state": State.LEARNING, "step": 0, "remembered": True} | fields
    return CardFactory(user=user, due_at=NOW + minutes * MINUTE, **fields)


def queue(user: User, limits: Limits = ROOM, today: Today = TODAY) -> Queue:
    with queries(1):
        return queue_of(user, today, limits, NOW)


def order(user: User, limits: Limits = ROOM, today: Today = TODAY, **how: bool) -> list[int]:
    return [place.card for place in queue(user, limits, today).in_order(**how)]


def question_of(lesson: Lesson) -> Question:
    return QuestionFactory(concept=ConceptFactory(lesson=lesson))


def after(card: ReviewCard) -> Today:
    """A day on which `card` was the last that was reviewed."""
    lesson = (card.concept or card.question.concept).lesson_id
    return Today(NOW.date(), good=1, last=Last(1, card.pk, lesson, undoable=True))


def test_learning_then_due_then_new(learner: User) -> None:
    worst = CardFactory(user=learner, first_score=0.0)
    best = CardFactory(user=learner, first_score=1.0)
    due = due_card(user=learner)
    steps = learning(learner, 0)
    soon = learning(learner, 20)
    learning(learner, 21)
    CardFactory(user=learner, remembered=True, days=0)
    found = order(learner)
    assert found[:2] == [steps.pk, due.pk]
    assert set(found[2:4]) == {worst.pk, best.pk}
    assert found[4:] == [soon.pk]


def test_new_cards_of_a_lesson_the_worst_first(learner: User) -> None:
    concept = ConceptFactory()
    scores = [0.5, 0.0, 1.0]
    made = [
        CardFactory(user=learner, first_score=score, question=QuestionFactory(concept=concept))
        for score in scores
    ]
    assert order(learner) == [made[1].pk, made[0].pk, made[2].pk]


def test_lessons_take_turns(learner: User) -> None:
    one, two = LessonFactory(), LessonFactory()
    ours = [due_card(user=learner, question=question_of(lesson)) for lesson in (one, one, two, two)]
    lessons = [place.lesson for place in queue(learner).in_order()]
    assert lessons in ([one.pk, two.pk] * 2, [two.pk, one.pk] * 2)
    assert queue(learner, today=after(ours[0])).seed == f"{learner.pk}:2026-11-21"
    following = next(queue(learner, today=after(ours[0])).in_order())
    assert following.lesson == two.pk


def test_limits(learner: User) -> None:
    for _ in range(3):
        due_card(user=learner)
        CardFactory(user=learner)
    steps = learning(learner, 0)
    found = queue(learner, Limits(due=2, new=1))
    assert (len(found.due), len(found.new), len(found)) == (2, 0, 3)
    found = queue(learner, Limits(due=5, new=1))
    assert (len(found.due), len(found.new), len(found)) == (3, 1, 5)
    assert order(learner, Limits(0, 0)) == [steps.pk]


@pytest.mark.parametrize(
    ("counted", "new", "more", "limits"),
    [
        (0, 0, 0, Limits(60, 10)),
        (12, 4, 0, Limits(48, 6)),
        (55, 4, 0, Limits(5, 5)),
        (70, 12, 0, Limits(0, 0)),
        (60, 10, 10, Limits(10, 10)),
    ],
)
def test_what_is_left_of_the_limits(counted: int, new: int, more: int, limits: Limits) -> None:
    today = Today(NOW.date(), good=counted, counted=counted, new=new)
    assert limits_of(ReviewPreferences(), today, more) == limits


def test_what_was_just_seen_waits_when_it_is_all_that_is_left(learner: User) -> None:
    card = learning(learner, 9)
    assert order(learner, today=after(card)) == []
    assert order(learner, today=after(card), early=True) == [card.pk]
    other = learning(learner, 10)
    assert order(learner, today=after(card)) == [other.pk]


def hide_question() -> None:
    Question.objects.update(status=Status.ARCHIVED)


def hide_concept() -> None:
    Concept.objects.update(archived=True)


def hide_lesson() -> None:
    Lesson.objects.update(status=Status.DRAFT)


def hide_until_later() -> None:
    Lesson.objects.update(publish_at=NOW + MINUTE)


def hide_track() -> None:
    Track.objects.update(archived=True)


def put_aside() -> None:
    ReviewCard.objects.update(suspended_at=NOW)


@pytest.mark.parametrize(
    "hide", [hide_question, hide_concept, hide_lesson, hide_until_later, hide_track, put_aside]
)
def test_what_cannot_be_read_is_not_asked(learner: User, hide: Any) -> None:
    made = [due_card(user=learner), CardFactory(user=learner), learning(learner, 0)]
    assert sorted(order(learner)) == [card.pk for card in made]
    hide()
    assert order(learner) == []


def test_key_facts_of_ticked_concepts(learner: User, stranger: User) -> None:
    card = due_card(user=learner, fact=True)
    ConceptTick.objects.create(user=stranger, concept=card.concept, ticked_at=NOW)
    assert order(learner) == []
    ConceptTick.objects.create(user=learner, concept=card.concept, ticked_at=NOW)
    assert order(learner) == [card.pk]
    Concept.objects.update(fact_prompt="", fact_answer="")
    assert order(learner) == []


def test_ones_own_cards_alone(learner: User, stranger: User) -> None:
    due_card(user=stranger)
    assert order(learner) == []


def test_due_to_the_microsecond(learner: User) -> None:
    card = due_card(user=learner)
    for due_at, found in [(NOW, [card.pk]), (NOW + timedelta(microseconds=1), [])]:
        ReviewCard.objects.update(due_at=due_at)
        assert order(learner) == found


def test_twenty_minutes_ahead() -> None:
    assert timedelta(minutes=20) == AHEAD
