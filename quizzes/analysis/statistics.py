"""What test theory says about a question, from sums that a database can add up. Pure.

All scores are shares, from 0 to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

# Below it a variance is what rounding leaves of zero.
NOTHING = 1e-9
# With two points every line fits.
LEAST = 3


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums over `n` pairs (x, y): Σx, Σy, Σx², Σy², Σxy. Those of disjoint groups add up."""

    n: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.n + other.n,
            self.x + other.x,
            self.y + other.y,
            self.xx + other.xx,
            self.yy + other.yy,
            self.xy + other.xy,
        )


def facility(n: int, total: float) -> float | None:
    """The mean score of `n` answers that score `total` together; None of no answers.

    The item difficulty p of Crocker & Algina, Introduction to Classical and Modern Test Theory
    (1986), chapter 14; with partial credit, the mean share of the points. 1: everybody is right.
    """
    return min(1.0, max(0.0, total / n)) if n else None


def discrimination(sums: Sums) -> float | None:
    """How well a question tells those who did well in the rest from those who did not: −1 to 1.

    x is the score of the question, y the score of the rest of the same attempt without it
    (a score that contained the question would correlate with itself), so that this is the
    corrected item-total correlation: Guilford, Psychometric Methods (2nd edition, 1954), on item
    analysis; Crocker & Algina (1986), chapter 14. For a question that is either right or wrong
    it is the point-biserial correlation, which is Pearson's r with one variable of two values:

        r = (n Σxy − Σx Σy) / √((n Σx² − (Σx)²) (n Σy² − (Σy)²))

    None where there are fewer than three pairs, or all questions or all rests score the same.
    """
    spread_x = sums.n * sums.xx - sums.x**2
    spread_y = sums.n * sums.yy - sums.y**2
    least = NOTHING * max(1, sums.n) ** 2
    if sums.n < LEAST or spread_x <= least or spread_y <= least:
        return None
    r = (sums.n * sums.xy - sums.x * sums.y) / sqrt(spread_x * spread_y)
    return min(1.0, max(-1.0, r))


def median(values: Sequence[float]) -> float | None:
    """The middle of `values` in order, or the mean of the two in the middle; None of nothing."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
