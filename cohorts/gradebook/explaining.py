"""One learner's grades with every number explained; the same to teacher and learner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cohorts.gradebook import wording
from cohorts.gradebook.arithmetic import Cell, Row, State
from cohorts.gradebook.layout import Column, Kind, Layout, layout_of
from cohorts.gradebook.reading import rows_of
from cohorts.models import Grade, Membership


@dataclass(frozen=True, slots=True)
class Line:
    """One item. `said` are the sentences, `result` is "45 of 50", or nothing where nothing
    counts; `dropped`: it is left out of its category as one of the lowest."""

    column: Column
    cell: Cell
    state: str
    result: str
    share: str
    said: tuple[str, ...]
    dropped: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One category: `weight` is what it makes of the total now."""

    name: str
    weight: str
    share: str
    said: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grades:
    total: str
    standing: str
    said: tuple[str, ...]
    policies: tuple[str, ...]
    sections: tuple[Section, ...]


def grades_of(member: Membership, now: datetime, *, told: bool) -> Grades:
    """`told`: what the learner may know. Four queries."""
    layout = layout_of(member.cohort, now)
    row = rows_of(layout, [member.pk], now, told=told)[member.pk]
    return explained(layout, row, reasons_of(member), told=told)


def reasons_of(member: Membership) -> dict[int, str]:
    """By the key of the item. One query."""
    return dict(Grade.objects.filter(membership=member).values_list("item", "reason"))


def explained(
    layout: Layout, row: Row, reasons: Mapping[int, str], *, told: bool = False
) -> Grades:
    """Pure."""
    return Grades(
        total=wording.total(row.total, layout.digits),
        standing=wording.standing(layout, row.total),
        said=tuple(wording.total_sum(layout, row)),
        policies=tuple(wording.policies(layout)),
        sections=tuple(sections(layout, row, reasons, told=told)),
    )


def sections(
    layout: Layout, row: Row, reasons: Mapping[int, str], *, told: bool
) -> Iterable[Section]:
    weights = wording.weights(row)
    for number, part in enumerate(row.parts):
        places = [at for at in layout.plan.places[number] if not told or is_known(layout, row, at)]
        if places:
            yield Section(
                name=layout.names[number],
                weight=weights[number],
                share="–" if part.share is None else wording.about(part.share),
                said=tuple(wording.category(layout, row, number)),
                lines=tuple(
                    line(
                        layout,
                        row.cells[at],
                        layout.columns[at],
                        reasons,
                        dropped=at in part.dropped,
                    )
                    for at in places
                ),
            )


def is_known(layout: Layout, row: Row, at: int) -> bool:
    """Whether learners may know that there is such an item: not of a draft, nor of a column that
    is only entered by hand before it is released."""
    return row.cells[at].state is not State.HIDDEN or layout.columns[at].offered


def line(
    layout: Layout,
    cell: Cell,
    column: Column,
    reasons: Mapping[int, str],
    *,
    dropped: bool = False,
) -> Line:
    said = wording.cell(layout, column, cell, reasons.get(column.id, ""))
    if dropped:
        said.append(wording.left_out())
    return Line(
        column=column,
        cell=cell,
        state=wording.state(cell),
        result=wording.result(column, cell),
        share="" if cell.share is None else wording.about(cell.share),
        said=tuple(said),
        dropped=dropped,
    )


def is_entered(column: Column) -> bool:
    """Whether points can be entered: a quiz has its own."""
    return column.kind is not Kind.QUIZ
