"""Rating a card from what was answered: the answer is graded again, and caps the rating."""

from datetime import datetime

from django.http import QueryDict

from accounts.models import User
from quizzes.kinds import verdict_of
from quizzes.models import ReviewLog
from quizzes.question_versions import versions_of
from quizzes.review.asking import Front, allowed, answer_in, outcome_of
from quizzes.review.rating import rate

LONGEST = 3600.0


def rate_answer(
    *,
    user: User,
    front: Front,
    form: QueryDict,
    rating: int,
    seconds: float | None,
    now: datetime,
) -> ReviewLog | None:
    """Rate the card of `front` by the answer in `form`, as `quizzes.review.rating.rate` does.

    `front` is what the learner had before them: its count of reviews is the one that was seen.
    A rating that the answer does not deserve becomes the nearest one that it does. Raises
    AnswerError beside what `rate` raises.
    """
    answer = answer_in(front, form)
    outcome = outcome_of(front, answer)
    deserved = allowed(verdict_of(outcome.score) if outcome else None)
    question = front.card.question
    return rate(
        user=user,
        card_id=front.card.pk,
        rating=min(max(rating, deserved[0]), deserved[-1]),
        seen_reviews=front.card.reviews,
        now=now,
        answer=answer,
        version=versions_of([question], now=now)[0] if question else None,
        score=outcome.score if outcome else None,
        seconds=None if seconds is None else min(seconds, LONGEST),
    )
