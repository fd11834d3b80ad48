"""Every answer is kept: those that count, and those that came too late, marked so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from accounts.models import User
from quizzes.attempts.ends import end_if_over, is_over
from quizzes.attempts.journal import locked_response
from quizzes.kinds import KINDS, Answer, Kind
from quizzes.models import Attempt, Response

# Takes the answer out of what a client sent; raises AnswerError.
Read = Callable[[Kind, object], Answer]
# Late answers that are kept for a question: enough for a browser's queue, too few to fill disks.
LATE_KEPT = 20
# Plain SQL, as it is the statement that learners run most often.
ADD = """
INSERT INTO quizzes_answerrecord (response_id, sequence, answer, received_at, late)
VALUES (%s, %s, %s, %s, %s)"""


class Late(Enum):
    """Why an answer is kept and does not count."""

    ENDED = "ended"
    SHOWN = "shown"


class FullError(Exception):
    """So many late answers to the question are kept already that this one is not."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The response as the journal now has it; `late` says why the answer does not count."""

    response: Response
    at: datetime
    late: Late | None


def save_answer(
    *,
    user: User,
    attempt_id: UUID,
    position: int,
    read: Read,
    sequence: int | None,
    now: datetime,
) -> Saved:
    """Append an answer to a question's journal, in which the highest sequence counts.

    `sequence` is the client's count of milliseconds, going by the clock of the page it was sent.
    One ahead of `now` becomes `now`, so that it cannot block later answers; None asks for the
    next. The same packet sent twice is kept once. Two queries: a select with a lock, an insert.
    An attempt whose time is up is closed after it.

    Answers with the response, whose `newest_…` say what counts now: it may be another window's.
    Raises Response.DoesNotExist, AnswerError, FullError.
    """

    def keep() -> Saved:
        return add_answer(user, attempt_id, position, read, sequence, now)

    saved = in_turn(user, attempt_id, keep)
    end_if_over(saved.response.attempt, now=now)
    return saved


def in_turn(user: User, attempt_id: UUID, keep: Callable[[], Saved]) -> Saved:
    """What `keep` gives, in a transaction; once more where another was a moment faster."""
    try:
        with transaction.atomic():
            return keep()
    except IntegrityError:
        # Another save took our place in the journal while we waited for the lock, and what we
        # had seen was out of date. Lock first and look then: a query more, and it cannot recur.
        with transaction.atomic():
            Attempt.objects.of(user).locked().get(pk=attempt_id)
            return keep()


def add_answer(
    user: User, attempt_id: UUID, position: int, read: Read, sequence: int | None, now: datetime
) -> Saved:
    """To be called in a transaction: the attempt stays locked until its end."""
    at = moment(sequence, now)
    response = locked_response(user, attempt_id, position, at)
    kind = KINDS[response.version.kind]
    # What a learner says that it is worth is asked later, and only where it counts.
    answer = kind.unrated(read(kind, response.version.payload))
    return enter(response, answer, sequence, at, now)


def moment(sequence: int | None, now: datetime) -> int:
    present = int(now.timestamp() * 1000)
    return present if sequence is None else min(sequence, present)


def enter(
    response: Response, answer: Answer, sequence: int | None, at: int, now: datetime
) -> Saved:
    late = lateness(response, now)
    if is_kept(response, answer, sequence, at):
        # Sent again because the first answer to it got lost: what that one said still holds.
        late = (late or Late.ENDED) if response.same_late else None
    else:
        append(response, answer, sequence, at, now, late=late)
    return Saved(response, now if late else response.newest_at or now, late)


def lateness(response: Response, now: datetime) -> Late | None:
    attempt = response.attempt
    if attempt.submitted_at is not None or is_over(attempt, now):
        return Late.ENDED
    return Late.SHOWN if response.checked_at is not None else None


def is_kept(response: Response, answer: Answer, sequence: int | None, at: int) -> bool:
    """Whether this very packet has been here before; one without a sequence is always new."""
    if sequence is None:
        return False
    if response.same_answer is not None and answer == response.same_answer:
        return True
    return sequence > at and bool(answer == response.newest_answer)


def append(
    response: Response,
    answer: Answer,
    sequence: int | None,
    at: int,
    now: datetime,
    *,
    late: Late | None,
) -> None:
    if late and response.records.filter(late=True).count() >= LATE_KEPT:
        raise FullError
    highest = response.highest_sequence
    # Without a sequence, or in the same millisecond as another window, the later arrival counts.
    if response.same_answer is not None or (sequence is None and highest >= at):
        at = highest + 1
    add(response, answer, at, now, late=late is not None)
    if not late and at > (response.newest_sequence or 0):
        response.newest_answer, response.newest_sequence, response.newest_at = answer, at, now


def add(response: Response, answer: Answer, at: int, now: datetime, *, late: bool) -> None:
    """Raises IntegrityError where something stands at this place of the journal."""
    said = connection.ops.adapt_json_value(answer, None)
    received = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(ADD, [response.pk, at, said, received, late])
