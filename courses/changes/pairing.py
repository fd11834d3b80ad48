"""Which of the things that went became which of those that came. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
# Below it, two blocks are two different ones and not two wordings of one.
ALIKE = 0.35
MOST_COMPARED = 60_000


def pairs_of(
    old: Sequence[Thing], new: Sequence[Thing], likeness: Callable[[Thing, Thing], float]
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """All of `old` and `new` in order, the like ones as pairs, what went before what came.

    The pairs have the greatest sum of likeness that keeps the order (Needleman and Wunsch). Of
    sequences too long to compare each with each, none are pairs.
    """
    if len(old) * len(new) > MOST_COMPARED:
        return iter([*((one, None) for one in old), *((None, one) for one in new)])
    best, chosen = sums(old, new, likeness)
    found: list[tuple[Thing | None, Thing | None]] = []
    i, j = len(old), len(new)
    while i and j:
        if (i, j) in chosen and best[i][j] > max(best[i - 1][j], best[i][j - 1]):
            i, j = i - 1, j - 1
            found.append((old[i], new[j]))
        elif best[i][j - 1] >= best[i - 1][j]:
            j -= 1
            found.append((None, new[j]))
        else:
            i -= 1
            found.append((old[i], None))
    found += [(None, new[at]) for at in reversed(range(j))]
    found += [(old[at], None) for at in reversed(range(i))]
    return reversed(found)


def sums(
    old: Sequence[Thing], new: Sequence[Thing], likeness: Callable[[Thing, Thing], float]
) -> tuple[list[list[float]], set[tuple[int, int]]]:
    """The greatest sum for the first i and the first j, and which may be pairs."""
    chosen: set[tuple[int, int]] = set()
    best = [[0.0] * (len(new) + 1)]
    for i, one in enumerate(old, 1):
        row = [0.0]
        for j, other in enumerate(new, 1):
            score = max(best[-1][j], row[j - 1])
            if (like := likeness(one, other)) >= ALIKE:
                chosen.add((i, j))
                score = max(score, best[-1][j - 1] + like)
            row.append(score)
        best.append(row)
    return best, chosen
