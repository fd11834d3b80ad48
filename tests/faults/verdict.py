"""`python -m tests.faults.verdict`: what the database holds after all, as JSON."""

import json
import sys
from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402

from quizzes.models import AnswerRecord, Attempt, Response  # noqa: E402


def attempts() -> dict[str, dict[str, Any]]:
    """By id: its learner, score, how often it was graded, and for each position what was graded
    and the journal as [sequence, option, late]."""
    graded = times_graded()
    found: dict[str, dict[str, Any]] = {
        str(attempt.pk): {
            "user": attempt.user_id,
            "submitted": attempt.submitted_at is not None,
            "score": attempt.score,
            "graded": graded[attempt.pk],
            "answers": {},
            "journal": defaultdict(list),
        }
        for attempt in Attempt.objects.all()
    }
    for response in Response.objects.all():
        chosen = response.answer["chosen"][0] if response.answer else None
        found[str(response.attempt_id)]["answers"][response.position] = [chosen, response.score]
    for record in AnswerRecord.objects.select_related("response").order_by("sequence"):
        journal = found[str(record.response.attempt_id)]["journal"]
        entry = [record.sequence, record.answer["chosen"][0], record.late]
        journal[record.response.position].append(entry)
    return found


def times_graded() -> Counter[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempt_id FROM graded")
        return Counter(UUID(str(attempt)) for (attempt,) in cursor.fetchall())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(attempts()))
