from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from accounts.models import User
from courses.models import Enrolment, LessonProgress, Status
from quizzes import attempts
from quizzes.attempts import NoQuestionsError, SubmittedError, save_answer, start, submit
from quizzes.kinds import Answer, AnswerError
from quizzes.models import AnswerRecord, Attempt, Question, QuestionVersion, Quiz, Response
from tests.factories import ConceptFactory
from tests.quiz_factories import (
    QuestionFactory,
    attempts_of,
    chosen,
    payload,
    quiz_of,
    quiz_with,
    records_of,
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
    real = attempts.begin

    def beaten(**arguments: Any) -> Attempt:
        Attempt.objects.create(user=learner, quiz=quiz, seed=7, started_at=NOW)
        return real(**arguments)

    monkeypatch.setattr(attempts, "begin", beaten)
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
    # Open attempt; questions; versions: look, insert, look; attempt; responses.
    with queries(7):
        begin(learner, quiz)


def test_start_costs_less_when_the_versions_are_there(
    attempt: Attempt, quiz: Quiz, stranger: User
) -> None:
    with queries(5):
        begin(stranger, quiz)


# Saving


def test_save_appends_to_the_journal(attempt: Attempt) -> None:
    response = save(attempt, "a", sequence=MS - 500)
    assert records_of(attempt, 1) == [(MS - 500, chosen("a"))]
    assert (response.newest_answer, response.newest_sequence, response.newest_at) == (
        chosen("a"),
        MS - 500,
        NOW,
    )
    assert AnswerRecord.objects.get().received_at == NOW


def test_save_changes_nothing_but_the_journal(attempt: Attempt) -> None:
    save(attempt, "a")
    assert set(Response.objects.values_list("answer", "score")) == {(None, None)}


def test_newest_sequence_counts_whatever_arrives_last(attempt: Attempt) -> None:
    save(attempt, "b", sequence=MS - 100)
    late = save(attempt, "c", sequence=MS - 900)
    assert records_of(attempt, 1) == [(MS - 900, chosen("c")), (MS - 100, chosen("b"))]
    assert late.newest_answer == chosen("b")


def test_same_packet_twice_is_one_record(attempt: Attempt) -> None:
    save(attempt, "a", sequence=MS - 1)
    again = save(attempt, "a", sequence=MS - 1, now=NOW + timedelta(seconds=3))
    assert records_of(attempt, 1) == [(MS - 1, chosen("a"))]
    assert again.newest_at == NOW


def test_same_millisecond_in_two_windows_keeps_both(attempt: Attempt) -> None:
    save(attempt, "a", sequence=MS - 1)
    second = save(attempt, "b", sequence=MS - 1)
    assert records_of(attempt, 1) == [(MS - 1, chosen("a")), (MS, chosen("b"))]
    assert second.newest_answer == chosen("b")


def test_save_without_sequence_comes_last(attempt: Attempt) -> None:
    save(attempt, "a", sequence=MS)
    save(attempt, "b")
    save(attempt, "c", now=NOW - timedelta(seconds=1))
    assert records_of(attempt, 1) == [
        (MS, chosen("a")),
        (MS + 1, chosen("b")),
        (MS + 2, chosen("c")),
    ]


def test_save_without_sequence_is_always_new(attempt: Attempt) -> None:
    for name in "aba":
        assert save(attempt, name).newest_answer == chosen(name)
    assert [answer for _, answer in records_of(attempt, 1)] == [chosen(name) for name in "aba"]


def test_clock_far_ahead_cannot_block_later_answers(attempt: Attempt) -> None:
    ahead = MS + 10**12
    save(attempt, "a", sequence=ahead)
    save(attempt, "a", sequence=ahead, now=NOW + timedelta(milliseconds=5))
    later = save(attempt, "b", sequence=MS + 20, now=NOW + timedelta(milliseconds=20))
    assert records_of(attempt, 1) == [(MS, chosen("a")), (MS + 20, chosen("b"))]
    assert later.newest_answer == chosen("b")


def test_save_takes_an_answer_back(learner: User) -> None:
    attempt = begin(learner, quiz_of(QuestionFactory(kind="multiple")))
    save(attempt, "a", sequence=MS - 2)
    assert save(attempt, "", sequence=MS - 1).newest_answer == chosen("")


def test_save_looks_again_when_another_took_its_place(
    attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a waiting request saw before it got the lock may be out of date."""
    save(attempt, "a", sequence=MS - 1)
    real = attempts.locked_response
    calls = []

    def out_of_date_once(*arguments: Any) -> Response:
        found = real(*arguments)
        if not calls:
            found.newest_sequence = found.same_answer = None
        calls.append(found)
        return found

    monkeypatch.setattr(attempts, "locked_response", out_of_date_once)
    save(attempt, "b", sequence=MS - 1)
    assert len(calls) == 2
    assert records_of(attempt, 1) == [(MS - 1, chosen("a")), (MS, chosen("b"))]


def test_save_after_handing_in(attempt: Attempt) -> None:
    hand_in(attempt)
    with pytest.raises(SubmittedError):
        save(attempt, "a")
    assert records_of(attempt, 1) == []


def test_save_to_the_attempt_of_another(attempt: Attempt, stranger: User) -> None:
    with pytest.raises(Response.DoesNotExist):
        save(attempt, "a", user=stranger)
    assert records_of(attempt, 1) == []


@pytest.mark.parametrize("position", [0, 4, 10**30])
def test_save_to_no_question(attempt: Attempt, position: int) -> None:
    with pytest.raises(Response.DoesNotExist):
        save(attempt, "a", position=position)


def test_save_of_no_option(attempt: Attempt) -> None:
    with pytest.raises(AnswerError):
        save(attempt, "z")
    assert records_of(attempt, 1) == []


def test_save_is_two_queries(attempt: Attempt) -> None:
    save(attempt, "b", sequence=MS - 9)
    with queries(2):
        save(attempt, "a", sequence=MS)


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
    # Attempt with its lock; responses with answers; responses written; attempt written.
    with queries(4):
        hand_in(attempt)


def test_outcome_follows_what_was_saved(attempt: Attempt) -> None:
    answer: Answer = chosen("a")
    response = attempt.responses.select_related("version").get(position=1)
    response.answer = answer
    assert attempts.outcome_of(response).score == 1.0
