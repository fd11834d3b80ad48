"""Times as they are typed in a class: by the clock on its wall. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

# A day ends in its last minute: what is due on a day is due then.
END_OF_DAY = time(23, 59)
START_OF_DAY = time(0, 0)
FIRST_YEAR, LAST_YEAR = 2000, 2100


class NoSuchTimeError(ValueError):
    """The clock was put forward over this time; `later` is when it stood after that."""

    def __init__(self, later: datetime) -> None:
        super().__init__(str(later))
        self.later = later


class OutOfRangeError(ValueError):
    """A year that no class is held in."""


@dataclass(frozen=True, slots=True)
class Read:
    """`twice`: the clock was put back over this time, and `at`, in UTC, is the first of the two."""

    at: datetime
    twice: bool = False


def read(wall: datetime, zone: ZoneInfo) -> Read:
    """The moment at which a clock in `zone` shows `wall`, which has no zone of its own.

    As PEP 495 has it: where both folds differ, either they come back as `wall`, which was twice,
    or they do not, and it never was. Raises NoSuchTimeError, OutOfRangeError.
    """
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise OutOfRangeError(str(wall.year))
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return Read(first)
    if first.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return Read(min(first, second), twice=True)
    raise NoSuchTimeError(max(first, second).astimezone(zone))


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """In UTC; where the clock skips that time, as much later."""
    wall = datetime.combine(day, clock)
    try:
        return read(wall, zone).at
    except NoSuchTimeError as skipped:
        return skipped.later.astimezone(UTC)
