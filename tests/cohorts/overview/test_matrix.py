from datetime import UTC, datetime, timedelta

import pytest

from cohorts.overview.columns import Column
from cohorts.overview.matrix import Cell, Done, Person, band_of, cell_of, own_due, rows
from courses.pages.course import LessonLine

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PAST, COMING = NOW - timedelta(days=1), NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, 1), (49, 1), (50, 2), (69, 2), (70, 3), (84, 3), (85, 4), (100, 4)],
)
def test_bands(score: int, band: int) -> None:
    assert band_of(score) == band


@pytest.mark.parametrize(
    ("progress", "due", "cell", "looks"),
    [
        (None, None, Cell("later", None, 0, False, False), ""),
        (None, COMING, Cell("later", None, 0, False, False), ""),
        (None, PAST, Cell("later", None, 0, True, False), "late"),
        (Done(1, False, None), None, Cell("doing", None, 0, False, False), "doing"),
        (Done(1, False, 0.55), PAST, Cell("doing", 55, 2, True, False), "h2 doing late"),
        (Done(1, True, None), PAST, Cell("done", None, 0, False, False), "h4"),
        (Done(1, True, 0.845), PAST, Cell("done", 84, 3, False, False), "h3"),
        (Done(1, True, 0.0), None, Cell("done", 0, 1, False, False), "h1"),
    ],
)
def test_cells(progress: Done | None, due: datetime | None, cell: Cell, looks: str) -> None:
    found = cell_of(progress, due, NOW)
    assert (found, found.looks) == (cell, looks)


def test_due_at_the_instant_is_not_late() -> None:
    assert not cell_of(None, NOW, NOW).late


def column(number: int, due: datetime | None = None, *, gap: bool = False) -> Column:
    return Column(LessonLine(number, "", "", "", 1, ()), f"S{number}", gap, due, due and due.date())


def test_ones_own_date_is_never_earlier_than_the_classs() -> None:
    assert own_due(column(1, PAST), 7, {}) == PAST
    assert own_due(column(1, PAST), 7, {(1, 7): COMING}) == COMING
    assert own_due(column(1, PAST), 8, {(1, 7): COMING}) == PAST
    assert own_due(column(1, COMING), 7, {(1, 7): PAST}) == COMING
    assert own_due(column(1), 7, {(1, 7): COMING}) is None


def test_rows() -> None:
    columns = [column(1, PAST), column(2, PAST, gap=True)]
    progress = {70: {1: Done(1, True, 0.9), 9: Done(9, True, 1.0)}}
    found = rows(
        [Person(7, 70, "Ada"), Person(8, 80, "Ben")],
        columns,
        progress,
        {(1, 8): COMING},
        last_active={7: PAST},
        risks={},
        now=NOW,
    )
    assert [(row.person.name, row.done, row.last_active) for row in found] == [
        ("Ada", 1, PAST),
        ("Ben", 0, None),
    ]
    assert [cell.looks for row in found for cell in row.cells] == ["h4", "late gap", "", "late gap"]
