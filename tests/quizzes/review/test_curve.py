from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.review.curve import GROUND, LEFT, RIGHT, TOP, Curve, Review, curve_of
from tests.review_factories import NOW

DAY = timedelta(days=1)
REVIEWS = st.lists(
    st.tuples(st.floats(0, 1000), st.floats(0.01, 1000)), min_size=1, max_size=12
).map(
    lambda pairs: [
        Review(NOW - DAY * days, stability) for days, stability in sorted(pairs, reverse=True)
    ]
)


def points(curve: Curve) -> list[tuple[float, float]]:
    return [
        (float(x), float(y))
        for x, y in (pair.split() for pair in curve.path.removeprefix("M").split(" L"))
    ]


def test_of_no_review() -> None:
    assert curve_of([], NOW) is None


def test_falls_to_90_percent_after_the_stability() -> None:
    curve = curve_of([Review(NOW - 10 * DAY, 10)], NOW)
    assert curve is not None
    assert points(curve)[0] == (LEFT, TOP)
    assert points(curve)[-1] == (RIGHT, round(GROUND - 0.9 * (GROUND - TOP), 1))
    assert (curve.lowest, curve.now) == (pytest.approx(0.9), pytest.approx(0.9))
    assert curve.since == NOW - 10 * DAY


def test_a_review_lifts_it_again() -> None:
    reviews = [Review(NOW - 20 * DAY, 10), Review(NOW - 10 * DAY, 40)]
    curve = curve_of(reviews, NOW)
    assert curve is not None
    assert [(mark.x, mark.y) for mark in curve.marks] == [(LEFT, TOP), (175.0, TOP)]
    assert curve.lowest == pytest.approx(0.9)
    assert curve.now > 0.9


def test_of_a_card_reviewed_just_now() -> None:
    curve = curve_of([Review(NOW, 2)], NOW)
    assert curve is not None
    assert (set(points(curve)), curve.now) == ({(LEFT, TOP)}, 1.0)


@given(REVIEWS)
def test_stays_in_the_picture_and_never_goes_back(reviews: list[Review]) -> None:
    curve = curve_of(reviews, NOW)
    assert curve is not None
    found = points(curve)
    assert all(LEFT <= x <= RIGHT and TOP <= y <= GROUND for x, y in found)
    assert [x for x, _ in found] == sorted(x for x, _ in found)
    assert 0 < curve.lowest <= 1
    assert len(curve.marks) == len(reviews)
