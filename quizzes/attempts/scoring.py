"""What an attempt is worth, out of what its answers are. Pure."""

from collections.abc import Iterable
from decimal import Decimal


def score_of(answers: Iterable[tuple[Decimal | float, float | None]]) -> float:
    """Σ points · score ÷ Σ points over (points, score) of every question, from 0 to 1.

    A score of None, which a person has still to give, counts as zero. No points make zero.
    """
    total = gained = 0.0
    for points, score in answers:
        total += float(points)
        gained += float(points) * (score or 0.0)
    return min(1.0, gained / total) if total else 0.0
