"""Where an answer is to be kept: one statement that locks the attempt and reads the journal."""

import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models import User
from courses.statements import aware, fetch
from quizzes.models import Attempt, QuestionVersion, Response

NEWEST = """
(SELECT {} FROM quizzes_answerrecord record
  WHERE record.response_id = response.id ORDER BY record.sequence DESC LIMIT 1)"""
FIND = f"""
SELECT response.id, response.version_id, attempt.submitted_at,
       {NEWEST.format("record.sequence")},
       {NEWEST.format("record.answer")},
       {NEWEST.format("record.received_at")},
       (SELECT record.answer FROM quizzes_answerrecord record
         WHERE record.response_id = response.id AND record.sequence = %s)
  FROM quizzes_response response JOIN quizzes_attempt attempt ON attempt.id = response.attempt_id
 WHERE attempt.id = %s AND attempt.user_id = %s AND response.position = %s"""  # noqa: S608  (of constants alone)
# The most that a position holds; databases refuse larger numbers each in its own way.
MOST = 2**15
# SQLite has locked the whole database at BEGIN.
LOCK = " FOR NO KEY UPDATE OF attempt"


def locked_response(user: User, attempt_id: UUID, position: int, sequence: int) -> Response:
    """The response at `position`, its attempt locked until the transaction ends.

    It carries what the journal says last (`newest_…`) and under `sequence` (`same_answer`), and
    `attempt.submitted_at`. Raises Response.DoesNotExist where `user` has no such attempt.
    """
    if not 0 < position < MOST:
        raise Response.DoesNotExist
    locking = LOCK if connection.features.has_select_for_update else ""
    key = Attempt._meta.pk.get_db_prep_value(attempt_id, connection)
    rows = fetch(FIND + locking, [sequence, key, user.pk, position])
    if not rows:
        raise Response.DoesNotExist
    pk, version, submitted_at, newest_sequence, newest_answer, newest_at, same_answer = rows[0]
    attempt = Attempt(id=attempt_id, user=user, submitted_at=aware(submitted_at))
    response = Response(id=pk, attempt=attempt, position=position, version=version_of(version))
    response.newest_sequence = newest_sequence
    response.newest_answer = loaded(newest_answer)
    response.newest_at = aware(newest_at)
    response.same_answer = loaded(same_answer)
    return response


@lru_cache(maxsize=1024)
def version_of(pk: int) -> QuestionVersion:
    """Versions never change, so a process asks for each of them once."""
    return QuestionVersion.objects.get(pk=pk)


def loaded(value: Any) -> Any:
    """JSON as both databases hand it to a bare cursor."""
    return json.loads(value) if isinstance(value, str) else value
