"""The forgetting curve of FSRS-6 over plain numbers, for pages that look at many cards."""

from datetime import datetime

from fsrs.scheduler import DEFAULT_PARAMETERS

DECAY = -DEFAULT_PARAMETERS[20]
FACTOR = 0.9 ** (1 / DECAY) - 1


def recall_after(days: float, stability: float) -> float:
    """How likely, from 0 to 1, an answer is known `days` after its last review.

    `stability` is in days, above 0: after as many, recall is 0.9. A time before the review
    counts as the moment of it. Source: the power curve of FSRS-6, as
    `fsrs.Scheduler.get_card_retrievability` has it.
    """
    return float((1 + FACTOR * max(days, 0) / stability) ** DECAY)


def recall_at(now: datetime, reviewed_at: datetime, stability: float) -> float:
    """The same over whole days, as cards are scheduled: a card counts as known on its day."""
    return recall_after((now - reviewed_at).days, stability)


def interval_share(retention: float) -> float:
    """By what a card's interval changes where `retention`, from 0 to 1, is wanted instead of 0.9.

    The forgetting curve solved for the days: 1 at 0.9, about 0.4 at 0.95.
    """
    return float((retention ** (1 / DECAY) - 1) / FACTOR)
