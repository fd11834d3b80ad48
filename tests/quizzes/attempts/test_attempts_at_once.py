"""Several requests of one learner at the same moment."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from courses.models import LessonProgress
from quizzes.attempts import ClosedError, close_overdue, starting
from quizzes.attempts.responses import responses_of
from quizzes.attempts.saving import Saved
from quizzes.attempts.windows import Window
from quizzes.models import AnswerRecord, Attempt, Response, ReviewCard
from tests.at_once import at_once
from tests.quiz_factories import chosen, quiz_with, records_of
from tests.quizzes.attempts.test_attempts import MS, NOW, begin, hand_in, keep, save
from tests.quizzes.attempts.test_checking import look

pytestmark = pytest.mark.django_db(transaction=True)


def test_start_at_once_is_one_attempt(learner: User) -> None:
    quiz = quiz_with(3)
    found = at_once(*[lambda: begin(learner, quiz)] * 6)
    assert set(found) == {Attempt.objects.get()}
    assert Response.objects.count() == 3


def test_same_packet_at_once_is_one_record(learner: User) -> None:
    attempt = begin(learner, quiz_with(1))
    at_once(*[lambda: save(attempt, "a", sequence=MS)] * 6)
    assert records_of(attempt, 1) == [(MS, chosen("a"))]


def test_different_answers_at_once_are_all_kept(learner: User) -> None:
    attempt = begin(learner, quiz_with(1))
    at_once(*[lambda name=name: save(attempt, name) for name in "abcab"])
    assert sorted(answer["chosen"][0] for _, answer in records_of(attempt, 1)) == list("aabbc")


def test_what_was_acknowledged_before_handing_in_is_graded(learner: User) -> None:
    attempt = begin(learner, quiz_with(8))
    saves = [lambda place=place: keep(attempt, "a", position=place) for place in range(1, 9)]
    calls = [*saves[:4], lambda: hand_in(attempt), *saves[4:], lambda: hand_in(attempt)]
    found = at_once(*calls)
    acknowledged = sum(isinstance(one, Saved) and one.late is None for one in found)
    assert AnswerRecord.objects.filter(late=False).count() == acknowledged
    assert AnswerRecord.objects.count() == 8
    assert Response.objects.filter(score=1.0).count() == acknowledged
    assert {one.score for one in found if isinstance(one, Attempt)} == {acknowledged / 8}


def test_starting_while_handing_in_opens_another(learner: User) -> None:
    quiz = quiz_with(1)
    first = begin(learner, quiz)
    found = at_once(lambda: hand_in(first), *[lambda: begin(learner, quiz)] * 3)
    assert Attempt.objects.of(learner).open().count() <= 1
    assert {one.quiz_id for one in found} == {quiz.pk}


def test_handing_in_at_once_is_graded_once(learner: User) -> None:
    attempt = begin(learner, quiz_with(4))
    for place in (1, 2):
        save(attempt, "a", position=place)
    found = at_once(
        *[lambda at=at: hand_in(attempt, NOW + timedelta(seconds=at)) for at in range(6)]
    )
    attempt.refresh_from_db()
    assert {(one.score, one.submitted_at) for one in found} == {(0.5, attempt.submitted_at)}
    assert LessonProgress.objects.get().quiz_score == 0.5
    assert ReviewCard.objects.count() == 2


def test_the_clock_and_its_learner_close_at_once(learner: User) -> None:
    attempt = begin(learner, quiz_with(2, time_limit=1))
    save(attempt, "a", now=NOW)
    late = NOW + timedelta(hours=1)
    calls = [lambda: close_overdue(now=late), lambda: hand_in(attempt, late)]
    at_once(*calls * 3)
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.score) == ("time", 0.5)
    assert attempt.submitted_at == NOW + timedelta(minutes=1)


def test_checking_at_once_in_two_tabs_is_checked_once(learner: User) -> None:
    attempt = begin(learner, quiz_with(1))
    found = at_once(*[lambda name=name: look(attempt, chosen(name)) for name in "abcab"])
    assert sorted(one.late is None for one in found) == [False] * 4 + [True]
    counts = AnswerRecord.objects.get(late=False).answer
    assert attempt.responses.get().answer == counts
    assert AnswerRecord.objects.filter(late=True).count() == 4


def test_saving_while_checking_never_counts_behind_what_was_shown(learner: User) -> None:
    attempt = begin(learner, quiz_with(1))
    saves = [lambda: keep(attempt, "b")] * 3
    at_once(*saves, lambda: look(attempt, chosen("a")), *saves)
    (response,) = responses_of(attempt)
    assert response.answer == response.newest_answer
    assert AnswerRecord.objects.count() == 7


def test_the_last_attempt_is_begun_once(learner: User) -> None:
    quiz = quiz_with(1, attempts_allowed=2)
    hand_in(begin(learner, quiz))
    found = at_once(*[lambda: begin(learner, quiz)] * 5, expected=(ClosedError,))
    assert len(set(found)) == 1
    assert Attempt.objects.count() == 2


def test_who_was_counted_before_another_window_handed_in_gets_no_more(
    learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = quiz_with(1, attempts_allowed=1)
    counted = starting.go_on

    def slow(*args: Any) -> Attempt | Window:
        found = counted(*args)
        monkeypatch.undo()
        hand_in(begin(learner, quiz))
        return found

    monkeypatch.setattr(starting, "go_on", slow)
    with pytest.raises(ClosedError):
        begin(learner, quiz)
    assert Attempt.objects.count() == 1
