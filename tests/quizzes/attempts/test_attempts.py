from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from accounts.models import User
from courses.models import Enrolment, LessonProgress, Status
from quizzes.attempts import NoQuestionsError, save_answer, start, starting, submit
from quizzes.attempts.grading import outcome_of
from quizzes.attempts.saving import Saved
from quizzes.kinds import Answer
from quizzes.models import AnswerRecord, Attempt, Question, QuestionVersion, Quiz, Response
from tests.factories import ConceptFactory
from tests.quiz_factories import (
    QuestionFactory,
    attempts_of,
    chosen,
    payload,
    quiz_of,
    quiz_with,
)
from tests.quizzes.sql import queries

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MS = int(NOW.timestamp() * 1000)


def begin(user: User, quiz: Quiz, now: datetime = NOW) -> Attempt:
    return start(user=user, quiz=quiz, now=now, rng=Random(1))


def save(
    attempt: Attempt,
    names: str,
    *,
    position: int = 1,
    sequence: int | None = None,
    now: datetime = NOW,
    user: User | None = None,
) -> Response:
    return keep(attempt, names, position=position, sequence=sequence, now=now, user=user).response


def keep(
    attempt: Attempt,
    names: str,
    *,
    position: int = 1,
    sequence: int | None = None,
    now: datetime = NOW,
    user: User | None = None,
) -> Saved:
    return save_answer(
        user=user or attempt.user,
        attempt_id=attempt.pk,
        position=position,
        read=lambda kind, asked: kind.from_json(asked, chosen(names)),
        sequence=sequence,
        now=now,
    )


def hand_in(attempt: Attempt, now: datetime = NOW) -> Attempt:
    return submit(user=attempt.user, attempt_id=attempt.pk, now=now)


@pytest.fixture
def quiz(db: None) -> Quiz:
    return quiz_with(3)


@pytest.fixture
def attempt(learner: User, quiz: Quiz) -> Attempt:
    return begin(learner, quiz)


# Starting


def test_start_asks_the_questions_of_the_quiz_in_order(learner: User, quiz: Quiz) -> None:
    attempt = begin(learner, quiz)
    assert (attempt.user, attempt.quiz, attempt.started_at) == (learner, quiz, NOW)
    asked = attempt.responses.values_list("position", "version__question", "answer", "score")
    places = quiz.places.values_list("position", "question")
    assert list(asked) == [(position, question, None, None) for position, question in places]


def test_start_keeps_what_the_question_says_now(learner: User) -> None:
    question = QuestionFactory(prompt="Old?")
    begin(learner, quiz_of(question))
    question.prompt = "New?"
    question.save()
    response = Response.objects.select_related("version").get()
    assert (response.version.prompt, response.version.payload) == ("Old?", payload())


def test_start_twice_is_one_attempt(learner: User, quiz: Quiz) -> None:
    first = begin(learner, quiz)
    assert begin(learner, quiz, NOW + timedelta(hours=1)) == first
    assert attempts_of(learner) == 1


def test_start_at_the_same_moment_is_one_attempt(
    learner: User, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other request's attempt appears between looking and writing."""
    real = starting.begin

    def beaten(**arguments: Any) -> Attempt:
        Attempt.objects.create(user=learner, quiz=quiz, seed=7, started_at=NOW)
        return real(**arguments)

    monkeypatch.setattr(starting, "begin", beaten)
    assert begin(learner, quiz).seed == 7
    assert attempts_of(learner) == 1


def test_start_again_after_handing_in_is_a_new_attempt(attempt: Attempt, learner: User) -> None:
    hand_in(attempt)
    assert begin(learner, attempt.quiz) != attempt
    assert attempts_of(learner) == 2


def test_start_of_another_learner_shares_the_versions(
    attempt: Attempt, stranger: User, quiz: Quiz
) -> None:
    begin(stranger, quiz)
    assert QuestionVersion.objects.count() == 3
    assert attempts_of(stranger) == 1


def test_start_leaves_out_what_cannot_be_asked(
    learner: User, caplog: pytest.LogCaptureFixture
) -> None:
    concept = ConceptFactory()
    sound = QuestionFactory(concept=concept)
    broken = QuestionFactory(concept=concept, payload={"options": []})
    quiz = quiz_of(
        broken,
        QuestionFactory(concept=concept, status=Status.DRAFT),
        QuestionFactory(concept=ConceptFactory(lesson=concept.lesson, archived=True)),
        sound,
    )
    attempt = begin(learner, quiz)
    assert [one.version.question for one in attempt.responses.all()] == [sound]
    assert caplog.messages == [f"Question {broken.pk} cannot be asked: its payload is broken."]


def test_start_without_questions(learner: User) -> None:
    quiz = quiz_of(QuestionFactory(status=Status.ARCHIVED))
    with pytest.raises(NoQuestionsError):
        begin(learner, quiz)
    assert attempts_of(learner) == 0


@pytest.mark.parametrize(("shuffle", "seeds"), [(True, 2), (False, 1)])
def test_seed_comes_from_chance_when_the_quiz_shuffles(
    learner: User, stranger: User, shuffle: bool, seeds: int
) -> None:
    quiz = quiz_with(1, shuffle=shuffle)
    chance = Random(1)
    first = start(user=learner, quiz=quiz, now=NOW, rng=chance).seed
    second = start(user=stranger, quiz=quiz, now=NOW, rng=chance).seed
    assert len({first, second}) == seeds
    assert bool(first) is shuffle


@pytest.mark.parametrize("number", [1, 16])
def test_start_costs_the_same_for_many_questions(learner: User, number: int) -> None:
    quiz = quiz_with(number)
    # Open attempt; questions; versions: look, insert; attempt; responses.
    with queries(6):
        begin(learner, quiz)


def test_start_costs_less_when_the_versions_are_there(
    attempt: Attempt, quiz: Quiz, stranger: User
) -> None:
    with queries(5):
        begin(stranger, quiz)


# Handing in


def test_submit_grades_the_newest_answers(attempt: Attempt) -> None:
    save(attempt, "b", position=1, sequence=MS - 9)
    save(attempt, "a", position=1, sequence=MS - 8)
    save(attempt, "b", position=2)
    done = hand_in(attempt, NOW + timedelta(minutes=2))
    assert list(done.responses.values_list("position", "answer", "score")) == [
        (1, chosen("a"), 1.0),
        (2, chosen("b"), 0.0),
        (3, None, 0.0),
    ]
    done.refresh_from_db()
    assert done.score == pytest.approx(1 / 3)
    assert (done.passed, done.submitted_at) == (False, NOW + timedelta(minutes=2))


def test_submit_keeps_no_answer_as_null(attempt: Attempt) -> None:
    hand_in(attempt)
    assert Response.objects.filter(answer__isnull=True).count() == 3


def test_submit_twice_is_graded_once(attempt: Attempt) -> None:
    save(attempt, "a")
    first = hand_in(attempt)
    AnswerRecord.objects.update(answer=chosen("b"))
    second = hand_in(attempt, NOW + timedelta(hours=1))
    assert (second.score, second.submitted_at) == (first.score, NOW)
    assert Response.objects.get(position=1).score == 1.0


@pytest.mark.parametrize(
    ("pass_mark", "right", "passed"), [(67, 2, True), (68, 2, False), (100, 3, True), (1, 0, False)]
)
def test_pass_mark_is_met_by_the_percentage_people_see(
    learner: User, pass_mark: int, right: int, passed: bool
) -> None:
    attempt = begin(learner, quiz_with(3, pass_mark=pass_mark))
    for position in range(1, right + 1):
        save(attempt, "a", position=position)
    assert hand_in(attempt).passed is passed


def test_submit_by_a_clock_behind(attempt: Attempt) -> None:
    assert hand_in(attempt, NOW - timedelta(minutes=1)).submitted_at == NOW


def test_submit_tells_the_lesson(attempt: Attempt, quiz: Quiz, learner: User) -> None:
    for position in (1, 2, 3):
        save(attempt, "a", position=position)
    hand_in(attempt)
    progress = LessonProgress.objects.get(user=learner, lesson=quiz.lesson)
    assert (progress.quiz_score, progress.quiz_passed_at) == (1.0, NOW)
    assert Enrolment.objects.get(user=learner).course == quiz.course


def test_submit_of_a_quiz_without_lesson(learner: User) -> None:
    quiz = quiz_with(1)
    quiz.lesson = None
    quiz.save()
    attempt = begin(learner, quiz)
    save(attempt, "a")
    assert hand_in(attempt).score == 1.0
    assert not LessonProgress.objects.exists()


def test_submit_is_not_moved_by_an_edit(attempt: Attempt) -> None:
    save(attempt, "a")
    for question in Question.objects.all():
        question.payload = payload("b", "ac")
        question.save()
    hand_in(attempt)
    assert Response.objects.get(position=1).score == 1.0


def test_submit_with_an_answer_that_cannot_be_read(
    attempt: Attempt, caplog: pytest.LogCaptureFixture
) -> None:
    save(attempt, "a")
    AnswerRecord.objects.update(answer={"chosen": ["gone"]})
    assert hand_in(attempt).score == 0.0
    response = Response.objects.get(position=1)
    assert caplog.messages == [f"The answer of response {response.pk} cannot be graded."]
    assert response.answer == {"chosen": ["gone"]}


def test_submit_of_another(attempt: Attempt, stranger: User) -> None:
    with pytest.raises(Attempt.DoesNotExist):
        submit(user=stranger, attempt_id=attempt.pk, now=NOW)
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


@pytest.mark.parametrize("number", [1, 16])
def test_submit_costs_the_same_for_many_questions(learner: User, number: int) -> None:
    quiz = quiz_with(number)
    quiz.lesson = None
    quiz.save()
    attempt = begin(learner, quiz)
    # Attempt with its lock; responses with answers; versions; responses and attempt written.
    with queries(5):
        hand_in(attempt)


def test_outcome_follows_what_was_saved(attempt: Attempt) -> None:
    answer: Answer = chosen("a")
    response = attempt.responses.select_related("version").get(position=1)
    response.answer = answer
    assert outcome_of(response).score == 1.0
