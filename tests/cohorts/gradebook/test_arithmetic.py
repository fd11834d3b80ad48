"""Hand-worked tables, and what must hold whatever the numbers."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.gradebook.arithmetic import (
    CategoryRule,
    Cell,
    Item,
    Plan,
    Row,
    Rules,
    State,
    Try,
    Work,
    cell_of,
    row_of,
    weights_of,
)
from cohorts.gradebook.late import LatePolicy

D = Decimal
TEN_A_DAY = Rules(LatePolicy(percent=10, floor=50))
ZERO_FOR_MISSING = Rules(missing_as_zero=True)
TALK = Item(1, D(80))
BEST, LAST, FIRST, MEAN = (Item(2, D(50), rule) for rule in ("best", "last", "first", "mean"))
THIRD = D("0.3333333333333333")


def tries(*shares: str | None, days: tuple[int, ...] = ()) -> tuple[Try, ...]:
    late = days or (0,) * len(shares)
    given = (None if share is None else D(share) for share in shares)
    return tuple(Try(share, day) for share, day in zip(given, late, strict=True))


# What there is, and what it comes to: state, points, points before lateness, waits for something.
CELLS = [
    # On time; more than can be had; zero.
    (TALK, Work(score=D("62.5")), TEN_A_DAY, ("graded", "62.5", "62.5", False)),
    (TALK, Work(score=D(90)), TEN_A_DAY, ("graded", "90", "90", False)),
    (TALK, Work(score=D(0)), TEN_A_DAY, ("graded", "0", "0", False)),
    # 3 days of 8 points each; down to the floor of 40; a floor gives nothing.
    (TALK, Work(score=D(70), days_late=3), TEN_A_DAY, ("graded", "46", "70", False)),
    (TALK, Work(score=D(70), days_late=9), TEN_A_DAY, ("graded", "40", "70", False)),
    (TALK, Work(score=D(20), days_late=9), TEN_A_DAY, ("graded", "20", "20", False)),
    # By hand, whatever the score and the lateness; excused, whatever else.
    (
        TALK,
        Work(score=D(70), days_late=3, override=D(77)),
        TEN_A_DAY,
        ("changed", "77", "70", False),
    ),
    (TALK, Work(override=D(77), closed=True), TEN_A_DAY, ("changed", "77", None, False)),
    (
        TALK,
        Work(score=D(70), override=D(77), excused=True),
        TEN_A_DAY,
        ("excused", None, None, False),
    ),
    # Nothing there: not due, due and still accepted, over and over as zero.
    (TALK, Work(), TEN_A_DAY, ("open", None, None, False)),
    (TALK, Work(overdue=True), TEN_A_DAY, ("overdue", None, None, False)),
    (TALK, Work(overdue=True, closed=True), TEN_A_DAY, ("missing", None, None, False)),
    (TALK, Work(overdue=True, closed=True), ZERO_FOR_MISSING, ("zero", "0", None, False)),
    # Handed in, and handed in again after it was graded.
    (TALK, Work(handed_in=True, closed=True), ZERO_FOR_MISSING, ("waiting", None, None, True)),
    (TALK, Work(handed_in=True, score=D(8), again=True), TEN_A_DAY, ("graded", "8", "8", True)),
    # Quizzes: the best before lateness counts, and is then as late as it was.
    (
        BEST,
        Work(tries("0.5", "0.9", "0.7", days=(0, 2, 0))),
        TEN_A_DAY,
        ("graded", "35", "45", False),
    ),
    (
        LAST,
        Work(tries("0.5", "0.9", "0.7", days=(0, 2, 0))),
        TEN_A_DAY,
        ("graded", "35", "35", False),
    ),
    (FIRST, Work(tries("0.5", "0.9")), TEN_A_DAY, ("graded", "25", "25", False)),
    # The mean of 25 and of 45 less 2 x 5.
    (MEAN, Work(tries("0.5", "0.9", days=(0, 2))), TEN_A_DAY, ("graded", "30", "35", False)),
    # What is not known yet: the best of the others; nothing of the last.
    (BEST, Work(tries("0.5", None)), TEN_A_DAY, ("graded", "25", "25", True)),
    (LAST, Work(tries("0.5", None)), TEN_A_DAY, ("waiting", None, None, True)),
    (MEAN, Work(tries(None)), TEN_A_DAY, ("waiting", None, None, True)),
    (BEST, Work(tries(str(THIRD))), TEN_A_DAY, ("graded", str(THIRD * 50), str(THIRD * 50), False)),
]


@pytest.mark.parametrize(("item", "work", "rules", "expected"), CELLS)
def test_cell(
    item: Item, work: Work, rules: Rules, expected: tuple[str, str | None, str | None, bool]
) -> None:
    cell = cell_of(item, work, rules)
    state, earned, raw, waits = expected
    assert (cell.state, cell.waits) == (state, waits)
    assert cell.earned == (None if earned is None else D(earned))
    assert cell.raw == (None if raw is None else D(raw))
    assert cell.share == (None if earned is None else D(earned) / item.points)


def test_a_change_by_hand_remembers_what_it_changed() -> None:
    cell = cell_of(BEST, Work(tries("0.5", days=(1,)), override=D(40)), TEN_A_DAY)
    assert (cell.without, cell.at, cell.days_late) == (D(20 + 5), 0, 1)


def graded(*points: str | None, of: int = 100) -> tuple[list[Item], list[Cell]]:
    items = [Item(n, D(of)) for n in range(len(points))]
    works = [Work(excused=True) if one is None else Work(score=D(one)) for one in points]
    return items, [cell_of(item, work, TEN_A_DAY) for item, work in zip(items, works, strict=True)]


def row(*categories: tuple[CategoryRule, tuple[list[Item], list[Cell]]]) -> Row:
    items: list[Item] = []
    cells: list[Cell] = []
    places = []
    for _rule, (more, theirs) in categories:
        places.append(tuple(range(len(items), len(items) + len(more))))
        items += more
        cells += theirs
    return row_of(Plan(tuple(rule for rule, _ in categories), tuple(items), tuple(places)), cells)


def rule(weight: str, drop: int = 0, *, equal: bool = False) -> CategoryRule:
    return CategoryRule(1, D(weight), equal, drop)


ROWS = [
    ("one category", [(rule("100"), graded("80", "60"))], "0.7"),
    # 0.4 x 0.9 + 0.6 x 0.5
    ("two weights", [(rule("40"), graded("90")), (rule("60"), graded("50"))], "0.66"),
    ("weights in any unit", [(rule("2"), graded("90")), (rule("3"), graded("50"))], "0.66"),
    ("an empty category", [(rule("40"), graded()), (rule("60"), graded("50"))], "0.5"),
    ("one with excuses only", [(rule("9"), graded(None)), (rule("1"), graded("50"))], "0.5"),
    ("an excuse counts for nothing", [(rule("100"), graded("80", None))], "0.8"),
    ("weight 0 counts for nothing", [(rule("0"), graded("10")), (rule("5"), graded("90"))], "0.9"),
    ("nothing that weighs", [(rule("0"), graded("10"))], None),
    ("nothing at all", [], None),
    ("the lowest is left out", [(rule("100", 1), graded("10", "80", "90"))], "0.85"),
    ("one always stays", [(rule("100", 5), graded("10", "80"))], "0.8"),
    ("an excuse is not the lowest", [(rule("100", 1), graded(None, "60", "80"))], "0.8"),
    ("more than all", [(rule("100"), graded("110", "100"))], "1.05"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("categories", "total"), [one[1:] for one in ROWS], ids=[r[0] for r in ROWS]
)
def test_total(
    categories: list[tuple[CategoryRule, tuple[list[Item], list[Cell]]]], total: str | None
) -> None:
    assert row(*categories).total == (None if total is None else D(total))


def test_by_points_a_bigger_item_counts_more() -> None:
    items = [Item(1, D(90)), Item(2, D(10))]
    cells = [
        cell_of(items[0], Work(score=D(45)), Rules()),
        cell_of(items[1], Work(score=D(10)), Rules()),
    ]
    assert row((rule("1"), (items, cells))).total == D("0.55")
    assert row((rule("1", equal=True), (items, cells))).total == D("0.75")


def test_of_equal_ones_that_with_more_points_is_left_out() -> None:
    items = [Item(3, D(10)), Item(1, D(20)), Item(2, D(20)), Item(4, D(5))]
    scores = [D(5), D(10), D(10), D(5)]
    cells = [cell_of(item, Work(score=n), Rules()) for item, n in zip(items, scores, strict=True)]
    part = row((rule("1", 2), (items, cells))).parts[0]
    assert (part.dropped, part.counted) == ((1, 2), (0, 3))
    assert (part.earned, part.possible) == (D(10), D(15))


def test_division_has_28_digits() -> None:
    assert row((rule("1"), graded("100", "0", "0"))).total == D("0." + "3" * 28)


points = st.decimals(0, 120, places=2)
some = st.lists(st.one_of(st.none(), points), min_size=0, max_size=5)
rules_of = st.builds(
    CategoryRule, st.just(1), st.decimals(0, 50, places=2), st.booleans(), st.integers(0, 3)
)
books = st.lists(st.tuples(rules_of, some), min_size=1, max_size=4)
Made = list[tuple[CategoryRule, list[D | None]]]
quick = settings(max_examples=40, deadline=None)


def made(book: Made, random: Random | None = None) -> Row:
    """With the items of each category, and the categories, in some order."""
    out = []
    number = 0
    for one, scores in book:
        items, cells = [], []
        for score in scores:
            number += 1
            item = Item(number, D(20 * (number % 3 + 1)))
            work = Work(excused=True) if score is None else Work(score=score)
            items.append(item)
            cells.append(cell_of(item, work, TEN_A_DAY))
        order = list(range(len(items)))
        if random:
            random.shuffle(order)
        out.append((one, ([items[at] for at in order], [cells[at] for at in order])))
    if random:
        random.shuffle(out)
    return row(*out)


@quick
@given(books, st.randoms(use_true_random=False))
def test_order_does_not_matter(book: Made, random: Random) -> None:
    assert made(book).total == made(book, random).total


@quick
@given(books)
def test_weights_come_to_one_and_the_total_lies_between(book: Made) -> None:
    found = made(book)
    shares = [p.share for p in found.parts if p.share is not None and p.rule.weight]
    assert sum(weights_of(found.parts)) == (1 if shares else 0)
    assert (found.total is None) == (not shares)
    if found.total is not None:
        assert min(shares) <= found.total <= max(shares)


@quick
@given(st.lists(points, min_size=1, max_size=6), st.integers(0, 4))
def test_leaving_out_the_lowest_never_lowers(scores: list[D], drop: int) -> None:
    def share(drop: int) -> D | None:
        return made([(rule("1", drop, equal=True), list(scores))]).parts[0].share

    before, after = share(drop), share(drop + 1)
    assert before is not None
    assert after is not None
    assert after >= before


@quick
@given(points, st.integers(0, 9), st.one_of(st.none(), points))
def test_an_excuse_never_asks_what_it_excuses(score: D, days: int, override: D | None) -> None:
    work = Work(score=score, days_late=days, override=override, excused=True)
    assert cell_of(TALK, work, TEN_A_DAY) == cell_of(TALK, Work(excused=True), TEN_A_DAY)


@quick
@given(points, st.integers(0, 9), points)
def test_a_change_by_hand_wins_over_lateness(score: D, days: int, override: D) -> None:
    work = Work(score=score, days_late=days, override=override)
    cell = cell_of(TALK, work, TEN_A_DAY)
    assert (cell.state, cell.earned) == (State.CHANGED, override)
