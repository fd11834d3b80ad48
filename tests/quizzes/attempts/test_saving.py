"""Every answer is kept, once, and the newest counts."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from quizzes.attempts import FullError, saving
from quizzes.attempts.saving import LATE_KEPT, Late
from quizzes.kinds import AnswerError
from quizzes.models import AnswerRecord, Attempt, Response
from tests.quiz_factories import QuestionFactory, chosen, quiz_of, quiz_with, records_of
from tests.quizzes.attempts.test_attempts import MS, NOW, begin, hand_in, keep, save
from tests.quizzes.sql import queries


@pytest.fixture
def attempt(learner: User) -> Attempt:
    return begin(learner, quiz_with(3))


def lates(attempt: Attempt) -> list[tuple[int, bool]]:
    """What the journal of the first question holds, and which of it is late."""
    records = AnswerRecord.objects.filter(response__attempt=attempt, response__position=1)
    return list(records.order_by("sequence").values_list("sequence", "late"))


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
    real = saving.locked_response
    calls = []

    def out_of_date_once(*arguments: Any) -> Response:
        found = real(*arguments)
        if not calls:
            found.newest_sequence = found.same_answer = None
            found.highest_sequence = 0
        calls.append(found)
        return found

    monkeypatch.setattr(saving, "locked_response", out_of_date_once)
    save(attempt, "b", sequence=MS - 1)
    assert len(calls) == 2
    assert records_of(attempt, 1) == [(MS - 1, chosen("a")), (MS, chosen("b"))]


def test_save_after_handing_in_is_kept_and_does_not_count(attempt: Attempt) -> None:
    save(attempt, "a", sequence=MS - 9)
    hand_in(attempt)
    saved = keep(attempt, "b", sequence=MS - 5)
    assert (saved.late, saved.at) == (Late.ENDED, NOW)
    assert saved.response.newest_answer == chosen("a")
    assert lates(attempt) == [(MS - 9, False), (MS - 5, True)]


def test_packet_sent_again_after_the_end_still_counts(attempt: Attempt) -> None:
    """It was saved in time, and only the answer to it got lost."""
    save(attempt, "a", sequence=MS - 9)
    hand_in(attempt)
    assert keep(attempt, "a", sequence=MS - 9, now=NOW + timedelta(minutes=5)).late is None
    assert lates(attempt) == [(MS - 9, False)]


def test_late_packet_sent_again_is_late_again_and_kept_once(attempt: Attempt) -> None:
    hand_in(attempt)
    found = [keep(attempt, "a", sequence=MS - 9).late for _ in range(3)]
    assert found == [Late.ENDED] * 3
    assert lates(attempt) == [(MS - 9, True)]


def test_late_answers_are_bounded(attempt: Attempt) -> None:
    hand_in(attempt)
    for at in range(LATE_KEPT):
        keep(attempt, "abc"[at % 3])
    with pytest.raises(FullError):
        keep(attempt, "a")
    assert AnswerRecord.objects.filter(late=True).count() == LATE_KEPT
    assert keep(attempt, "b", position=2).late is Late.ENDED


def test_late_answer_in_a_millisecond_that_is_taken(attempt: Attempt) -> None:
    save(attempt, "a", sequence=MS - 9)
    hand_in(attempt)
    for _ in range(3):
        keep(attempt, "b", sequence=MS - 9)
    assert [late for _, late in lates(attempt)] == [False, True, True, True]


def test_answer_after_the_question_was_checked(attempt: Attempt) -> None:
    save(attempt, "a", sequence=MS - 9)
    attempt.responses.filter(position=1).update(checked_at=NOW)
    assert keep(attempt, "b").late is Late.SHOWN
    assert keep(attempt, "b", position=2).late is None


@pytest.mark.parametrize(
    ("after", "late"), [(0, None), (29, None), (30, None), (30.001, Late.ENDED), (3600, Late.ENDED)]
)
def test_answers_count_until_the_end_and_its_grace(
    attempt: Attempt, after: float, late: Late | None
) -> None:
    Attempt.objects.update(deadline_at=NOW)
    assert keep(attempt, "a", now=NOW + timedelta(seconds=after)).late is late
    attempt.refresh_from_db()
    assert attempt.closed_by == ("time" if late else "")


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
