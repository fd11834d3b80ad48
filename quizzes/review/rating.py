"""Rating a card, once, and taking it back.

The card's row is the one lock. A log keeps the memory before and after, so that a review can be
undone, and parameters be fitted to a learner later.
"""

import hashlib
import json
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from quizzes.kinds import Answer
from quizzes.models import Algorithm, QuestionVersion, ReviewCard, ReviewLog
from quizzes.review.cards import memory_of
from quizzes.review.preferences import preferences_of
from quizzes.review.scheduling import NAME, PACKAGE, PARAMETERS, Memory, schedule

# How long after it a review can be taken back.
UNDONE_WITHIN = timedelta(hours=24)
DIGEST = hashlib.sha256(json.dumps([NAME, PACKAGE, PARAMETERS]).encode()).hexdigest()
MEMORY = ["state", "step", "stability", "difficulty", "due_at", "reviewed_at", "lapses"]
# What a log says of the card after the review.
AFTER = ["state", "stability", "difficulty", "due_at", "reviewed_at"]


class SuspendedError(Exception):
    """The card was put aside; it is not rated until it is resumed."""


@transaction.atomic
def rate(
    *,
    user: User,
    card_id: int,
    rating: int,
    seen_reviews: int,
    now: datetime,
    answer: Answer | None = None,
    version: QuestionVersion | None = None,
    score: float | None = None,
    seconds: float | None = None,
) -> ReviewLog | None:
    """Write down a review and when the card comes back.

    `seen_reviews` is the card's count of reviews when it was shown: a rating that saw another
    count changes nothing and answers None, so a form sent twice counts once. `seconds` is how
    long the learner looked at it. Raises ReviewCard.DoesNotExist, SuspendedError.
    """
    card = ReviewCard.objects.of(user).locked().get(pk=card_id)
    if card.reviews != seen_reviews:
        return None
    if card.suspended_at is not None:
        raise SuspendedError
    retention = preferences_of(user).retention
    before = memory_of(card)
    remember(card, schedule(before, rating, now, retention))
    card.algorithm = algorithm()
    card.reviews += 1
    card.save(update_fields=[*MEMORY, "reviews", "algorithm"])
    return ReviewLog.objects.create(
        card=card,
        user=user,
        algorithm=card.algorithm,
        rating=rating,
        seconds=seconds,
        retention=retention,
        version=version,
        answer=answer,
        score=score,
        before=before.as_json(),
        **{name: getattr(card, name) for name in AFTER},
    )


def remember(card: ReviewCard, memory: Memory) -> None:
    """Set the fields of `card` named in MEMORY; the caller saves them."""
    card.state = memory.state
    card.step = memory.step
    card.stability = memory.stability
    card.difficulty = memory.difficulty
    card.due_at = memory.due
    card.reviewed_at = memory.reviewed
    card.lapses = memory.lapses


def algorithm() -> Algorithm:
    """The one that computes now. One query, three the first time."""
    found, _created = Algorithm.objects.get_or_create(
        digest=DIGEST, defaults={"name": NAME, "package": PACKAGE, "parameters": PARAMETERS}
    )
    return found


@transaction.atomic
def undo(*, user: User, review_id: int, now: datetime) -> ReviewLog | None:
    """Take back a review if it is the user's newest and of the last 24 hours.

    The card is again as it was before; the one before it is the newest then. Answers None where
    there is nothing to take back: it is undone already, or the card was started anew since.
    """
    log = newest_review(user, now)
    if log is None or log.pk != review_id:
        return None
    card = ReviewCard.objects.locked().get(pk=log.card_id)
    # Again now that the card is held: another window may have been faster.
    if not ReviewLog.objects.counted().filter(pk=log.pk).exists() or not is_last(log, card):
        return None
    remember(card, Memory.from_json(log.before))
    card.reviews -= 1
    card.save(update_fields=[*MEMORY, "reviews"])
    log.undone_at = now
    log.save(update_fields=["undone_at"])
    return log


def newest_review(user: User, now: datetime) -> ReviewLog | None:
    """The review that `undo` would take back, with its card and what that asks."""
    logs = ReviewLog.objects.counted().of(user).filter(reviewed_at__gte=now - UNDONE_WITHIN)
    log = logs.select_related("card__question__concept", "card__concept").order_by(
        "-reviewed_at", "-pk"
    )
    newest = log.first()
    return newest if newest and is_last(newest, newest.card) else None


def is_last(log: ReviewLog, card: ReviewCard) -> bool:
    """Whether the card's memory is the one that `log` left behind."""
    return card.reviewed_at == log.reviewed_at and card.due_at == log.due_at
