from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from courses.models import LessonProgress
from quizzes.attempts import ends
from quizzes.attempts.ends import close_overdue, deadline_of, is_over, submit
from quizzes.models import AnswerRecord, Attempt, Quiz, Response, ReviewCard
from tests.quiz_factories import QuestionFactory, chosen, quiz_of, quiz_with
from tests.quizzes.attempts.test_attempts import NOW, begin, hand_in, save

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def timed(db: None) -> Quiz:
    return quiz_with(3, time_limit=10, grace=30)


@pytest.fixture
def attempt(learner: User, timed: Quiz) -> Attempt:
    return begin(learner, timed)


@pytest.mark.parametrize(
    ("limit", "closes", "end"),
    [
        (None, None, None),
        (10, None, 10 * MINUTE),
        (None, 5 * MINUTE, 5 * MINUTE),
        (10, 5 * MINUTE, 5 * MINUTE),
        (10, 15 * MINUTE, 10 * MINUTE),
    ],
)
def test_the_end_is_the_earlier_of_limit_and_window(
    limit: int | None, closes: timedelta | None, end: timedelta | None
) -> None:
    quiz = Quiz(time_limit=limit, closes_at=closes and NOW + closes)
    assert deadline_of(quiz, NOW) == (end and NOW + end)


def test_the_end_is_set_at_the_start_and_moved_by_no_edit(attempt: Attempt, timed: Quiz) -> None:
    assert attempt.deadline_at == NOW + 10 * MINUTE
    timed.time_limit = 1
    timed.save()
    attempt.refresh_from_db()
    assert attempt.deadline_at == NOW + 10 * MINUTE


@pytest.mark.parametrize(
    ("after", "over"), [(0, False), (600, False), (629, False), (630, False), (630.001, True)]
)
def test_an_attempt_is_over_after_its_grace(attempt: Attempt, after: float, over: bool) -> None:
    assert is_over(attempt, NOW + timedelta(seconds=after)) is over


@pytest.mark.parametrize(
    ("after", "at", "by"),
    [
        (60, 60, "learner"),
        (600, 600, "learner"),
        (630, 630, "learner"),
        (631, 600, "time"),
        (86_400, 600, "time"),
    ],
)
def test_handing_in_around_the_end(attempt: Attempt, after: int, at: int, by: str) -> None:
    save(attempt, "a", now=NOW + SECOND)
    done = hand_in(attempt, NOW + timedelta(seconds=after))
    done.refresh_from_db()
    assert (done.submitted_at, done.closed_by) == (NOW + timedelta(seconds=at), by)
    assert done.score == pytest.approx(1 / 3)


def test_the_clock_closes_with_what_was_saved_in_time(attempt: Attempt) -> None:
    save(attempt, "a", position=1, now=NOW + 9 * MINUTE)
    save(attempt, "a", position=2, now=NOW + 10 * MINUTE + 30 * SECOND)
    late = NOW + 11 * MINUTE
    assert close_overdue(now=NOW + 10 * MINUTE + 30 * SECOND) == 0
    assert close_overdue(now=late) == 1
    save(attempt, "a", position=3, now=late)
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.submitted_at) == ("time", NOW + 10 * MINUTE)
    scores = Response.objects.order_by("position").values_list("score", flat=True)
    assert list(scores) == [1.0, 1.0, 0.0]
    assert AnswerRecord.objects.filter(late=True).count() == 1


def test_a_late_save_closes_the_attempt_itself(attempt: Attempt) -> None:
    save(attempt, "a", now=NOW + MINUTE)
    save(attempt, "b", now=NOW + 20 * MINUTE)
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.responses.get(position=1).answer) == ("time", chosen("a"))


def test_closing_again_changes_nothing(attempt: Attempt) -> None:
    late = NOW + 20 * MINUTE
    assert [close_overdue(now=late), close_overdue(now=late)] == [1, 0]
    assert submit(user=attempt.user, attempt_id=attempt.pk, now=late + MINUTE).closed_by == "time"


def test_one_that_cannot_be_closed_stops_no_other(
    attempt: Attempt, stranger: User, timed: Quiz, caplog: pytest.LogCaptureFixture
) -> None:
    AnswerRecord.objects.create(
        response=attempt.responses.get(position=1), sequence=1, answer=7, received_at=NOW
    )
    other = begin(stranger, timed, NOW + SECOND)
    assert close_overdue(now=NOW + 20 * MINUTE) == 1
    assert list(Attempt.objects.open()) == [attempt]
    assert caplog.messages == [f"Attempt {attempt.pk} cannot be ended."]
    other.refresh_from_db()
    assert other.closed_by == "time"


def test_only_so_many_are_closed_at_once(attempt: Attempt, stranger: User, timed: Quiz) -> None:
    begin(stranger, timed, NOW + SECOND)
    assert close_overdue(now=NOW + 20 * MINUTE, limit=1) == 1
    assert [one.user for one in Attempt.objects.open()] == [stranger]


def test_ones_that_cannot_be_closed_take_no_others_turn(
    attempt: Attempt, stranger: User, timed: Quiz, caplog: pytest.LogCaptureFixture
) -> None:
    AnswerRecord.objects.create(
        response=attempt.responses.get(position=1), sequence=1, answer=7, received_at=NOW
    )
    begin(stranger, timed, NOW + SECOND)
    assert close_overdue(now=NOW + 20 * MINUTE, limit=1) == 1
    assert list(Attempt.objects.open()) == [attempt]
    assert len(caplog.messages) == 1


def test_ones_that_cannot_be_told_take_no_others_turn(
    learner: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = quiz_with(1, mode="graded", feedback="closed", closes_at=NOW + MINUTE)
    first, _second = sorted(
        [hand_in(begin(one, quiz)) for one in (learner, stranger)], key=lambda one: one.pk
    )
    whole = ends.tell

    def fails(attempt: Attempt, *args: Any, **kwargs: Any) -> None:
        if attempt == first:
            raise ValueError
        whole(attempt, *args, **kwargs)

    monkeypatch.setattr(ends, "tell", fails)
    assert ends.tell_withheld(now=NOW + 2 * MINUTE, limit=1) == 1
    assert list(Attempt.objects.filter(withheld=True)) == [first]


def test_attempts_without_an_end_stay_open(learner: User) -> None:
    begin(learner, quiz_with(1))
    assert close_overdue(now=NOW + timedelta(days=999)) == 0


# Results that are withheld


@pytest.fixture
def withheld(learner: User) -> Attempt:
    quiz = quiz_with(2, mode="graded", feedback="closed", closes_at=NOW + 60 * MINUTE, grace=30)
    attempt = begin(learner, quiz)
    for position in (1, 2):
        save(attempt, "a", position=position)
    return hand_in(attempt, NOW + MINUTE)


def told() -> tuple[int, int]:
    return LessonProgress.objects.count(), ReviewCard.objects.count()


def test_nobody_is_told_before_the_quiz_tells(withheld: Attempt) -> None:
    assert withheld.withheld
    close_overdue(now=NOW + 60 * MINUTE + 30 * SECOND)
    assert told() == (0, 0)


def test_the_clock_tells_once_the_quiz_has_closed(withheld: Attempt) -> None:
    after = NOW + 61 * MINUTE
    assert [ends.tell_withheld(now=after), ends.tell_withheld(now=after)] == [1, 0]
    assert told() == (1, 2)
    assert LessonProgress.objects.get().quiz_score == 1.0
    withheld.refresh_from_db()
    assert not withheld.withheld


def test_an_editor_who_changes_the_policy_lets_it_out(withheld: Attempt) -> None:
    Quiz.objects.update(feedback="submitted")
    close_overdue(now=NOW + 2 * MINUTE)
    assert told() == (1, 2)


# Seconds and points


def test_seconds_run_from_the_answer_before(learner: User) -> None:
    attempt = begin(learner, quiz_with(4))
    save(attempt, "b", position=2, now=NOW + 10 * SECOND)
    save(attempt, "b", position=1, now=NOW + 12 * SECOND)
    save(attempt, "a", position=1, now=NOW + 25 * SECOND)
    save(attempt, "a", position=4, now=NOW + 31 * SECOND)
    hand_in(attempt, NOW + MINUTE)
    seconds = attempt.responses.order_by("position").values_list("seconds", flat=True)
    assert list(seconds) == [15.0, 10.0, None, 6.0]


def test_an_answer_taken_back_took_no_time(learner: User) -> None:
    attempt = begin(learner, quiz_of(QuestionFactory(kind="multiple")))
    save(attempt, "a", now=NOW + SECOND)
    save(attempt, "", now=NOW + 2 * SECOND)
    hand_in(attempt)
    assert attempt.responses.get().seconds is None


def test_points_weigh(learner: User) -> None:
    quiz = quiz_with(2, pass_mark=75)
    quiz.places.filter(position=1).update(points=3)
    attempt = begin(learner, quiz)
    save(attempt, "a", position=1)
    done = hand_in(attempt)
    assert (done.score, done.passed) == (0.75, True)


@pytest.mark.parametrize(
    ("counts", "expected"), [("best", 1.0), ("last", 0.0), ("first", 0.5), ("mean", 0.5)]
)
def test_the_lesson_hears_what_counts(learner: User, counts: str, expected: float) -> None:
    quiz = quiz_with(2, counts=counts)
    for day, names in enumerate(["ab", "aa", "bb"]):
        at = NOW + timedelta(days=day)
        attempt = begin(learner, quiz, at)
        for position, name in enumerate(names, 1):
            save(attempt, name, position=position, now=at)
        hand_in(attempt, at + SECOND)
    progress = LessonProgress.objects.get()
    assert progress.quiz_score == expected
    assert bool(progress.quiz_passed_at) is (counts != "first")


def test_answered_questions_become_cards(learner: User, attempt: Attempt) -> None:
    save(attempt, "b", position=2)
    hand_in(attempt, NOW + MINUTE)
    card = ReviewCard.objects.get()
    question = attempt.responses.get(position=2).version.question_id
    assert (card.user, card.question_id, card.first_score) == (learner, question, 0.0)
