from collections.abc import Sequence
from statistics import correlation, pstdev
from statistics import median as reference_median

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.analysis.statistics import Sums, discrimination, facility, median

SHARES = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
PAIRS = st.lists(st.tuples(SHARES, SHARES), min_size=3, max_size=40)

# Five learners: the score of a question (right or wrong) and of the rest of their attempts.
#
#     x     y     x²    y²     xy
#     1    0.9    1    0.81   0.9
#     1    0.8    1    0.64   0.8
#     1    0.4    1    0.16   0.4
#     0    0.5    0    0.25   0
#     0    0.1    0    0.01   0
#     3    2.7    3    1.87   2.1
RIGHT_OR_WRONG = [(1, 0.9), (1, 0.8), (1, 0.4), (0, 0.5), (0, 0.1)]


def sums_of(pairs: Sequence[tuple[float, float]]) -> Sums:
    """The sums of pairs (x, y); a database does the same in one pass."""
    return Sums(
        n=len(pairs),
        x=sum(x for x, _ in pairs),
        y=sum(y for _, y in pairs),
        xx=sum(x * x for x, _ in pairs),
        yy=sum(y * y for _, y in pairs),
        xy=sum(x * y for x, y in pairs),
    )


def test_sums_of_the_hand_computed_table() -> None:
    assert sums_of(RIGHT_OR_WRONG) == Sums(5, 3, pytest.approx(2.7), 3, pytest.approx(1.87), 2.1)


def test_discrimination_of_the_hand_computed_table() -> None:
    # n Σxy − Σx Σy = 5 · 2.1 − 3 · 2.7 = 2.4
    # n Σx² − (Σx)² = 5 · 3 − 9 = 6;  n Σy² − (Σy)² = 5 · 1.87 − 7.29 = 2.06
    # r = 2.4 / √(6 · 2.06) = 2.4 / √12.36 = 2.4 / 3.51568… = 0.68266…
    assert discrimination(sums_of(RIGHT_OR_WRONG)) == pytest.approx(0.682656, abs=1e-6)


def test_discrimination_is_point_biserial_for_right_or_wrong() -> None:
    # r = (M₁ − M₀) / s · √(p q), with the means of the rest of those who were right and wrong:
    # M₁ = (0.9 + 0.8 + 0.4) / 3 = 0.7;  M₀ = (0.5 + 0.1) / 2 = 0.3;  p = 3/5, q = 2/5
    # s = √(1.87 / 5 − 0.54²) = √0.0824 = 0.28705…;  √(p q) = √0.24 = 0.48990…
    # r = 0.4 / 0.28705 · 0.48990 = 0.68266…
    spread = pstdev(y for _, y in RIGHT_OR_WRONG)
    assert spread == pytest.approx(0.0824**0.5)
    assert discrimination(sums_of(RIGHT_OR_WRONG)) == pytest.approx(
        (0.7 - 0.3) / spread * 0.24**0.5
    )


def test_discrimination_with_partial_credit() -> None:
    #     x     y     x²     y²     xy
    #    1     0.5   1      0.25   0.5
    #    0.5   1     0.25   1      0.5
    #    0     0.5   0      0.25   0
    #    0.5   0     0.25   0      0
    #    2     2     1.5    1.5    1      n = 4
    # r = (4 · 1 − 2 · 2) / … = 0
    assert discrimination(sums_of([(1, 0.5), (0.5, 1), (0, 0.5), (0.5, 0)])) == 0


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([(1, 1), (0, 0)], None),
        ([(1, 0.2), (1, 0.4), (1, 0.6)], None),
        ([(0, 0.7), (1, 0.7), (0, 0.7)], None),
        ([(1, 1), (1, 1), (0, 0)], 1),
        ([(1, 0), (0, 1), (0, 1)], -1),
    ],
    ids=["none", "two", "all right", "rest alike", "with the rest", "against the rest"],
)
def test_discrimination_at_the_ends(
    pairs: list[tuple[float, float]], expected: float | None
) -> None:
    assert discrimination(sums_of(pairs)) == (None if expected is None else pytest.approx(expected))


def test_no_variance_is_told_from_rounding() -> None:
    assert discrimination(sums_of([(1 / 3, y / 10) for y in range(10)])) is None


@given(PAIRS)
def test_discrimination_is_pearsons(pairs: list[tuple[float, float]]) -> None:
    found = discrimination(sums_of(pairs))
    if len({x for x, _ in pairs}) == 1 or len({y for _, y in pairs}) == 1:
        assert found is None
    else:
        assert found == pytest.approx(correlation(*zip(*pairs, strict=True)), abs=1e-9)
        assert -1 <= found <= 1


@given(PAIRS, st.sampled_from([-0.5, 0.25, 3]), st.sampled_from([0.5, 2]))
def test_discrimination_stays_when_scores_are_shifted_or_stretched(
    pairs: list[tuple[float, float]], shift: float, factor: float
) -> None:
    found = discrimination(sums_of(pairs))
    moved = discrimination(sums_of([(x + shift, y * factor) for x, y in pairs]))
    assert moved == (None if found is None else pytest.approx(found, abs=1e-9))


@given(PAIRS)
def test_discrimination_turns_round_with_the_key(pairs: list[tuple[float, float]]) -> None:
    found = discrimination(sums_of(pairs))
    assume(found is not None)
    assert discrimination(sums_of([(1 - x, y) for x, y in pairs])) == pytest.approx(-found)


@given(PAIRS, PAIRS)
def test_sums_of_groups_add_up(
    first: list[tuple[float, float]], second: list[tuple[float, float]]
) -> None:
    assert sums_of(first) + sums_of(second) == sums_of([*first, *second])


@pytest.mark.parametrize(
    ("scores", "expected"),
    # (1 + 1 + 0 + 0.5) / 4 = 2.5 / 4
    [([], None), ([0, 0], 0), ([1, 1, 0, 0.5], 0.625), ([1, 1, 1], 1)],
)
def test_facility(scores: list[float], expected: float | None) -> None:
    assert facility(len(scores), sum(scores)) == expected


@pytest.mark.parametrize(
    ("values", "expected"), [([], None), ([7], 7), ([9, 1, 4], 4), ([8, 2, 1, 4], 3)]
)
def test_median(values: list[float], expected: float | None) -> None:
    assert median(values) == expected


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_median_is_the_standard_librarys(values: list[float]) -> None:
    assert median(values) == pytest.approx(reference_median(values))
