"""The responses of an attempt with what the journal says last, in one statement."""

from decimal import Decimal
from typing import Any

from django.db import connection

from courses.statements import aware, fetch
from quizzes.attempts.journal import loaded
from quizzes.models import Attempt, Response
from quizzes.question_versions import with_ids

ALL = """
SELECT response.id, response.position, response.version_id, response.regraded_as_id,
       response.points, response.answer, response.score, response.checked_at,
       response.graded_by, response.comment, response.seconds,
       newest.answer, newest.sequence, newest.received_at
  FROM quizzes_response response
  LEFT JOIN quizzes_answerrecord newest ON newest.id = (
       SELECT record.id FROM quizzes_answerrecord record
        WHERE record.response_id = response.id AND NOT record.late
        ORDER BY record.sequence DESC LIMIT 1)
 WHERE response.attempt_id = %s
 ORDER BY response.position"""


def responses_of(attempt: Attempt) -> list[Response]:
    """Of `attempt` in order, each with its version and what the journal says last (`newest_…`).

    One query, and one more where this process has not met a version.
    """
    key = Attempt._meta.pk.get_db_prep_value(attempt.pk, connection)
    rows = fetch(ALL, [key])
    versions = with_ids({pk for row in rows for pk in row[2:4] if pk is not None})
    found = [response_of(attempt, *row) for row in rows]
    for response in found:
        response.version = versions[response.version_id]
        if response.regraded_as_id is not None:
            response.regraded_as = versions[response.regraded_as_id]
    return found


def response_of(attempt: Attempt, *row: Any) -> Response:
    pk, position, version, regraded, points, answer, score, checked_at, *rest = row
    graded_by, comment, seconds, newest_answer, newest_sequence, newest_at = rest
    response = Response(
        id=pk,
        attempt=attempt,
        position=position,
        version_id=version,
        regraded_as_id=regraded,
        points=as_points(points),
        answer=loaded(answer),
        score=score,
        checked_at=aware(checked_at),
        graded_by=graded_by,
        comment=comment,
        seconds=seconds,
    )
    response.newest_answer = loaded(newest_answer)
    response.newest_sequence = newest_sequence
    response.newest_at = aware(newest_at)
    return response


def as_points(value: Any) -> Decimal:
    """Points as a bare cursor hands them over: SQLite's number is exact enough for two places."""
    return Decimal(str(value))
