from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.tables.cells import defused, restored, text_of

STARTS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'", "''", "＝", "", "'=", "a"])


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("-5", "'-5"),
        ("＠x", "'＠x"),
        ("'tis", "'tis"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_what_looks_like_a_formula_is_none(text: str, cell: str) -> None:
    assert (defused(text), restored(cell)) == (cell, text)


@settings(max_examples=60, deadline=None)
@given(STARTS, st.text(max_size=6))
def test_any_text_comes_back_and_none_is_a_formula(start: str, rest: str) -> None:
    cell = defused(start + rest)
    assert restored(cell) == start + rest
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (2, "2"),
        (2.0, "2"),
        (1.5, "1.5"),
        (datetime(2026, 3, 2, 9, tzinfo=UTC), "2026-03-02T09:00:00+00:00"),
        ("'=x", "=x"),
    ],
)
def test_what_a_spreadsheet_made_of_a_cell_is_text(value: object, text: str) -> None:
    assert text_of(value) == text
