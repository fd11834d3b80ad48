from decimal import Decimal

import pytest

from cohorts.gradebook.late import LatePolicy
from cohorts.grading.lateness import counts_as, lateness


@pytest.mark.parametrize(
    ("days", "policy", "words"),
    [
        (0, LatePolicy(10, 50), ""),
        (-1, LatePolicy(10), ""),
        (1, LatePolicy(), "One day late. Late work loses no points."),
        (3, LatePolicy(0, 50, 7), "3 days late. Late work loses no points."),
        (2, LatePolicy(10), "2 days late: 10 of 50 points are taken off."),
        (20, LatePolicy(10), "20 days late: 50 of 50 points are taken off."),
        (
            2,
            LatePolicy(15, 40),
            "2 days late: 15 of 50 points are taken off a full grade, though nobody goes below "
            "20 for being late.",
        ),
        (
            9,
            LatePolicy(15, 40),
            "9 days late: 30 of 50 points are taken off a full grade, though nobody goes below "
            "20 for being late.",
        ),
    ],
)
def test_what_is_taken_off(days: int, policy: LatePolicy, words: str) -> None:
    assert lateness(days, Decimal(50), policy) == words


@pytest.mark.parametrize(
    ("score", "days", "words"),
    [
        (None, 2, ""),
        ("40", 0, ""),
        ("40", 2, "40 points count as 30."),
        ("22.5", 2, "22.5 points count as 20."),
        ("15", 2, ""),
    ],
)
def test_what_is_left(score: str | None, days: int, words: str) -> None:
    given = None if score is None else Decimal(score)
    assert counts_as(given, days, Decimal(50), LatePolicy(10, 40)) == words
