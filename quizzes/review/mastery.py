"""How well a learner remembers each concept: the mean expected recall over its cards.

The cards that count are those of its questions and of its key fact that were reviewed and can
be asked. The mean is taken in the database, by the formula of `recall`: reading the times of
hundreds of cards would take longer than the page they are for.
"""

from collections.abc import Mapping
from datetime import datetime

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
KNOWN = """
SELECT concept.id, COUNT(*), COUNT(*) FILTER (WHERE card.due_at <= %s),
       AVG(POWER(1 + {factor} * CAST({greatest}({days}, 0) AS double precision) / card.stability,
                 {decay}))
{askable} AND card.state > 0
 GROUP BY concept.id
"""
STATEMENTS = {
    vendor: KNOWN.format(
        factor=FACTOR,
        decay=DECAY,
        greatest=GREATEST[vendor],
        days=DAYS[vendor],
        askable=ALL_ASKABLE,
    )
    for vendor in DAYS
}


def mastery_of(user: User, now: datetime) -> Mapping[int, Mastery]:
    """By the id of the concept; one without a reviewed card is not in the answer. One query."""
    at = connection.ops.adapt_datetimefield_value(now)
    rows = fetch(STATEMENTS[connection.vendor], [at, at, user.pk, at])
    # Adding up may step over the edge by the last digit.
    return {concept: Mastery(min(1.0, recall), cards, due) for concept, cards, due, recall in rows}


register(mastery_of)
