"""Learners × lessons: what each cell says. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from cohorts.overview.columns import Column
from cohorts.overview.risk import AtRisk


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
    return 1 + sum(score >= least for least in (50, 70, 85))


def cell_of(
    progress: Done | None, due_at: datetime | None, now: datetime, *, gap: bool = False
) -> Cell:
    """What is done is never late, whenever it was done: the table says who needs help now."""
    is_done = progress is not None and progress.done
    late = not is_done and due_at is not None and due_at < now
    if progress is None:
        return Cell("later", None, 0, late, gap)
    score = None if progress.score is None else round(progress.score * 100)
    state = "done" if is_done else "doing"
    return Cell(state, score, 0 if score is None else band_of(score), late, gap)


def own_due(column: Column, member_id: int, extended: Due) -> datetime | None:
    """The class's date, or the member's later one, by lesson and member."""
    if column.due_at is None:
        return None
    return max(column.due_at, extended.get((column.id, member_id), column.due_at))


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
