"""What a learner's work comes to: cells, categories, the total. Pure and exact.

Points are decimals, shares are parts of what can be had (1 is all of it; more is possible). Sums
and products are exact: they are made with 64 digits, which is more than any of them has. Only
divisions round, to 28 digits, half to even. Nothing here rounds to what is shown: the pages do
that, once, with `numbers.half_up`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from cohorts.gradebook.late import LatePolicy, after_late
from quizzes.attempts.counting import counted
from quizzes.models import Quiz

ZERO = Decimal(0)
EXACT = Context(prec=64, rounding=ROUND_HALF_EVEN)
divide = Context(prec=28, rounding=ROUND_HALF_EVEN).divide
OF_ONE = (Quiz.Counts.FIRST.value, Quiz.Counts.LAST.value)


class State(StrEnum):
    GRADED = "graded"
    CHANGED = "changed"  # by hand
    ZERO = "zero"  # missing, and counts as zero
    MISSING = "missing"  # nothing was handed in, and nothing is accepted any more
    WAITING = "waiting"  # handed in, and there is no result yet
    OVERDUE = "overdue"  # nothing was handed in; it is due and still accepted
    OPEN = "open"  # not yet due, or nothing to hand in
    EXCUSED = "excused"
    HIDDEN = "hidden"  # not released: only the staff knows more


@dataclass(frozen=True, slots=True)
class Item:
    """`points` can be had, more than 0; `counts` says of a quiz which attempt does."""

    id: int
    points: Decimal
    counts: str = ""


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """`weight` in relation to the others, at least 0; `equal`: all items alike, else by points;
    `drop`: how many of the lowest are left out."""

    id: int
    weight: Decimal
    equal: bool = False
    drop: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """`places[n]` are the places in `items` of what stands in `categories[n]`."""

    categories: tuple[CategoryRule, ...]
    items: tuple[Item, ...]
    places: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    late: LatePolicy = LatePolicy()  # noqa: RUF009  (it is frozen)
    missing_as_zero: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt at a quiz that was handed in; no `share` while it is not known."""

    share: Decimal | None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What there is of one learner for one item. Of a quiz `tries`, the first handed in first; of
    anything else `score`, in points, which is None until somebody gave one.

    `again`: handed in once more since it was graded. `closed`: nothing is accepted any more.
    """

    tries: tuple[Try, ...] = ()
    score: Decimal | None = None
    days_late: int = 0
    handed_in: bool = False
    again: bool = False
    override: Decimal | None = None
    excused: bool = False
    overdue: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner's result for one item. It counts where `earned` is not None.

    `raw` is what was earned before the late policy and `days_late` took from it, `without` what
    it was without the change by hand. `at` is the place of the attempt that counts among those
    handed in (None where all do), `waits` whether something of it has no result yet.
    """

    state: State
    earned: Decimal | None = None
    share: Decimal | None = None
    raw: Decimal | None = None
    days_late: int = 0
    without: Decimal | None = None
    at: int | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What a category comes to: `share`, None where nothing counts, out of the items at the
    places `counted`; those at `dropped` were left out. `earned` of `possible` points."""

    rule: CategoryRule
    share: Decimal | None
    earned: Decimal
    possible: Decimal
    counted: tuple[int, ...]
    dropped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`total` is a share; None where nothing counts, or only what weighs nothing."""

    cells: tuple[Cell, ...]
    parts: tuple[Part, ...]
    total: Decimal | None


EXCUSED = Cell(State.EXCUSED)
HIDDEN = Cell(State.HIDDEN)


def cell_of(item: Item, work: Work, rules: Rules) -> Cell:
    """What `work` is worth. An excuse goes before everything; a change by hand before the score
    and the late policy. Raises nothing."""
    if work.excused:
        return EXCUSED
    with localcontext(EXACT):
        found = (of_tries if item.counts else of_score)(item, work, rules.late)
        if work.override is not None:
            share = divide(work.override, item.points)
            return replace(
                found or Cell(State.OPEN),
                state=State.CHANGED,
                earned=work.override,
                share=share,
                without=found.earned if found else None,
            )
        return found or of_nothing(work, rules)


def of_nothing(work: Work, rules: Rules) -> Cell:
    if work.closed:
        return Cell(State.ZERO, ZERO, ZERO) if rules.missing_as_zero else Cell(State.MISSING)
    return Cell(State.OVERDUE if work.overdue else State.OPEN)


def of_score(item: Item, work: Work, late: LatePolicy) -> Cell | None:
    if work.score is None:
        return Cell(State.WAITING, waits=True, days_late=work.days_late) if work.handed_in else None
    earned = after_late(work.score, item.points, work.days_late, late)
    share = divide(earned, item.points)
    return Cell(State.GRADED, earned, share, work.score, work.days_late, waits=work.again)


def of_tries(item: Item, work: Work, late: LatePolicy) -> Cell | None:
    """By the quiz's own rule, on the shares as they were before the late policy. Of the first or
    the last one that has no result yet, nothing is known; otherwise those with one count."""
    if not work.tries:
        return None
    tries = work.tries
    known = [at for at, one in enumerate(tries) if one.share is not None]
    at = counting(item, tries, known)
    if not known or (at is not None and at not in known):
        return Cell(State.WAITING, waits=True)
    waits = len(known) < len(tries)
    return of_counted(item, [tries[n] for n in (known if at is None else [at])], late, at, waits)


def counting(item: Item, tries: Sequence[Try], known: Sequence[int]) -> int | None:
    """The place of the attempt that counts; None where all do, or none can."""
    among = range(len(tries)) if item.counts in OF_ONE else known
    if len(among) == 1:
        return among[0]
    found = counted([float(tries[at].share or 0) for at in among], item.counts, 100)
    return None if found is None or found.at is None else among[found.at]


def of_counted(
    item: Item, tries: Sequence[Try], late: LatePolicy, at: int | None, waits: bool
) -> Cell:
    """Each attempt loses for its own lateness; several count with their mean."""
    raws = [(one.share or ZERO) * item.points for one in tries]
    left = [
        after_late(raw, item.points, one.days_late, late)
        for raw, one in zip(raws, tries, strict=True)
    ]
    raw, earned = mean(raws), mean(left)
    days = max(one.days_late for one in tries)
    return Cell(State.GRADED, earned, divide(earned, item.points), raw, days, at=at, waits=waits)


def mean(numbers: Sequence[Decimal]) -> Decimal:
    return numbers[0] if len(numbers) == 1 else divide(sum(numbers, ZERO), Decimal(len(numbers)))


def row_of(plan: Plan, cells: Sequence[Cell]) -> Row:
    """The categories and the total of `cells`, one for each of `plan.items`.

    The total is Σ weight x share / Σ weight over the categories in which something counts. The
    order of items and of categories does not matter, to the last digit. Raises nothing.
    """
    with localcontext(EXACT):
        parts = tuple(
            [
                part_of(rule, places, plan.items, cells)
                for rule, places in zip(plan.categories, plan.places, strict=True)
            ]
        )
        weight = weighted = ZERO
        for part in parts:
            if part.share is not None:
                weight += part.rule.weight
                weighted += part.rule.weight * part.share
        return Row(tuple(cells), parts, divide(weighted, weight) if weight else None)


def part_of(
    rule: CategoryRule, places: Sequence[int], items: Sequence[Item], cells: Sequence[Cell]
) -> Part:
    """By points: the sum of what was earned by the sum of what can be had. All alike: the mean of
    the shares."""
    kept = [at for at in places if cells[at].earned is not None]
    dropped = lowest(rule.drop, kept, items, cells) if rule.drop and kept else ()
    if dropped:
        kept = [at for at in kept if at not in dropped]
    if not kept:
        return Part(rule, None, ZERO, ZERO, (), ())
    earned = sum([cells[at].earned or ZERO for at in kept], ZERO)
    possible = sum([items[at].points for at in kept], ZERO)
    if rule.equal:
        share = mean([cells[at].share or ZERO for at in kept])
    else:
        share = divide(earned, possible)
    return Part(rule, share, earned, possible, tuple(kept), dropped)


def lowest(
    drop: int, kept: Sequence[int], items: Sequence[Item], cells: Sequence[Cell]
) -> tuple[int, ...]:
    """The places of the `drop` lowest by share; of equal ones that with more points goes first,
    then the older item. One always stays."""

    def rank(at: int) -> tuple[Decimal, Decimal, int]:
        return cells[at].share or ZERO, -items[at].points, items[at].id

    return tuple(sorted(sorted(kept, key=rank)[: min(drop, len(kept) - 1)]))


def weights_of(parts: Sequence[Part]) -> tuple[Fraction, ...]:
    """What part of the total each category makes, in their order; 0 where nothing counts. They
    come to 1, or all to 0 where there is no total."""
    weights = [Fraction(0) if part.share is None else Fraction(part.rule.weight) for part in parts]
    whole = sum(weights) or Fraction(1)
    return tuple(weight / whole for weight in weights)
