"""The buttons that rate a card, each with the interval it leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quizzes.models import ReviewCard, ReviewLog
from quizzes.review.cards import memory_of
from quizzes.review.intervals import in_words
from quizzes.review.scheduling import choices


@dataclass(frozen=True, slots=True)
class Button:
    rating: int
    label: str
    interval: str


def buttons_of(
    card: ReviewCard, ratings: Iterable[int], retention: float, now: datetime
) -> tuple[Button, ...]:
    """What happens at `now`; pressed later, an interval of days comes out the same or longer."""
    after = choices(memory_of(card), now, retention)
    return tuple(
        Button(one, str(ReviewLog.Rating(one).label), in_words(after[one].interval))
        for one in ratings
    )
