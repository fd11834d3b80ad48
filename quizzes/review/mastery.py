"""How well a learner remembers each concept: the mean expected recall over its cards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from courses.mastery import Mastery, register
from courses.statements import aware, fetch
from quizzes.review.recall import recall_at

# Of what can still be asked, like the queue; without cards that were never reviewed.
REVIEWED = """
SELECT COALESCE(card.concept_id, question.concept_id), card.stability, card.reviewed_at, card.due_at
  FROM quizzes_reviewcard card LEFT JOIN quizzes_question question ON question.id = card.question_id
 WHERE card.user_id = %s AND card.suspended_at IS NULL AND card.state > 0
   AND (card.question_id IS NULL OR question.status = 'published')
"""


class Remembered(NamedTuple):
    """A reviewed card: the id of its concept, its stability in days, and its two moments."""

    concept: int
    stability: float
    reviewed_at: datetime
    due_at: datetime


@dataclass(slots=True)
class Sum:
    recall: float = 0.0
    cards: int = 0
    due: int = 0


def mastery_by_concept(cards: Iterable[Remembered], now: datetime) -> dict[int, Mastery]:
    """Pure: the mean of what `recall_at` says of the reviewed cards of each concept at `now`.

    A concept without one is not in the answer.
    """
    sums: dict[int, Sum] = {}
    for card in cards:
        found = sums.setdefault(card.concept, Sum())
        found.recall += recall_at(now, card.reviewed_at, card.stability)
        found.cards += 1
        found.due += card.due_at <= now
    return {
        # Adding up may step over the edge by the last digit.
        concept: Mastery(min(1.0, found.recall / found.cards), found.cards, found.due)
        for concept, found in sums.items()
    }


def remembered_of(user: User) -> list[Remembered]:
    """One query."""
    return [
        Remembered(concept, stability, aware(reviewed), aware(due))
        for concept, stability, reviewed, due in fetch(REVIEWED, [user.pk])
    ]


def mastery_of(user: User, now: datetime) -> Mapping[int, Mastery]:
    return mastery_by_concept(remembered_of(user), now)


register(mastery_of)
