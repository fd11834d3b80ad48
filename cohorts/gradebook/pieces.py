"""What the pieces of `cohorts.gradebook.statements` mean. Pure; each is worked out once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from cohorts.gradebook.arithmetic import HIDDEN, Cell, Item, Rules, Try, Work, cell_of
from cohorts.gradebook.late import closes_at, days_late
from courses.pages.shared import Shelf

# Of one column; how many columns are kept is below.
MOST = 500
WITHHELD, AWAITED, EXCUSED, AGAIN = "w", "a", "x", "r"


@dataclass(frozen=True, slots=True)
class Reading:
    """How pieces of one column are read for one due date. `overdue` and `closed` say what that
    date means now; `told` is what the learner may know: no result before the quiz tells it."""

    item: Item
    rules: Rules
    due_at: datetime | None = None
    overdue: bool = False
    closed: bool = False
    hidden: bool = False
    told: bool = False


class Cells(dict[str, Cell]):
    """The cell of each piece, worked out when it is first asked for."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading

    def __missing__(self, piece: str) -> Cell:
        if len(self) >= MOST:
            self.clear()
        cell = self[piece] = read(piece, self.reading)
        return cell


kept = Shelf(200)


def cells_by(reading: Reading) -> Cells:
    """Shared by all requests of this process: at most 200 columns of 500 cells."""
    found: Cells | None = kept.get(reading)
    if found is None:
        found = Cells(reading)
        kept.put(reading, found)
    return found


def read(piece: str, reading: Reading) -> Cell:
    if reading.hidden:
        return HIDDEN
    return cell_of(reading.item, work_of(piece, reading), reading.rules)


def work_of(piece: str, reading: Reading) -> Work:
    attempts, given, handed_in = piece.split("|")
    score, override, excused = given.split(",")
    state, at = handed_in.split(",")
    return Work(
        tries=tuple(tries_of(attempts, reading)) if attempts else (),
        score=Decimal(score) if score and not reading.item.counts else None,
        days_late=days_late(reading.due_at, moment(at), reading.rules.late.zone) if at else 0,
        handed_in=bool(state),
        again=state == AGAIN,
        override=Decimal(override) if override else None,
        excused=excused == EXCUSED,
        overdue=reading.overdue,
        closed=reading.closed,
    )


def tries_of(attempts: str, reading: Reading) -> Iterator[Try]:
    """Without those that were begun when nothing was accepted any more."""
    due_at = reading.due_at
    closes = closes_at(due_at, reading.rules.late)
    for attempt in attempts.split("/"):
        share, state, ended, *started = attempt.split(",")
        if closes is not None and ended and moment(started[0]) > closes:
            continue
        unknown = state == AWAITED or (state == WITHHELD and reading.told)
        days = days_late(due_at, moment(ended), reading.rules.late.zone) if ended else 0
        # In the digits that a float is written in, and no more: 0.7 is seven tenths.
        yield Try(None if unknown else Decimal(str(float(share))), days)


def moment(text: str) -> datetime:
    """As databases write times: with their zone, or in UTC without saying so."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
