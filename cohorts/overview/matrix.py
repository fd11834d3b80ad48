"""Learners × lessons: what each cell says. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from cohorts.overview.columns import Column
from cohorts.overview.risk import AtRisk

BANDS = (50, 70, 85)


class Done(NamedTuple):
    """A learner's progress in one lesson; `score` is their best in its quizzes, from 0 to 1."""

    lesson_id: int
    done: bool
    score: float | None


class Cell(NamedTuple):
    """`score` in percent; `band` from 1 to 4 colours it, 0 where there is none. `late`: its own
    date has passed, and it is not done."""

    state: str
    score: int | None
    band: int
    late: bool
    gap: bool

    @property
    def looks(self) -> str:
        """The classes of the stylesheet; what is done without a score is as good as the best."""
        filled = f"h{self.band or 4}" if self.band or self.state == "done" else ""
        begun = "doing" if self.state == "doing" else ""
        late, gap = "late" if self.late else "", "gap" if self.gap else ""
        return " ".join(filter(None, (filled, begun, late, gap)))


class Person(NamedTuple):
    """A learner as the class knows them."""

    id: int
    user_id: int
    name: str
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    cells: tuple[Cell, ...]
    done: int
    last_active: datetime | None
    risk: AtRisk | None


Due = Mapping[tuple[int, int], datetime]


def band_of(score: int) -> int:
    """The four of the key: under 50, 50 to 69, 70 to 84, 85 and over."""
    return 1 + bisect_right(BANDS, score)


def cell_of(
    progress: Done | None, due_at: datetime | None, now: datetime, *, gap: bool = False
) -> Cell:
    """What is done is never late, whenever it was done: the table says who needs help now."""
    past = due_at is not None and due_at < now
    if progress is None:
        return cell("later", None, past, gap)
    score = None if progress.score is None else round(progress.score * 100)
    if progress.done:
        return cell("done", score, False, gap)
    return cell("doing", score, past, gap)


@lru_cache(maxsize=1024)
def cell(state: str, score: int | None, late: bool, gap: bool) -> Cell:
    """There are few different ones, and a page has a thousand."""
    return Cell(state, score, 0 if score is None else band_of(score), late, gap)


def own_due(column: Column, member_id: int, extended: Due) -> datetime | None:
    """The class's date, or the member's later one, by lesson and member."""
    due, own = column.due_at, extended.get((column.lesson.id, member_id))
    return own if due and own and own > due else due


def row_of(
    person: Person,
    columns: Sequence[Column],
    progress: Mapping[int, Done],
    extended: Due,
    now: datetime,
) -> tuple[Cell, ...]:
    return tuple(
        cell_of(progress.get(column.id), own_due(column, person.id, extended), now, gap=column.gap)
        for column in columns
    )


def rows(
    people: Iterable[Person],
    columns: Sequence[Column],
    progress: Mapping[int, Mapping[int, Done]],
    extended: Due,
    *,
    last_active: Mapping[int, datetime],
    risks: Mapping[int, AtRisk],
    now: datetime,
) -> list[Row]:
    """`progress` is by user and lesson, `last_active` and `risks` by member."""
    found = []
    for person in people:
        cells = row_of(person, columns, progress.get(person.user_id, {}), extended, now)
        done = sum(cell.state == "done" for cell in cells)
        last = last_active.get(person.id)
        found.append(Row(person, cells, done, last, risks.get(person.id)))
    return found
