"""Which of a learner's attempts counts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from quizzes.models import Quiz


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of several attempts: the share of the points, from 0 to 1, and a pass.

    `at` is the place of the attempt that counts, from 0; None where all count together.
    """

    score: float
    passed: bool
    at: int | None


def passes(score: float, pass_mark: int) -> bool:
    """People pass by the percentage that they see: 0.695 passes at 70."""
    return round(score * 100) >= pass_mark


def counted(scores: Sequence[float], counts: str, pass_mark: int) -> Counted | None:
    """What counts of attempts that scored `scores` (0 to 1), the first handed in first.

    `counts` is one of Quiz.Counts. Of equal best ones the earliest counts. None of no attempts.
    """
    if not scores:
        return None
    if counts == Quiz.Counts.MEAN:
        mean = fmean(scores)
        return Counted(mean, passes(mean, pass_mark), None)
    places = range(len(scores))
    at = {
        Quiz.Counts.BEST: max(places, key=scores.__getitem__),
        Quiz.Counts.LAST: len(scores) - 1,
        Quiz.Counts.FIRST: 0,
    }[Quiz.Counts(counts)]
    return Counted(scores[at], passes(scores[at], pass_mark), at)
