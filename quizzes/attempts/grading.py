"""What the answers of an attempt are worth, and the attempt with them."""

import logging
from collections.abc import Sequence
from datetime import datetime

from quizzes.attempts.counting import passes
from quizzes.attempts.disclosure import is_self_rated
from quizzes.attempts.responses import responses_of
from quizzes.attempts.scoring import score_of
from quizzes.kinds import KINDS, AnswerError, Outcome
from quizzes.models import Attempt, Response

logger = logging.getLogger(__name__)
WRITTEN = ["answer", "score", "graded_by", "seconds"]


def grade(attempt: Attempt) -> list[Response]:
    """Write the answers that count, what they are worth and how long they took.

    Sets the attempt's score, pass and number of answers to be graded, and leaves saving it to
    the caller. Two queries, however many questions.
    """
    # A query of its own after the attempt's lock, so that it sees every answer saved before.
    responses = responses_of(attempt)
    time(responses, attempt.started_at)
    for response in responses:
        if response.checked_at is None:
            mark(response, response.newest_answer)
    write(responses)
    add_up(attempt, responses)
    return responses


def write(responses: Sequence[Response]) -> None:
    """In one statement that takes a tenth of the time of `bulk_update`: all rows are there."""
    Response.objects.bulk_create(
        responses, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
    )


def mark(response: Response, answer: object) -> None:
    """Take `answer` as the one that counts; what only a person can grade stays without a score."""
    response.answer = answer
    outcome = outcome_of(response)
    response.score = None if outcome.pending else outcome.score
    response.graded_by = "" if outcome.pending else Response.GradedBy.MACHINE


def add_up(attempt: Attempt, responses: Sequence[Response]) -> None:
    """Set the score of `attempt`, whether it passes, and how many answers wait for a person."""
    attempt.score = score_of((response.points, response.score) for response in responses)
    attempt.passed = passes(attempt.score, attempt.quiz.pass_mark)
    waiting = sum(response.score is None for response in responses)
    attempt.awaiting = 0 if is_self_rated(attempt.quiz) else waiting


def time(responses: Sequence[Response], started_at: datetime) -> None:
    """Set the seconds from the answer before it, or the start, to each response's own newest."""
    before = started_at
    for response in sorted(filter(is_answered, responses), key=answered_at):
        response.seconds = max(0.0, (answered_at(response) - before).total_seconds())
        before = answered_at(response)


def answered_at(response: Response) -> datetime:
    assert response.newest_at is not None  # noqa: S101  (for the type: it is answered)
    return response.newest_at


def is_answered(response: Response) -> bool:
    """By what the journal says; the newest answer may be that there is none."""
    return not KINDS[response.version.kind].is_empty(response.newest_answer)


def outcome_of(response: Response) -> Outcome:
    """What the answer of `response` is worth, by the newest key that was applied to it.

    One that cannot be read is worth nothing.
    """
    version = response.regraded_as or response.version
    kind = KINDS[version.kind]
    try:
        return kind.grade(version.payload, response.answer)
    except AnswerError:
        logger.exception("The answer of response %s cannot be graded.", response.pk)
        return kind.grade(version.payload, None)
