from datetime import datetime, timedelta

import pytest

from accounts.models import User
from courses.models import LessonProgress
from quizzes.attempts import check, rate
from quizzes.attempts.checking import NotTellingError
from quizzes.attempts.saving import Late, Saved
from quizzes.kinds import AnswerError
from quizzes.models import AnswerRecord, Attempt, Response
from tests.quiz_factories import QuestionFactory, chosen, quiz_of, quiz_with
from tests.quizzes.attempts.test_attempts import MS, NOW, begin, hand_in, keep, save
from tests.quizzes.sql import queries

OWN_WORDS = {"model_answer": "Because of the *scale*.", "criteria": ["Names the scale"]}


@pytest.fixture
def attempt(learner: User) -> Attempt:
    return begin(learner, quiz_with(2))


@pytest.fixture
def spoken(learner: User) -> Attempt:
    """An attempt at a question to be answered in one's own words."""
    return begin(learner, quiz_of(QuestionFactory(kind="free", payload=OWN_WORDS)))


def look(
    attempt: Attempt,
    answer: object,
    *,
    position: int = 1,
    now: datetime = NOW,
    sequence: int | None = None,
) -> Saved:
    return check(
        user=attempt.user,
        attempt_id=attempt.pk,
        position=position,
        read=lambda kind, asked: kind.from_json(asked, answer),
        sequence=sequence,
        now=now,
    )


def rated(attempt: Attempt, rating: str, now: datetime = NOW) -> Response:
    return rate(user=attempt.user, attempt_id=attempt.pk, position=1, rating=rating, now=now)


def test_checking_saves_and_grades(attempt: Attempt) -> None:
    saved = look(attempt, chosen("b"))
    response = attempt.responses.get(position=1)
    assert (saved.late, response.answer, response.score) == (None, chosen("b"), 0.0)
    assert (response.checked_at, response.graded_by) == (NOW, "machine")
    assert AnswerRecord.objects.get().answer == chosen("b")


def test_the_first_checked_answer_counts(attempt: Attempt) -> None:
    look(attempt, chosen("b"))
    assert look(attempt, chosen("a")).late is Late.SHOWN
    assert keep(attempt, "a").late is Late.SHOWN
    save(attempt, "a", position=2)
    assert hand_in(attempt).score == 0.5
    assert attempt.responses.get(position=1).answer == chosen("b")


def test_checking_takes_the_newest_answer_whatever_arrives_last(attempt: Attempt) -> None:
    save(attempt, "a", sequence=MS - 10)
    look(attempt, chosen("b"), sequence=MS - 90)
    assert attempt.responses.get(position=1).answer == chosen("a")


def test_what_was_not_checked_counts_at_the_end(attempt: Attempt) -> None:
    look(attempt, chosen("a"), position=2)
    save(attempt, "a", position=1)
    assert hand_in(attempt).score == 1.0


def test_checking_nothing(learner: User) -> None:
    attempt = begin(learner, quiz_of(QuestionFactory(kind="multiple")))
    with pytest.raises(AnswerError, match=r"Answer the question first"):
        look(attempt, chosen(""))
    assert not AnswerRecord.objects.exists()
    assert attempt.responses.get().checked_at is None


@pytest.mark.parametrize(
    ("mode", "feedback", "tells"),
    [
        ("practice", "submitted", True),
        ("graded", "at-once", True),
        ("graded", "submitted", False),
        ("graded", "closed", False),
        ("placement", "at-once", False),
    ],
)
def test_checking_where_the_quiz_tells_at_once(
    learner: User, mode: str, feedback: str, tells: bool
) -> None:
    attempt = begin(learner, quiz_with(1, mode=mode, feedback=feedback))
    if tells:
        assert look(attempt, chosen("a")).late is None
        return
    with pytest.raises(NotTellingError):
        look(attempt, chosen("a"))
    assert not AnswerRecord.objects.exists()


def test_checking_after_the_end(learner: User) -> None:
    attempt = begin(learner, quiz_with(1, time_limit=1))
    late = NOW + timedelta(hours=1)
    assert look(attempt, chosen("a"), now=late).late is Late.ENDED
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.score) == ("time", 0.0)
    assert attempt.responses.get().checked_at is None


def test_checking_of_another(attempt: Attempt, stranger: User) -> None:
    attempt.user = stranger
    with pytest.raises(Response.DoesNotExist):
        look(attempt, chosen("a"))


def test_checking_is_three_queries(attempt: Attempt) -> None:
    save(attempt, "b", sequence=MS - 9)
    with queries(3):
        look(attempt, chosen("a"))


# In one's own words


def test_own_words_wait_for_a_rating(spoken: Attempt) -> None:
    look(spoken, {"text": "The scale."})
    response = spoken.responses.get()
    assert (response.score, response.graded_by) == (None, "")
    done = hand_in(spoken)
    assert (done.score, done.awaiting) == (0.0, 0)


@pytest.mark.parametrize(("rating", "score"), [("0", 0.0), ("0.5", 0.5), ("1", 1.0)])
def test_a_rating_is_taken_and_can_be_given_anew(
    spoken: Attempt, rating: str, score: float
) -> None:
    look(spoken, {"text": "The scale."})
    rated(spoken, "1")
    rated(spoken, rating)
    response = spoken.responses.get()
    assert (response.score, response.graded_by) == (score, "self")
    assert hand_in(spoken).score == score


def test_a_rating_after_handing_in_reaches_attempt_and_lesson(spoken: Attempt) -> None:
    save_words(spoken)
    hand_in(spoken)
    rated(spoken, "1")
    spoken.refresh_from_db()
    assert (spoken.score, spoken.passed) == (1.0, True)
    assert LessonProgress.objects.get().quiz_passed_at == NOW


def save_words(attempt: Attempt) -> None:
    record = {"sequence": 5, "received_at": NOW, "answer": {"text": "The scale."}}
    AnswerRecord.objects.create(response=attempt.responses.get(), **record)


@pytest.mark.parametrize("rating", ["", "2", "-1", "0.7", "full"])
def test_a_rating_that_is_none(spoken: Attempt, rating: str) -> None:
    look(spoken, {"text": "The scale."})
    with pytest.raises(AnswerError):
        rated(spoken, rating)
    assert spoken.responses.get().score is None


def test_nobody_rates_what_was_not_shown_yet(spoken: Attempt) -> None:
    save_words(spoken)
    with pytest.raises(NotTellingError):
        rated(spoken, "1")


def test_nobody_rates_what_a_machine_grades(attempt: Attempt) -> None:
    look(attempt, chosen("b"))
    with pytest.raises(NotTellingError):
        rated(attempt, "1")


def test_nobody_rates_where_it_counts(learner: User) -> None:
    question = QuestionFactory(kind="free", payload=OWN_WORDS)
    attempt = begin(learner, quiz_of(question, mode="graded", feedback="at-once"))
    look(attempt, {"text": "The scale."})
    with pytest.raises(NotTellingError):
        rated(attempt, "1")
    done = hand_in(attempt)
    assert (done.score, done.awaiting) == (0.0, 1)
    with pytest.raises(NotTellingError):
        rated(attempt, "1")


def test_a_rating_cannot_be_smuggled_in(learner: User) -> None:
    question = QuestionFactory(kind="free", payload=OWN_WORDS)
    attempt = begin(learner, quiz_of(question, mode="graded", feedback="at-once"))
    look(attempt, {"text": "The scale.", "self": 1})
    assert AnswerRecord.objects.get().answer == {"text": "The scale."}
    assert hand_in(attempt).awaiting == 1


def test_a_check_sent_again_grades_nothing_again(spoken: Attempt) -> None:
    for _ in range(2):
        look(spoken, {"text": "The scale."}, sequence=MS - 9)
        rated(spoken, "1")
    saved = look(spoken, {"text": "The scale."}, sequence=MS - 9)
    response = spoken.responses.get()
    assert (saved.late, response.score, response.graded_by) == (None, 1.0, "self")


def test_a_check_sent_again_after_handing_in_grades_nothing_again(attempt: Attempt) -> None:
    keep(attempt, "b", sequence=MS - 9)
    hand_in(attempt)
    Response.objects.update(score=1.0, graded_by="person")
    look(attempt, chosen("b"), sequence=MS - 9)
    response = attempt.responses.get(position=1)
    assert (response.score, response.checked_at) == (1.0, None)
