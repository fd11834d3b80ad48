from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.work import rubric_typing
from cohorts.work.rubric_typing import (
    TypedLevel,
    TypedRow,
    best_sum,
    checked,
    done,
    points_in,
    rows_in,
)

A, B, C = (TypedLevel(title=name, points="1") for name in "abc")
ROWS = (TypedRow(title="One", levels=(A, B, C)), TypedRow(title="Two", levels=(A,)))


def titles(deed: str) -> list[str]:
    rows = done(ROWS, deed)
    return [row.title + "".join(one.title or "-" for one in row.levels) for row in rows]


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        ("add-row", ["Oneabc", "Twoa", "--"]),
        ("drop-row-0", ["Twoa"]),
        ("up-row-1", ["Twoa", "Oneabc"]),
        ("up-row-0", ["Oneabc", "Twoa"]),
        ("down-row-0", ["Twoa", "Oneabc"]),
        ("down-row-1", ["Oneabc", "Twoa"]),
        ("add-level-1", ["Oneabc", "Twoa-"]),
        ("drop-level-0-1", ["Oneac", "Twoa"]),
        ("up-level-0-2", ["Oneacb", "Twoa"]),
        ("down-level-0-0", ["Onebac", "Twoa"]),
        *[
            (nothing, ["Oneabc", "Twoa"])
            for nothing in ("", "x", "drop-row-7", "drop-level-7-0", "add-level-7", "up-row-999")
        ],
    ],
)
def test_buttons(deed: str, expected: list[str]) -> None:
    assert titles(deed) == expected


def test_there_is_a_most_of_both() -> None:
    rows = ROWS
    for _ in range(30):
        rows = done(done(rows, "add-row"), "add-level-0")
    assert (len(rows), len(rows[0].levels)) == (20, 8)


def test_what_was_sent() -> None:
    sent = {
        "row-0-key": "7",
        "row-0-title": " Clear\n words ",
        "row-0-description": "d",
        "row-0-level-1-key": "x",
        "row-0-level-1-title": "Yes",
        "row-0-level-1-points": " 2 ",
        "row-2-title": "",
        "row-99-title": "no",
    }
    level = TypedLevel("", "Yes", "", "2")
    assert rows_in(sent) == (TypedRow("7", "Clear words", "d", (level,)), TypedRow())


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        *[("0", "0"), ("2.5", "2.5"), ("2,25", "2.25"), ("9999.99", "9999.99"), ("1e2", "100")],
        *[(wrong, None) for wrong in ("", "x", "-1", "2.125", "10000", "NaN", "inf", "1e999999")],
    ],
)
def test_points(typed: str, points: str | None) -> None:
    assert points_in(typed) == (None if points is None else Decimal(points))


def test_blank_ones_are_left_out() -> None:
    rows, fine = checked((TypedRow(levels=(TypedLevel(),)), ROWS[0], rubric_typing.NEW_ROW))
    assert (fine, [row.title for row in rows]) == (True, ["One"])
    assert best_sum(rows) == 1


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (TypedRow(levels=(A,)), "Give it a name."),
        (TypedRow(title="x"), "Give this criterion a level at least."),
        (TypedRow(title="x" * 151, levels=(A,)), "The name has over 150 characters. Shorten it."),
        (TypedRow(title="a\0", levels=(A,)), "Take out the characters that cannot be seen."),
    ],
)
def test_errors_of_rows(row: TypedRow, error: str) -> None:
    rows, fine = checked((row,))
    assert (fine, rows[0].error) == (False, error)
    assert rows[0].levels


def test_errors_of_levels() -> None:
    wrong = (TypedLevel(points="1"), TypedLevel(title="a", points="x"), A)
    rows, fine = checked((TypedRow(title="x", levels=wrong),))
    assert not fine
    assert [one.error for one in rows[0].levels] == [
        "Give it a name.",
        "Give points from 0 to 9999, with two digits after the point at most.",
        "",
    ]


@settings(max_examples=50)
@given(st.text(max_size=12), st.text("0123456789eE+-.,", max_size=8))
def test_nothing_typed_is_an_error(deed: str, points: str) -> None:
    done(ROWS, deed)
    found = points_in(points)
    assert found is None or 0 <= found <= rubric_typing.MOST_POINTS
