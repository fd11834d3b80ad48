"""When one person may take a quiz. This app knows the quiz's own dates: whoever has more to say
about somebody, such as a class, registers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from quizzes.models import Quiz

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rule:
    """Whose it is, and what it says, for the page of the quiz."""

    of: str
    words: str


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens_at` until `closes_at`; None: no bound. `extra_time`: in percent of the limit.

    `others_until`: so long somebody who learns with this one can answer; None: nobody says."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    extra_time: int = 0
    rules: tuple[Rule, ...] = ()
    others_until: datetime | None = None


# Every window that somebody has, in one query; one without bounds only gives extra time.
Source = Callable[[User, Quiz, datetime], Iterable[Window]]
_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def own_window(quiz: Quiz) -> Window:
    return Window(quiz.opens_at, quiz.closes_at)


def window_of(user: User | AnonymousUser, quiz: Quiz, now: datetime) -> Window:
    """Of one person. Practice and placements are never locked, so nobody is asked about them."""
    if quiz.mode != Quiz.Mode.GRADED or not user.is_authenticated:
        return own_window(quiz)
    found = [window for source in _sources for window in source(user, quiz, now)]
    return together(own_window(quiz), found, now)


def together(own: Window, found: Iterable[Window], now: datetime) -> Window:
    """Pure: the most generous at `now` of those found, never beyond the quiz's `own`; the most
    extra time of all, the latest end that others have, and the rules of all."""
    windows = list(found)
    bounded = [one for one in windows if one.rules]
    best = max(bounded, key=lambda one: generosity(one, now), default=Window())
    opens = [at for at in (own.opens_at, best.opens_at) if at]
    closes = [at for at in (own.closes_at, best.closes_at) if at]
    return Window(
        opens_at=max(opens, default=None),
        closes_at=min(closes, default=None),
        extra_time=max((one.extra_time for one in windows), default=0),
        rules=tuple(rule for one in windows for rule in one.rules),
        others_until=latest(one.others_until for one in windows),
    )


def latest(times: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in times if at), default=None)


def generosity(window: Window, now: datetime) -> tuple[int, float]:
    """One that is open beats one that will open, and that one that is over; then the later end,
    or the sooner beginning."""
    opens, closes = window.opens_at or EARLIEST, window.closes_at or LATEST
    if now < opens:
        return 1, -opens.timestamp()
    return (2 if now < closes else 0), closes.timestamp()


def minutes_of(quiz: Quiz, window: Window) -> int | None:
    """The time limit with the extra time, in full minutes; None: no limit."""
    if quiz.time_limit is None:
        return None
    return -(-quiz.time_limit * (100 + window.extra_time) // 100)
