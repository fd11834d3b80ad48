import pytest

from cohorts.grading.wanted import Wanted, wanted_in
from cohorts.models import Group

GROUPS = [Group(pk=3, name="Red"), Group(pk=4, name="Blue")]


@pytest.mark.parametrize(
    ("query", "expected", "address"),
    [
        ({}, Wanted(), ""),
        ({"group": "3"}, Wanted(group=GROUPS[0]), "?group=3"),
        (
            {"group": "4", "state": "all", "item": "quiz-7"},
            Wanted(GROUPS[1], "all", "quiz-7"),
            "?group=4&state=all&item=quiz-7",
        ),
        ({"state": "waiting", "item": "work-12"}, Wanted(item="work-12"), "?item=work-12"),
        ({"state": "graded"}, Wanted(state="graded"), "?state=graded"),
        ({"group": "5"}, Wanted(), ""),
        ({"group": "x", "state": "lost", "item": "7"}, Wanted(), ""),
        ({"item": "work-"}, Wanted(), ""),
        ({"item": "work-²"}, Wanted(), ""),
        ({"item": "work--1"}, Wanted(), ""),
        ({"item": "quiz-" + "9" * 30}, Wanted(), ""),
    ],
)
def test_what_an_address_says(query: dict[str, str], expected: Wanted, address: str) -> None:
    found = wanted_in(query, GROUPS)
    assert found == expected
    assert found.query == address


def test_keys() -> None:
    assert (Wanted(item="work-12").work, Wanted(item="work-12").quiz) == (12, None)
    assert (Wanted(item="quiz-7").work, Wanted(item="quiz-7").quiz) == (None, 7)
    assert (Wanted().work, Wanted().quiz) == (None, None)
