"""When a card comes back: FSRS-6, as the package `fsrs` has it, in values that we keep.

Pure: no clock, no chance, no database. The algorithm is described in the package's own
documentation and at https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Self

from fsrs import Card, Rating, Scheduler, State

NAME = "FSRS-6"
PACKAGE = f"fsrs {version('fsrs')}"
STEP = timedelta(minutes=10)
LONGEST = 5 * 365
NEW, LEARNING, REVIEW, RELEARNING = range(4)
AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of one learner's memory of one card.

    `state` as in ReviewCard.State; `stability` in days, `difficulty` from 1 to 10, both None
    while new, as is `reviewed`; `step` only while learning or relearning; `lapses` counts how
    often a card under review was forgotten.
    """

    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime
    reviewed: datetime | None
    lapses: int = 0

    def as_json(self) -> dict[str, Any]:
        """To the microsecond, so that what is undone is as it was."""
        return {
            "state": int(self.state),
            "step": self.step,
            "stability": self.stability,
            "difficulty": self.difficulty,
            "due_at": self.due.isoformat(),
            "reviewed_at": self.reviewed and self.reviewed.isoformat(),
            "lapses": self.lapses,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        reviewed = stored["reviewed_at"]
        return cls(
            state=stored["state"],
            step=stored["step"],
            stability=stored["stability"],
            difficulty=stored["difficulty"],
            due=datetime.fromisoformat(stored["due_at"]),
            reviewed=reviewed and datetime.fromisoformat(reviewed),
            lapses=stored["lapses"],
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """What a rating leads to: the memory after it, and how long until the card comes back."""

    memory: Memory
    interval: timedelta


@lru_cache(maxsize=128)
def scheduler(retention: float) -> Scheduler:
    """Without fuzz, so that the interval on a button is the one that happens."""
    return Scheduler(
        desired_retention=retention,
        learning_steps=(STEP,),
        relearning_steps=(STEP,),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


PARAMETERS: dict[str, Any] = {
    "weights": list(scheduler(0.9).parameters),
    "learning_steps": [STEP.total_seconds()],
    "relearning_steps": [STEP.total_seconds()],
    "maximum_interval": LONGEST,
}


def schedule(memory: Memory, rating: int, now: datetime, retention: float) -> Memory:
    """`memory` after it was rated 1 (again) to 4 (easy) at `now`.

    `retention` is the share of cards, from 0.80 to 0.97, that the learner wants to know when
    they come back. A review dated before the last one counts as at the same moment. What
    `fsrs.Scheduler.review_card` says is taken over as it is. Raises ValueError for another
    rating.
    """
    at = max(now, memory.reviewed or now).astimezone(UTC)
    card, _log = scheduler(retention).review_card(to_card(memory), Rating(rating), at)
    lapsed = memory.state == REVIEW and rating == AGAIN
    return Memory(
        state=card.state.value,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        reviewed=at,
        lapses=memory.lapses + lapsed,
    )


def choices(memory: Memory, now: datetime, retention: float) -> dict[int, Choice]:
    """What each of the four ratings at `now` would lead to."""
    after = {rating: schedule(memory, rating, now, retention) for rating in RATINGS}
    return {rating: Choice(one, one.due - (one.reviewed or now)) for rating, one in after.items()}


def recall(memory: Memory, now: datetime) -> float:
    """How likely, from 0 to 1, the answer is known at `now`: 0 while new, 1 on the first day.

    FSRS's forgetting curve over whole days: (1 + f · days / stability) ** -decay.
    """
    return scheduler(0.9).get_card_retrievability(to_card(memory), now)


def to_card(memory: Memory) -> Card:
    new = memory.state == NEW
    return Card(
        card_id=0,  # else the package waits for the clock to make one
        state=State.Learning if new else State(memory.state),
        step=0 if new else memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.reviewed,
    )
