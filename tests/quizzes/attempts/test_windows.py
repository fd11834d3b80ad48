from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from quizzes.attempts import windows
from quizzes.attempts.windows import Rule, Window, minutes_of, together, window_of
from quizzes.models import Quiz

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
A, B = (Rule("A", "due"),), (Rule("B", "due"),)
PAST = Window(NOW - 9 * DAY, NOW - DAY, rules=A)
OPEN = Window(NOW - DAY, NOW + DAY, rules=A)
LONGER = Window(NOW - DAY, NOW + 3 * DAY, rules=B)
COMING = Window(NOW + DAY, NOW + 9 * DAY, rules=B)
LATER = Window(NOW + 2 * DAY, None, rules=A)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], (None, None)),
        ([OPEN], (OPEN.opens_at, OPEN.closes_at)),
        ([OPEN, LONGER], (LONGER.opens_at, LONGER.closes_at)),
        ([PAST, COMING], (COMING.opens_at, COMING.closes_at)),
        ([COMING, OPEN], (OPEN.opens_at, OPEN.closes_at)),
        ([LATER, COMING], (COMING.opens_at, COMING.closes_at)),
        ([OPEN, Window(None, None, rules=B)], (None, None)),
        ([PAST, Window(extra_time=50)], (PAST.opens_at, PAST.closes_at)),
    ],
)
def test_the_most_generous(
    found: list[Window], expected: tuple[datetime | None, datetime | None]
) -> None:
    for some in (found, found[::-1]):
        window = together(Window(), some, NOW)
        assert (window.opens_at, window.closes_at) == expected
        assert set(window.rules) == {rule for one in found for rule in one.rules}


def test_never_beyond_the_quizs_own() -> None:
    own = Window(NOW, NOW + 2 * DAY)
    window = together(own, [LONGER], NOW)
    assert (window.opens_at, window.closes_at) == (NOW, NOW + 2 * DAY)


@pytest.mark.parametrize(
    ("limit", "extra", "minutes"), [(None, 50, None), (10, 0, 10), (10, 50, 15), (7, 25, 9)]
)
def test_extra_time_in_full_minutes(limit: int | None, extra: int, minutes: int | None) -> None:
    window = together(Window(), [Window(extra_time=0), Window(extra_time=extra)], NOW)
    assert minutes_of(Quiz(time_limit=limit), window) == minutes


@pytest.fixture
def closed_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_sources", [lambda user, quiz, now: [PAST]])


@pytest.mark.parametrize(
    ("mode", "closes"), [("graded", PAST.closes_at), ("practice", None), ("placement", None)]
)
def test_only_graded_quizzes_are_locked(
    closed_for_all: None, mode: str, closes: datetime | None
) -> None:
    assert window_of(User(), Quiz(mode=mode), NOW).closes_at == closes
    assert window_of(AnonymousUser(), Quiz(mode=mode), NOW).closes_at is None
