"""The curve of expected recall of one card, since its memory began: numbers for inline SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.review.recall import recall_after, recall_at

# The frame of the line, in a picture of 320 by 150.
LEFT, RIGHT, TOP, GROUND = 38, 312, 12, 126
# Points of the line between two reviews.
STEPS = 16
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Review:
    """A review that counts; `stability`, in days, is the one it led to."""

    at: datetime
    stability: float


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """`path` is the line as SVG draws it, `marks` the reviews on it; shares are from 0 to 1."""

    path: str
    marks: tuple[Mark, ...]
    since: datetime
    lowest: float
    now: float


def curve_of(reviews: Sequence[Review], now: datetime) -> Curve | None:
    """From the first of `reviews`, oldest first, to `now`; None where there is none.

    Between two reviews recall falls as FSRS says, and each review lifts it to 1.
    """
    if not reviews:
        return None
    since, last = reviews[0].at, reviews[-1]
    points = list(walk(reviews, now))
    # A card reviewed just now has a curve of a day, too.
    span = max(now - since, DAY)
    placed = [(x_of(at - since, span), y_of(share)) for at, share in points]
    return Curve(
        path="M" + " L".join(f"{x} {y}" for x, y in placed),
        marks=tuple(Mark(x_of(review.at - since, span), y_of(1.0)) for review in reviews),
        since=since,
        lowest=min(share for _, share in points),
        now=recall_at(now, last.at, last.stability),
    )


def walk(reviews: Sequence[Review], now: datetime) -> Iterator[tuple[datetime, float]]:
    ends = [*(review.at for review in reviews[1:]), max(now, reviews[-1].at)]
    for review, end in zip(reviews, ends, strict=True):
        for step in range(STEPS + 1):
            at = review.at + (end - review.at) * (step / STEPS)
            yield at, recall_after((at - review.at) / DAY, review.stability)


def x_of(passed: timedelta, span: timedelta) -> float:
    return round(LEFT + (RIGHT - LEFT) * (passed / span), 1)


def y_of(share: float) -> float:
    return round(GROUND - (GROUND - TOP) * share, 1)
