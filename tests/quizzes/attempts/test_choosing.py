from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from courses.models import Concept, Lesson, Status
from quizzes.attempts.choosing import choose, fill, supplies
from quizzes.models import Draw, Question, Quiz, Response
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory, QuizFactory, quiz_of
from tests.quizzes.attempts.test_attempts import NOW, begin
from tests.quizzes.sql import queries


@pytest.fixture
def concept(db: None) -> Concept:
    return ConceptFactory()


def draw(quiz: Quiz, source: Concept | Lesson, number: int = 1, **fields: object) -> Draw:
    where = {"concept" if isinstance(source, Concept) else "lesson": source}
    return Draw.objects.create(quiz=quiz, number=number, **where, **fields)


def chosen(quiz: Quiz, seed: int = 1) -> list[Question]:
    return [one.question for one in choose(quiz, now=NOW, rng=Random(seed))]


def given_of(quiz: Quiz) -> list[int]:
    return [supply.given for supply in supplies(quiz, now=NOW)]


def test_the_fixed_list_comes_first_and_is_not_drawn_again(concept: Concept) -> None:
    pool = [QuestionFactory(concept=concept) for _ in range(4)]
    quiz = quiz_of(pool[2], pool[0])
    draw(quiz, concept, 2)
    for seed in range(9):
        found = chosen(quiz, seed)
        assert found[:2] == [pool[2], pool[0]]
        assert set(found[2:]) == {pool[1], pool[3]}


def test_chance_draws(concept: Concept) -> None:
    pool = {QuestionFactory(concept=concept) for _ in range(5)}
    quiz = QuizFactory(lesson=concept.lesson)
    draw(quiz, concept, 2)
    drawn = [tuple(chosen(quiz, seed)) for seed in range(60)]
    assert {one for pair in drawn for one in pair} == pool
    assert all(len(set(pair)) == 2 for pair in drawn)
    assert chosen(quiz, 7) == chosen(quiz, 7)


def test_a_draw_takes_its_difficulty_and_its_lesson(concept: Concept) -> None:
    easy = QuestionFactory(concept=concept, difficulty=1)
    QuestionFactory(concept=concept, difficulty=3)
    QuestionFactory(concept=ConceptFactory(), difficulty=1)
    quiz = QuizFactory(lesson=concept.lesson)
    draw(quiz, concept.lesson, 5, difficulty=1)
    assert chosen(quiz) == [easy]
    assert given_of(quiz) == [1]


@pytest.mark.parametrize(("mode", "number"), [("placement", 1), ("graded", 2), ("practice", 2)])
def test_a_placement_draws_nothing_that_waits_for_a_person(
    concept: Concept, mode: str, number: int
) -> None:
    QuestionFactory(concept=concept)
    QuestionFactory(concept=concept, kind="free", payload=PAYLOADS["free"])
    quiz = QuizFactory(lesson=concept.lesson, mode=mode)
    draw(quiz, concept, 2)
    assert (len(chosen(quiz)), given_of(quiz)) == (number, [number])


def test_only_what_learners_may_be_asked_is_drawn(
    concept: Concept, caplog: pytest.LogCaptureFixture
) -> None:
    lesson = concept.lesson
    sound = QuestionFactory(concept=concept)
    QuestionFactory(concept=concept, status=Status.DRAFT)
    QuestionFactory(concept=ConceptFactory(lesson=lesson, archived=True))
    broken = QuestionFactory(concept=concept, payload={"options": []})
    hidden = ConceptFactory(lesson=LessonFactory(track=lesson.track, status=Status.DRAFT))
    QuestionFactory(concept=hidden)
    quiz = QuizFactory(lesson=lesson)
    draw(quiz, lesson, 9)
    draw(quiz, hidden.lesson, 9)
    assert chosen(quiz) == [sound]
    assert caplog.messages == [f"Question {broken.pk} cannot be asked: its payload is broken."]


def test_overlapping_draws_leave_each_other_what_only_they_can_use(concept: Concept) -> None:
    other = ConceptFactory(lesson=concept.lesson)
    wide = [QuestionFactory(concept=other, difficulty=2) for _ in range(2)]
    narrow = QuestionFactory(concept=concept, difficulty=2)
    quiz = QuizFactory(lesson=concept.lesson)
    draw(quiz, concept.lesson, 2, position=1)
    draw(quiz, concept, 1, position=2)
    for seed in range(12):
        found = chosen(quiz, seed)
        assert set(found[:2]) == set(wide)
        assert found[2:] == [narrow]
    assert given_of(quiz) == [2, 1]


def test_points_go_to_the_response(concept: Concept, learner: User) -> None:
    quiz = quiz_of(QuestionFactory(concept=concept))
    quiz.places.update(points=Decimal("2.50"))
    QuestionFactory(concept=concept)
    draw(quiz, concept, points=Decimal("0.75"))
    begin(learner, quiz)
    points = Response.objects.order_by("position").values_list("points", flat=True)
    assert list(points) == [Decimal("2.50"), Decimal("0.75")]


@pytest.mark.parametrize("number", [1, 5])
def test_choosing_is_two_queries(concept: Concept, number: int) -> None:
    quiz = quiz_of(QuestionFactory(concept=concept))
    for _ in range(number):
        QuestionFactory(concept=concept)
        draw(quiz, concept)
    # Fixed list and draws; what can be drawn.
    with queries(2):
        assert len(chosen(quiz)) == number + 1
    with queries(2):
        assert given_of(quiz) == [1] * number


def most(draws: list[tuple[int, set[int]]], number: int) -> int:
    """By trying everything: the most that can be given."""
    slots = [fits for count, fits in draws for _ in range(count)]

    def best(at: int, free: frozenset[int]) -> int:
        if at == len(slots):
            return 0
        takes = [1 + best(at + 1, free - {one}) for one in slots[at] & free]
        return max([best(at + 1, free), *takes])

    return best(0, frozenset(range(number)))


@given(st.lists(st.tuples(st.integers(1, 2), st.sampled_from(range(4))), max_size=3), st.randoms())
def test_as_many_are_given_as_can_be(wanted: list[tuple[int, int]], rng: Random) -> None:
    """Draw n takes difficulty n, and the draw 0 takes any."""
    draws = [
        Draw(concept_id=1, number=number, difficulty=difficulty or None)
        for number, difficulty in wanted
    ]
    questions = [Question(pk=at, concept_id=1, difficulty=at % 3 + 1) for at in range(5)]
    rng.shuffle(questions)
    found = fill(draws, questions)
    fits = [
        (draw.number, {at for at in range(5) if draw.difficulty in {None, at % 3 + 1}})
        for draw in draws
    ]
    assert len(found) == most(fits, 5)
    assert len({one.pk for _, one in found}) == len(found)
    assert all(draw.difficulty in {None, one.difficulty} for draw, one in found)
