"""How well a learner remembers each concept: the mean expected recall over its cards.

The cards that count are those of its questions and of its key fact that were reviewed and can
be asked. The mean is taken in the database, by the formula of `recall`: reading the times of
hundreds of cards would take longer than the page they are for.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from accounts.models import User
from courses.mastery import Mastery, register
from courses.statements import fetch
from quizzes.review.queue import ALL_ASKABLE
from quizzes.review.recall import DECAY, FACTOR

# Whole days since the review. SQLite counts days in binary fractions: a second is added, so that
# what was reviewed just so many days ago is not a day younger.
DAYS = {
    "postgresql": "FLOOR(EXTRACT(EPOCH FROM CAST(%s AS timestamptz) - card.reviewed_at) / 86400)",
    "sqlite": "CAST(julianday(%s) - julianday(card.reviewed_at) + 0.0000116 AS INTEGER)",
}
GREATEST = {"postgresql": "GREATEST", "sqlite": "MAX"}
# Of reviewed cards, by the engine: their recall, how many they are, how many of them are due.
FIGURES = {
    vendor: f"""
       AVG(POWER(1 + {FACTOR} * CAST({GREATEST[vendor]}({days}, 0) AS double precision)
                   / card.stability, {DECAY})),
       COUNT(*), COUNT(*) FILTER (WHERE card.due_at <= %s)"""
    for vendor, days in DAYS.items()
}
STATEMENTS = {
    vendor: f"SELECT concept.id, {figures} {ALL_ASKABLE} AND card.state > 0 GROUP BY concept.id"
    for vendor, figures in FIGURES.items()
}


def mastery_of(user: User, now: datetime) -> Mapping[int, Mastery]:
    """By the id of the concept; one without a reviewed card is not in the answer. One query."""
    at = connection.ops.adapt_datetimefield_value(now)
    return mastery_in(fetch(STATEMENTS[connection.vendor], [at, at, user.pk, at]))


def mastery_in(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, Mastery]:
    """Of concepts, each followed by its FIGURES."""
    # Adding up may step over the edge by the last digit.
    return {concept: Mastery(min(1.0, recall), cards, due) for concept, recall, cards, due in rows}


register(mastery_of)
