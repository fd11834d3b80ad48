"""Where an answer is to be kept: one statement that locks the attempt and reads the journal."""

import json
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models import User
from courses.statements import aware, fetch
from quizzes.models import Attempt, Quiz, Response
from quizzes.question_versions import with_ids

# Late records are kept and never count. `same` has the place in the journal that is asked for.
FIND = """
SELECT response.id, response.version_id, response.checked_at,
       attempt.deadline_at, attempt.submitted_at, quiz.mode, quiz.feedback, quiz.grace,
       newest.sequence, newest.answer, newest.received_at, same.answer, same.late,
       (SELECT MAX(sequence) FROM quizzes_answerrecord record
         WHERE record.response_id = response.id)
  FROM quizzes_response response
  JOIN quizzes_attempt attempt ON attempt.id = response.attempt_id
  JOIN quizzes_quiz quiz ON quiz.id = attempt.quiz_id
  LEFT JOIN quizzes_answerrecord newest ON newest.id = (
       SELECT record.id FROM quizzes_answerrecord record
        WHERE record.response_id = response.id AND NOT record.late
        ORDER BY record.sequence DESC LIMIT 1)
  LEFT JOIN quizzes_answerrecord same
         ON same.response_id = response.id AND same.sequence = %s
 WHERE attempt.id = %s AND attempt.user_id = %s AND response.position = %s"""
# The most that a position holds; databases refuse larger numbers each in its own way.
MOST = 2**15
# With the response, so that whoever waited sees whether it was checked in the meantime.
# SQLite has locked the whole database at BEGIN.
LOCK = " FOR NO KEY UPDATE OF attempt, response"


def locked_response(user: User, attempt_id: UUID, position: int, sequence: int) -> Response:
    """The response at `position`, its attempt locked until the transaction ends.

    It carries what the journal says last (`newest_…`), under `sequence` (`same_…`) and as its
    `highest_sequence`; its attempt and quiz carry what decides whether an answer is late.
    Raises Response.DoesNotExist where `user` has no such attempt.
    """
    if not 0 < position < MOST:
        raise Response.DoesNotExist
    locking = LOCK if connection.features.has_select_for_update else ""
    key = Attempt._meta.pk.get_db_prep_value(attempt_id, connection)
    rows = fetch(FIND + locking, [sequence, key, user.pk, position])
    if not rows:
        raise Response.DoesNotExist
    pk, version, checked_at, deadline_at, submitted_at, *rest = rows[0]
    mode, feedback, grace, *journal = rest
    response = Response(
        id=pk,
        attempt=Attempt(
            id=attempt_id,
            user=user,
            quiz=Quiz(mode=mode, feedback=feedback, grace=grace),
            deadline_at=aware(deadline_at),
            submitted_at=aware(submitted_at),
        ),
        position=position,
        version=with_ids([version])[version],
        checked_at=aware(checked_at),
    )
    add_journal(response, *journal)
    return response


def add_journal(
    response: Response,
    newest_sequence: int | None,
    newest_answer: Any,
    newest_at: Any,
    same_answer: Any,
    same_late: Any,
    highest_sequence: int | None,
) -> None:
    response.newest_sequence = newest_sequence
    response.newest_answer = loaded(newest_answer)
    response.newest_at = aware(newest_at)
    response.same_answer = loaded(same_answer)
    response.same_late = bool(same_late)
    response.highest_sequence = highest_sequence or 0


def loaded(value: Any) -> Any:
    """JSON as both databases hand it to a bare cursor."""
    return json.loads(value) if isinstance(value, str) else value
