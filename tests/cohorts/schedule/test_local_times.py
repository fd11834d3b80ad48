from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.schedule.local_times import (
    NoSuchTimeError,
    OutOfRangeError,
    Read,
    at,
    read,
)

BERLIN = ZoneInfo("Europe/Berlin")
# Half hours, southern summers, a change of half an hour, midnight changes, none at all.
ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Africa/Cairo",
        "Pacific/Auckland",
        "Asia/Kathmandu",
    )
]
walls = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_an_ordinary_time() -> None:
    assert read(wall("2026-11-05T12:30"), BERLIN) == Read(datetime(2026, 11, 5, 11, 30, tzinfo=UTC))


def test_a_time_that_the_clock_skips() -> None:
    with pytest.raises(NoSuchTimeError) as refused:
        read(wall("2026-03-29T02:30"), BERLIN)
    assert refused.value.later.isoformat() == "2026-03-29T03:30:00+02:00"


def test_of_a_time_that_comes_twice_the_first() -> None:
    assert read(wall("2026-10-25T02:30"), BERLIN) == Read(
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC), twice=True
    )


@pytest.mark.parametrize("year", ["1999", "2101", "0001", "9999"])
def test_years_that_no_class_is_held_in(year: str) -> None:
    with pytest.raises(OutOfRangeError):
        read(wall(f"{year}-06-01T00:00"), BERLIN)


def test_a_day_that_begins_at_one() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    assert at(date(2026, 4, 24), time(0, 0), cairo).astimezone(cairo).hour == 1


@settings(max_examples=100, deadline=None)
@given(walls, st.sampled_from(ZONES))
def test_what_is_read_is_what_the_clock_shows(typed: datetime, zone: ZoneInfo) -> None:
    typed = typed.replace(microsecond=0)
    found, later = read_or_later(typed, zone)
    if found is None:
        # What is offered instead does exist, and is not long after.
        assert timedelta(0) < later.replace(tzinfo=None) - typed <= timedelta(hours=2)
        assert read(later.replace(tzinfo=None), zone).at == later
        return
    assert shown(found.at, zone) == typed
    after = [found.at + timedelta(minutes=minutes) for minutes in (30, 60, 120)]
    assert (typed in [shown(one, zone) for one in after]) is found.twice


def read_or_later(typed: datetime, zone: ZoneInfo) -> tuple[Read | None, datetime]:
    try:
        return read(typed, zone), typed
    except NoSuchTimeError as skipped:
        return None, skipped.later


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
