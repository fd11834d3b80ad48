from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.attempts.scoring import score_of

POINTS = st.decimals("0.01", "999.99", places=2)
ANSWERS = st.lists(st.tuples(POINTS, st.none() | st.floats(0, 1)), max_size=20)


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ([], 0),
        ([(1, None)], 0),
        ([(1, 1.0), (1, 0.0)], 0.5),
        ([(Decimal("2.00"), 1.0), (Decimal("1.00"), 0.5), (Decimal("1.00"), None)], 0.625),
        ([(Decimal("0.10"), 1.0)] * 3, 1),
    ],
)
def test_points_weigh_scores(
    answers: list[tuple[Decimal | float, float | None]], score: float
) -> None:
    assert score_of(answers) == score


@given(ANSWERS)
def test_it_is_a_share_whatever_was_scored(answers: list[tuple[Decimal, float | None]]) -> None:
    assert 0 <= score_of(answers) <= 1


@given(st.lists(st.tuples(POINTS, st.just(1.0)), min_size=1))
def test_all_points_make_one(answers: list[tuple[Decimal, float]]) -> None:
    assert score_of(answers) == 1
