"""A learner's cards: made from answers and ticks, put aside, started again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from courses.models import Concept
from quizzes.models import Question, ReviewCard
from quizzes.review.scheduling import Memory

# A card without memory, whatever it was before.
FORGOTTEN: dict[str, Any] = {
    "state": ReviewCard.State.NEW,
    "step": None,
    "stability": None,
    "difficulty": None,
    "reviewed_at": None,
    "lapses": 0,
    "algorithm": None,
}


def remember_answers(*, user: User, answers: Iterable[tuple[int, float]], now: datetime) -> None:
    """A new card for each answered question, given with its score from 0 to 1.

    A question that has a card keeps it as it is. One query, or none without answers.
    """
    scores = dict(answers)
    ReviewCard.objects.bulk_create(
        # In order of their keys, so that two who make the same ones cannot block each other.
        [new_card(user.pk, now, scores[pk], question_id=pk) for pk in sorted(scores)],
        ignore_conflicts=True,
    )


def remember_fact(*, user: User, concept: Concept, now: datetime) -> None:
    """A card for the key fact of a ticked concept, where it has one. One query at most."""
    if concept.fact_prompt:
        card = new_card(user.pk, now, 1.0, concept_id=concept.pk)
        ReviewCard.objects.bulk_create([card], ignore_conflicts=True)


def new_card(user_id: int, now: datetime, score: float, **of: int) -> ReviewCard:
    score = min(max(score, 0.0), 1.0)
    return ReviewCard(user_id=user_id, made_at=now, due_at=now, first_score=score, **of)


def memory_of(card: ReviewCard) -> Memory:
    return Memory(
        state=card.state,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due_at,
        reviewed=card.reviewed_at,
        lapses=card.lapses,
    )


def suspend(*, user: User, card_id: int, now: datetime) -> None:
    """Put a card aside: it is not asked until it is resumed. Raises ReviewCard.DoesNotExist."""
    card = ReviewCard.objects.of(user).get(pk=card_id)
    if card.suspended_at is None:
        card.suspended_at = now
        card.save(update_fields=["suspended_at"])


def resume(*, user: User, card_id: int) -> None:
    """Raises ReviewCard.DoesNotExist."""
    card = ReviewCard.objects.of(user).get(pk=card_id)
    card.suspended_at = None
    card.save(update_fields=["suspended_at"])


def reset(*, user: User, card_id: int, now: datetime) -> None:
    """Forget what the card remembers; the log of its reviews stays.

    Raises ReviewCard.DoesNotExist.
    """
    if not ReviewCard.objects.of(user).filter(pk=card_id).update(**FORGOTTEN, due_at=now):
        raise ReviewCard.DoesNotExist


def forget_meaning(*, question: Question, now: datetime) -> int:
    """All cards of `question` start anew, as it asks something else now; how many did."""
    seen = ReviewCard.objects.filter(question=question).seen()
    return seen.update(**FORGOTTEN, due_at=now)
