"""Two sequences beside each other: what stayed, and what stands in place of what. Pure."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from diff_match_patch import diff_match_patch

# Up to here the shortest way is always found; beyond, within the time given.
SMALL = 300
FIRST_CHARACTER, SURROGATES, AFTER_SURROGATES = 0x100, 0xD800, 0xE000


class Step(NamedTuple):
    """The items of `before` and of `after` that are the same, or that take each other's place."""

    same: bool
    before: range
    after: range


def align(before: Sequence[Hashable], after: Sequence[Hashable], seconds: float) -> list[Step]:
    """The steps that lead from `before` to `after`, the same and the changed in turn.

    They cover both sequences without a gap. Myers' algorithm in diff-match-patch, on items mapped
    to characters; what is long and wholly different is one change after about `seconds`.
    """
    start = ahead(before, after)
    end = min(ahead(before[::-1], after[::-1]), len(before) - start, len(after) - start)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    steps = [(True, start, start), *lengths(old, new, seconds), (True, end, end)]
    return joined(placed(steps))


def ahead(before: Sequence[object], after: Sequence[object]) -> int:
    """How many items at the front are the same."""
    pairs = zip(before, after, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))


def lengths(
    old: Sequence[Hashable], new: Sequence[Hashable], seconds: float
) -> Iterator[tuple[bool, int, int]]:
    """For each step whether it is the same, and how many items of each side it takes."""
    differ = diff_match_patch()
    differ.Diff_Timeout = 0 if len(old) + len(new) <= SMALL else seconds
    characters: dict[Hashable, str] = {}
    numbers = count(FIRST_CHARACTER)

    def character(item: Hashable) -> str:
        if item not in characters:
            number = next(numbers)
            characters[item] = chr(number if number < SURROGATES else number + 0x800)
        return characters[item]

    texts = ["".join(map(character, items)) for items in (old, new)]
    for kind, text in differ.diff_main(*texts, checklines=False):
        yield kind == 0, len(text) * (kind <= 0), len(text) * (kind >= 0)


def placed(steps: list[tuple[bool, int, int]]) -> Iterator[Step]:
    i = j = 0
    for same, old, new in steps:
        if old or new:
            yield Step(same, range(i, i + old), range(j, j + new))
        i, j = i + old, j + new


def joined(steps: Iterator[Step] | list[Step]) -> list[Step]:
    """With one step for neighbours of the same kind."""
    found: list[Step] = []
    for step in steps:
        if found and found[-1].same == step.same:
            found[-1] = over(found[-1], step)
        else:
            found.append(step)
    return found


def over(first: Step, last: Step) -> Step:
    """One change from the beginning of `first` to the end of `last`, or one sameness."""
    return Step(
        first.same and last.same,
        range(first.before.start, last.before.stop),
        range(first.after.start, last.after.stop),
    )


def readable(steps: list[Step], old: Callable[[int], int], new: Callable[[int], int]) -> list[Step]:
    """Without the crumbs that stayed between two changes: people read those as one change.

    `old` and `new` give the weight of an item, 0 for what is no word. A crumb weighs at most a
    third of the lighter change beside it.
    """

    def weight(step: Step) -> int:
        return sum(map(old, step.before)) + sum(map(new, step.after))

    found: list[Step] = []
    for step in steps:
        if len(found) > 1 and not step.same and found[-1].same:
            lighter = min(weight(found[-2]), weight(step))
            if weight(found[-1]) * 3 <= lighter * 2:
                step = over(over(found[-2], found[-1]), step)
                del found[-2:]
        found.append(step)
    return found
