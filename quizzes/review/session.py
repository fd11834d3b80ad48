"""A review session as its page needs it: the day so far, what is left, and the card to ask."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from quizzes.models import ReviewCard, ReviewPreferences
from quizzes.review.asking import Front, cards_to_ask, front_of
from quizzes.review.day import Today, today_of
from quizzes.review.preferences import preferences_of
from quizzes.review.queue import Queue, is_asked, limits_of, queue_of

ASIDE = gettext_lazy("That card was put aside meanwhile. Nothing was counted.")
GONE = gettext_lazy("That card is no longer asked. Nothing was counted.")
CHANGED = gettext_lazy("This card was changed meanwhile. Here it is as it is now.")


class MovedOnError(Exception):
    """The card is not what the learner saw; `again`: it is worth asking once more."""

    def __init__(self, message: str | Promise, *, again: bool) -> None:
        super().__init__(str(message))
        self.again = again


@dataclass(frozen=True, slots=True)
class Session:
    preferences: ReviewPreferences
    today: Today
    queue: Queue

    @property
    def left(self) -> int:
        return len(self.queue)

    @property
    def done(self) -> int:
        return self.today.reviews

    @property
    def number(self) -> int:
        """Of the card that is asked."""
        return self.done + 1

    @property
    def total(self) -> int:
        return self.done + max(self.left, 1)


def session_of(user: User, now: datetime, more: int = 0) -> Session:
    """Three queries. `more` is by how many cards the learner has raised today's limits."""
    preferences = preferences_of(user)
    today = today_of(user, now)
    queue = queue_of(user, today, limits_of(preferences, today, more), now)
    return Session(preferences, today, queue)


def next_front(user: User, session: Session, now: datetime, *, early: bool) -> Front | None:
    """The card to ask now, None if there is none: a query, and one more for each broken one."""
    for place in session.queue.in_order(early=early):
        front = front_of(cards_to_ask(user).get(pk=place.card), now)
        if front is not None:
            return front
    return None


def wanted_front(user: User, card_id: int, now: datetime) -> Front | None:
    """A card by its key, such as one that was just undone; None if it cannot be asked now."""
    if not is_asked(user, card_id, now):
        return None
    return front_of(cards_to_ask(user).get(pk=card_id), now)


def same_front(
    user: User, card: ReviewCard, *, digest: str, seen_reviews: int, now: datetime
) -> Front:
    """The card as the learner has it before them. Raises MovedOnError if it is not so any more."""
    if card.reviews != seen_reviews:
        # Sent twice, or from a page that the browser kept: it counts already.
        raise MovedOnError("", again=False)
    if card.suspended_at is not None:
        raise MovedOnError(ASIDE, again=False)
    front = front_of(card, now)
    if front is None or not is_asked(user, card.pk, now):
        raise MovedOnError(GONE, again=False)
    if front.digest != digest:
        raise MovedOnError(CHANGED, again=True)
    return front
