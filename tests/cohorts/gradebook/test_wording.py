"""What is said about a number, for numbers that were worked out by hand."""

from decimal import Decimal

import pytest

from cohorts.gradebook import wording
from cohorts.gradebook.arithmetic import (
    CategoryRule,
    Item,
    Plan,
    Rules,
    Try,
    Work,
    cell_of,
    row_of,
)
from cohorts.gradebook.late import LatePolicy
from cohorts.gradebook.layout import Column, Kind, Layout
from cohorts.gradebook.numbers import half_up, plain
from tests.class_factories import NOW

TALK, QUIZ = Item(1, Decimal(80)), Item(2, Decimal(50), "mean")
COLUMNS = (
    Column(TALK, Kind.HAND, "Talk", 0, NOW, offered=False),
    Column(QUIZ, Kind.QUIZ, "Quiz", 1, NOW, offered=True),
)
RULES = Rules(LatePolicy(percent=10, floor=50))
LAYOUT = Layout(
    plan=Plan(
        (CategoryRule(1, Decimal(1)), CategoryRule(2, Decimal(2), equal=True)),
        (TALK, QUIZ),
        ((0,), (1,)),
    ),
    columns=COLUMNS,
    names=("Talks", "Quizzes"),
    rules=RULES,
    digits=0,
    pass_mark=60,
    first_at=None,
    ended=False,
)
DAY = "each day takes 10% of 80 points."
SAID = [
    (0, Work(score=Decimal("62.5")), ["62.5 of 80 points: 78.13%."]),
    (
        0,
        Work(score=Decimal(70), days_late=1),
        ["70 of 80 points: 87.5%.", f"1 day late: {DAY} That takes 8 off and leaves 62."],
    ),
    (
        0,
        Work(score=Decimal(70), days_late=9),
        [
            "70 of 80 points: 87.5%.",
            f"9 days late: {DAY} That takes 30 off and leaves 40.",
            "Lateness takes nothing below 50%, which is 40 points.",
        ],
    ),
    (
        0,
        Work(score=Decimal(20), days_late=2),
        ["20 of 80 points: 25%.", "2 days late, which took nothing off."],
    ),
    (
        0,
        Work(score=Decimal(70), days_late=1, override=Decimal(75)),
        [
            "70 of 80 points: 87.5%.",
            f"1 day late: {DAY} That takes 8 off and leaves 62.",
            "Changed by hand from 62 to 75 of 80 points.",
            "Reason: Why",
        ],
    ),
    (
        0,
        Work(override=Decimal(75)),
        ["Entered by hand in place of a result: 75 of 80 points.", "Reason: Why"],
    ),
    (0, Work(excused=True), ["Excused: it does not count.", "Reason: Why"]),
    (
        1,
        Work(tries=(Try(Decimal("0.5")), Try(Decimal("0.9")), Try(None))),
        [
            "The mean of all attempts counts: 70% of 50 points, which is 35.",
            "Something newer was handed in and has no result yet.",
        ],
    ),
]


@pytest.mark.parametrize(("at", "work", "said"), SAID)
def test_a_cell(at: int, work: Work, said: list[str]) -> None:
    cell = cell_of(COLUMNS[at].item, work, RULES)
    assert wording.cell(LAYOUT, COLUMNS[at], cell, "Why") == said


def test_a_total_and_its_standing() -> None:
    cells = [
        cell_of(TALK, Work(score=Decimal(40)), RULES),
        cell_of(QUIZ, Work(tries=(Try(Decimal("0.64")),)), RULES),
    ]
    row = row_of(LAYOUT.plan, cells)
    # (1 x 50% + 2 x 64%) / 3 = 59.33%, which is 59% here: below the pass mark that people see.
    assert wording.total_sum(LAYOUT, row) == [
        "(1 × 50% + 2 × 64%) ÷ 3 = 59%",
        "Totals are rounded half up to whole percents, once, at the end.",
    ]
    assert wording.weights(row) == ["33.33%", "66.67%"]
    assert wording.category(LAYOUT, row, 0) == ["40 of 80 points = 50%"]
    assert wording.category(LAYOUT, row, 1) == ["One item counts: 64%"]
    assert wording.standing(LAYOUT, row.total) == "risk"
    assert wording.standing(LAYOUT, Decimal("0.595")) == "done"
    assert wording.standing(LAYOUT, None) == ""


@pytest.mark.parametrize(
    ("number", "digits", "shown"),
    [("84.25", 1, "84.3"), ("84.249", 1, "84.2"), ("0.5", 0, "1"), ("1.005", 2, "1.01")],
)
def test_half_up(number: str, digits: int, shown: str) -> None:
    assert str(half_up(Decimal(number), digits)) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("12.50", "12.5"), ("100.00", "100"), ("100", "100"), ("1E+2", "100")]
)
def test_plain(number: str, shown: str) -> None:
    assert plain(Decimal(number)) == shown
