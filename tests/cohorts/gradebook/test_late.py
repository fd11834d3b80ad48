"""What being late costs, and until when one may be."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.gradebook.late import LatePolicy, after_late, closes_at, days_late, in_words

PARIS = ZoneInfo("Europe/Paris")
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
DUE = datetime(2026, 11, 20, 23, 59, tzinfo=PARIS)
SECOND = timedelta(seconds=1)
START = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (-timedelta(days=9), 0),
        (timedelta(0), 0),
        (SECOND, 1),
        (timedelta(days=1), 1),
        (timedelta(days=1) + SECOND, 2),
        (timedelta(days=30), 30),
    ],
)
def test_days_that_have_begun(after: timedelta, days: int) -> None:
    assert days_late(DUE, DUE + after, PARIS) == days


def test_without_a_date_nothing_is_late() -> None:
    assert days_late(None, DUE, PARIS) == 0
    assert closes_at(None, LatePolicy(cutoff=3)) is None
    assert closes_at(DUE, LatePolicy()) is None


@pytest.mark.parametrize(
    ("due", "ends"),
    [
        # In spring a day has 23 hours, in autumn 25: it is 23:59 on the clock all the same.
        (datetime(2027, 3, 26, 22, 59, tzinfo=UTC), datetime(2027, 3, 28, 21, 59, tzinfo=UTC)),
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), datetime(2026, 10, 26, 22, 59, tzinfo=UTC)),
    ],
)
def test_a_change_of_the_clock(due: datetime, ends: datetime) -> None:
    assert closes_at(due, LatePolicy(cutoff=2, zone=PARIS)) == ends
    assert days_late(due, ends, PARIS) == 2
    assert days_late(due, ends + SECOND, PARIS) == 3


def test_the_hour_that_comes_twice_is_late_too() -> None:
    due = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, the first time
    assert days_late(due, datetime(2026, 10, 25, 1, 10, tzinfo=UTC), PARIS) == 1  # 02:10 again


@settings(max_examples=100, deadline=None)
@given(
    due=st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
    cutoff=st.integers(1, 200),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_the_end_is_so_many_days_late(due: datetime, cutoff: int, zone: ZoneInfo) -> None:
    ends = closes_at(due, LatePolicy(cutoff=cutoff, zone=zone))
    assert ends is not None
    assert abs(ends - due - timedelta(days=cutoff)) <= timedelta(hours=1)
    if ends.astimezone(zone).time() == due.astimezone(zone).time():
        assert days_late(due, ends, zone) == cutoff


@pytest.mark.parametrize(
    ("earned", "days", "policy", "left"),
    [
        ("40", 0, LatePolicy(10, 50), "40"),
        ("40", 1, LatePolicy(10, 50), "35"),
        ("40", 3, LatePolicy(10, 50), "25"),
        ("40", 9, LatePolicy(10, 50), "25"),
        ("20", 1, LatePolicy(10, 50), "20"),
        ("20", 9, LatePolicy(10), "0"),
        ("33.33", 1, LatePolicy(15), "25.83"),
        ("60", 1, LatePolicy(10), "55"),
        ("40", 9, LatePolicy(0, 50, 7), "40"),
    ],
)
def test_of_fifty_points(earned: str, days: int, policy: LatePolicy, left: str) -> None:
    assert after_late(Decimal(earned), Decimal(50), days, policy) == Decimal(left)


@settings(max_examples=100, deadline=None)
@given(
    earned=st.decimals(0, 200, places=2),
    percent=st.integers(0, 100),
    floor=st.integers(0, 100),
    days=st.integers(0, 300),
)
def test_lateness_never_gives_nor_takes_below_nothing(
    earned: Decimal, percent: int, floor: int, days: int
) -> None:
    policy = LatePolicy(percent, floor)
    left = after_late(earned, Decimal(100), days, policy)
    assert 0 <= left <= earned
    assert left >= min(earned, Decimal(floor))
    assert after_late(earned, Decimal(100), days + 1, policy) <= left


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (LatePolicy(), "Being late costs no points."),
        (LatePolicy(10, 50, 0), "Nothing is accepted after the due date."),
        (
            LatePolicy(10),
            "Each day that begins after the due date takes 10% of the points off.",
        ),
        (
            LatePolicy(10, 50, 1),
            "Each day that begins after the due date takes 10% of the points off, though never "
            "below 50% of them. Nothing is accepted more than 1 day after the due date.",
        ),
        (
            LatePolicy(cutoff=7),
            "Being late costs no points. Nothing is accepted more than 7 days after the due date.",
        ),
    ],
)
def test_in_words(policy: LatePolicy, words: str) -> None:
    assert in_words(policy) == words
