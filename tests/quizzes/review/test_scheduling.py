import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.review.scheduling import (
    AGAIN,
    EASY,
    GOOD,
    LEARNING,
    LONGEST,
    NAME,
    NEW,
    PACKAGE,
    PARAMETERS,
    RELEARNING,
    REVIEW,
    Memory,
    choices,
    recall,
    schedule,
)

NOW = datetime(2026, 11, 21, 9, 0, 0, 123456, tzinfo=UTC)
FRESH = Memory(NEW, None, None, None, NOW, None)
RETENTIONS = st.floats(0.80, 0.97)
# A rating, and how long after the review before: minutes, days, or years later.
WAITS = st.one_of(
    st.timedeltas(timedelta(0), timedelta(hours=30)),
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.timedeltas(timedelta(0), timedelta(days=4000)),
)
HISTORIES = st.lists(st.tuples(st.integers(1, 4), WAITS), max_size=120)


def lived(history: list[tuple[int, timedelta]], retention: float) -> tuple[Memory, datetime]:
    """The memory after `history`, and when its last review was."""
    memory, at = FRESH, NOW
    for rating, wait in history:
        at += wait
        memory = schedule(memory, rating, at, retention)
    return memory, at


@given(HISTORIES, RETENTIONS)
def test_agrees_with_the_reference(history: list[tuple[int, timedelta]], retention: float) -> None:
    reference = fsrs.Scheduler(
        desired_retention=retention,
        learning_steps=(timedelta(minutes=10),),
        relearning_steps=(timedelta(minutes=10),),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )
    card, memory, at = fsrs.Card(card_id=1, due=NOW), FRESH, NOW
    for rating, wait in history:
        at += wait
        card, _ = reference.review_card(card, fsrs.Rating(rating), at)
        memory = schedule(memory, rating, at, retention)
        assert (card.state, card.step, card.stability, card.difficulty, card.due, at) == (
            memory.state,
            memory.step,
            memory.stability,
            memory.difficulty,
            memory.due,
            memory.reviewed,
        )
        later = at + wait
        assert recall(memory, later) == reference.get_card_retrievability(card, later)


@given(HISTORIES, WAITS, RETENTIONS)
def test_a_better_rating_never_comes_back_sooner(
    history: list[tuple[int, timedelta]], wait: timedelta, retention: float
) -> None:
    memory, at = lived(history, retention)
    intervals = [choice.interval for choice in choices(memory, at + wait, retention).values()]
    assert intervals == sorted(intervals)
    assert timedelta(minutes=10) <= intervals[0]
    assert intervals[-1] <= timedelta(days=LONGEST)


@given(HISTORIES, RETENTIONS)
def test_easy_when_due_never_shrinks(
    history: list[tuple[int, timedelta]], retention: float
) -> None:
    memory, _ = lived(history, retention)
    intervals = []
    for _ in range(12):
        at = memory.due
        memory = schedule(memory, EASY, at, retention)
        intervals.append(memory.due - at)
    assert all(before <= after for before, after in pairwise(intervals))


@given(HISTORIES, WAITS, RETENTIONS, RETENTIONS, st.integers(1, 4))
def test_who_wants_to_remember_more_never_waits_longer(
    history: list[tuple[int, timedelta]], wait: timedelta, one: float, other: float, rating: int
) -> None:
    memory, at = lived(history, one)
    low, high = sorted((one, other))
    less = schedule(memory, rating, at + wait, low)
    more = schedule(memory, rating, at + wait, high)
    assert more.due <= less.due
    assert more.stability == less.stability


@given(HISTORIES, RETENTIONS)
def test_json_and_back(history: list[tuple[int, timedelta]], retention: float) -> None:
    memory, _ = lived(history, retention)
    assert Memory.from_json(json.loads(json.dumps(memory.as_json()))) == memory


@given(HISTORIES, WAITS, RETENTIONS)
def test_recall_is_a_share_that_fades(
    history: list[tuple[int, timedelta]], wait: timedelta, retention: float
) -> None:
    memory, at = lived(history, retention)
    soon, late = recall(memory, at), recall(memory, at + wait)
    assert 0 <= late <= soon <= 1
    assert soon == bool(history)


def test_the_states_of_a_card() -> None:
    learning = schedule(FRESH, AGAIN, NOW, 0.9)
    assert (learning.state, learning.step, learning.due) == (
        LEARNING,
        0,
        NOW + timedelta(minutes=10),
    )
    known = schedule(learning, GOOD, learning.due, 0.9)
    assert (known.state, known.step, known.lapses) == (REVIEW, None, 0)
    forgotten = schedule(known, AGAIN, known.due, 0.9)
    assert (forgotten.state, forgotten.step, forgotten.lapses) == (RELEARNING, 0, 1)
    again = schedule(forgotten, AGAIN, forgotten.due, 0.9)
    assert again.lapses == 1


def test_first_intervals_as_on_the_buttons() -> None:
    intervals = [choice.interval for choice in choices(FRESH, NOW, 0.9).values()]
    minutes, days = timedelta(minutes=1), timedelta(days=1)
    assert intervals == [10 * minutes, 15 * minutes, 2 * days, 8 * days]


def test_any_time_zone_will_do() -> None:
    here = NOW.astimezone(ZoneInfo("Asia/Taipei"))
    assert schedule(FRESH, GOOD, here, 0.9) == schedule(FRESH, GOOD, NOW, 0.9)


def test_a_clock_that_ran_back_counts_as_standing() -> None:
    memory = schedule(FRESH, GOOD, NOW, 0.9)
    early = schedule(memory, GOOD, NOW - timedelta(days=9), 0.9)
    assert early == schedule(memory, GOOD, NOW, 0.9)


def test_another_rating_is_an_error() -> None:
    with pytest.raises(ValueError, match="5"):
        schedule(FRESH, 5, NOW, 0.9)


def test_same_answer_twice_is_the_same_memory() -> None:
    assert choices(FRESH, NOW, 0.9) == choices(replace(FRESH), NOW, 0.9)


def test_what_is_kept_with_a_card() -> None:
    assert NAME == "FSRS-6"
    assert PACKAGE.startswith("fsrs 6.")
    assert PARAMETERS["weights"] == list(fsrs.Scheduler().parameters)
    assert json.loads(json.dumps(PARAMETERS)) == PARAMETERS
