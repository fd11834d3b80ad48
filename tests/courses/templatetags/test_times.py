from datetime import UTC, datetime, timedelta

from django.utils.timesince import timesince
from hypothesis import example, given
from hypothesis import strategies as st

from courses.templatetags.times import ago

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@given(st.timedeltas(timedelta(minutes=1), timedelta(days=800)))
@example(timedelta(days=27, hours=23, minutes=59, seconds=59))
@example(timedelta(days=28))
def test_says_what_timesince_says(past: timedelta) -> None:
    assert ago(NOW - past, NOW) == f"{timesince(NOW - past, NOW, depth=1)} ago"


def test_less_than_a_minute() -> None:
    assert ago(NOW - timedelta(seconds=59), NOW) == "just now"
