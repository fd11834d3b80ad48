from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Scheduler, State
from hypothesis import given
from hypothesis import strategies as st

from quizzes.review.recall import recall_after, recall_at

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DAYS = st.floats(0, 40_000)
STABILITIES = st.floats(0.001, 36_500)


@pytest.mark.parametrize(
    ("days", "stability", "recall"),
    [
        (0, 1, 1.0),
        (1, 1, 0.9),
        (30, 30, 0.9),
        # 1 + 0.98035 × 2 = 2.96069, to the power of −0.1542
        (20, 10, 0.845885),
        (100, 10, 0.692827),
        (-3, 10, 1.0),
    ],
)
def test_by_hand(days: float, stability: float, recall: float) -> None:
    assert recall_after(days, stability) == pytest.approx(recall, abs=1e-5)


@given(DAYS, STABILITIES)
def test_stays_between_0_and_1(days: float, stability: float) -> None:
    assert 0 < recall_after(days, stability) <= 1


@given(DAYS, DAYS, STABILITIES)
def test_falls_with_time(one: float, other: float, stability: float) -> None:
    early, late = sorted((one, other))
    assert recall_after(early, stability) >= recall_after(late, stability)


@given(DAYS, STABILITIES, STABILITIES)
def test_what_is_stable_stays_longer(days: float, one: float, other: float) -> None:
    weak, strong = sorted((one, other))
    assert recall_after(days, weak) <= recall_after(days, strong)


@given(st.floats(0, 4_000), STABILITIES)
def test_agrees_with_fsrs(days: float, stability: float) -> None:
    reviewed = NOW - timedelta(days=days)
    card = Card(card_id=1, state=State.Review, stability=stability, last_review=reviewed)
    reference = Scheduler().get_card_retrievability(card, NOW)
    assert recall_at(NOW, reviewed, stability) == pytest.approx(reference, abs=1e-12)
