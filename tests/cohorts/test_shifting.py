from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.shifting import shifted, shifted_day, shifted_span

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",  # half an hour
            "Africa/Casablanca",
            "Asia/Taipei",
            "Pacific/Apia",  # left out a whole day in 2011
        )
    ]
)
BEGIN = datetime(2009, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 21 * 365 * 24 * 12).map(lambda n: BEGIN + n * timedelta(minutes=5))
DAYS = st.integers(-1000, 1000)
FEW = settings(max_examples=100, deadline=None)


def berlin(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


@pytest.mark.parametrize(
    ("moment", "days", "expected"),
    [
        ("2026-03-27T18:00", 3, "2026-03-30T18:00"),  # clocks go forward on the 29th
        ("2026-10-23T18:00", 3, "2026-10-26T18:00"),  # and back on the 25th
        ("2026-10-26T18:00", -3, "2026-10-23T18:00"),
        ("2026-03-28T02:30", 1, "2026-03-29T03:30"),  # there is no 02:30 on that day
        ("2026-02-28T23:59", 364, "2027-02-27T23:59"),
        ("2028-02-29T12:00", 366, "2029-03-01T12:00"),
    ],
)
def test_the_clock_shows_the_same(moment: str, days: int, expected: str) -> None:
    assert shifted(berlin(moment), days, BERLIN) == berlin(expected)


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    moved = shifted(berlin("2026-10-24T02:30"), 1, BERLIN)
    assert moved == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_by_no_day_nothing_moves() -> None:
    second = berlin("2026-10-25T02:30", fold=1)
    assert shifted(second, 0, BERLIN) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@FEW
@given(MOMENTS, DAYS, ZONES)
def test_same_time_of_day_so_many_days_later(moment: datetime, days: int, zone: ZoneInfo) -> None:
    wanted = wall(moment, zone) + timedelta(days=days)
    found = wall(shifted(moment, days, zone), zone)
    left_out = wall(wanted.replace(tzinfo=zone).astimezone(UTC), zone) != wanted
    assert found > wanted if left_out else found == wanted


@FEW
@given(MOMENTS, DAYS, ZONES)
def test_there_and_back(moment: datetime, days: int, zone: ZoneInfo) -> None:
    there = shifted(moment, days, zone)
    if wall(there, zone) == wall(moment, zone) + timedelta(days=days):
        back = shifted(there, -days, zone)
        assert wall(back, zone) == wall(moment, zone)


@FEW
@given(MOMENTS, st.timedeltas(timedelta(seconds=1), timedelta(days=90)), DAYS, ZONES)
def test_what_is_due_after_opening_stays_so(
    opens: datetime, length: timedelta, days: int, zone: ZoneInfo
) -> None:
    new_opens, new_due = shifted_span(opens, opens + length, days, zone)
    assert new_opens is not None
    assert new_due is not None
    assert new_opens < new_due
    assert new_opens == shifted(opens, days, zone)


def test_a_span_over_the_hour_that_is_left_out_keeps_its_length() -> None:
    opens, due = berlin("2026-03-28T02:30"), berlin("2026-03-28T03:00")
    moved = shifted_span(opens, due, 1, BERLIN)
    assert moved == (berlin("2026-03-29T03:30"), berlin("2026-03-29T04:00"))


def test_open_ends_stay_open() -> None:
    due = berlin("2026-03-27T18:00")
    assert shifted_span(None, due, 3, BERLIN) == (None, berlin("2026-03-30T18:00"))
    assert shifted_span(due, None, 3, BERLIN) == (berlin("2026-03-30T18:00"), None)
    assert shifted_span(None, None, 3, BERLIN) == (None, None)


def test_days() -> None:
    assert shifted_day(date(2026, 2, 27), 3) == date(2026, 3, 2)
    assert shifted_day(None, 3) is None
