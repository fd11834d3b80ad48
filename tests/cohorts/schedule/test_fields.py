from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.utils import timezone

from cohorts.schedule.fields import ClassTimeField, LineField, StartTimeField, said_twice


class Form(forms.Form):
    opens = StartTimeField(required=False)
    due = ClassTimeField(required=False, show_hidden_initial=True)
    line = LineField(required=False)


@pytest.fixture(autouse=True)
def in_berlin() -> Any:
    with timezone.override("Europe/Berlin"):
        yield


def error(**typed: str) -> str:
    form = Form(typed)
    return " ".join(str(one) for errors in form.errors.values() for one in errors)


def test_a_day_alone_is_its_end_or_its_start() -> None:
    form = Form({"opens": "2026-11-05", "due": " 2026-11-05 "})
    assert form.is_valid()
    assert form.cleaned_data["opens"] == datetime(2026, 11, 4, 23, tzinfo=UTC)
    assert form.cleaned_data["due"] == datetime(2026, 11, 5, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["2026-11-05T12:30", "2026-11-05 12:30", "2026-11-05T12:30:00"])
def test_with_a_time(typed: str) -> None:
    form = Form({"due": typed})
    assert form.is_valid()
    assert form.cleaned_data["due"] == datetime(2026, 11, 5, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["tomorrow", "2026-13-01", "2026-11-05T25:00", "2026-11-05T12:30+01:00", "5.11.26"]
)
def test_what_is_no_date(typed: str) -> None:
    assert error(due=typed) == ("Write the date as 2026-11-05, or with a time as 2026-11-05 23:59.")


def test_a_time_that_the_clock_skips() -> None:
    assert error(due="2026-03-29T02:30") == (
        "The clock is put forward that night: there is no 02:30. Choose 03:30, or an earlier time."
    )


def test_a_year_far_away() -> None:
    assert error(due="0026-11-05T12:30") == "Choose a year between 2000 and 2100."


def test_a_time_that_comes_twice_is_the_first() -> None:
    form = Form({"due": "2026-10-25T02:30", "opens": "2026-10-20"})
    assert form.is_valid()
    assert said_twice(form, ["due", "opens"]) == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_what_was_not_touched_is_no_change() -> None:
    second = datetime(2026, 10, 25, 1, 30, 44, tzinfo=UTC)
    shown = Form(initial={"due": second})["due"].value()
    assert shown == "2026-10-25T02:30"
    same = Form({"initial-due": shown, "due": shown}, initial={"due": second})
    later = Form({"initial-due": shown, "due": "2026-10-25T02:31"}, initial={"due": second})
    emptied = Form({"initial-due": shown, "due": ""}, initial={"due": second + timedelta(days=1)})
    assert [form.changed_data for form in (same, later, emptied)] == [[], ["due"], ["due"]]


@pytest.mark.parametrize("character", ["\t", "\n", "\x07", "\x00"])
def test_a_line_has_no_control_characters(character: str) -> None:
    assert error(line=f"a{character}b") != ""
