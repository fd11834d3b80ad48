"""A learner's attempt at a quiz: begun once, every answer kept, graded once.

The attempt's row is the one lock: saving and handing in both take it first, so no answer can
slip in after grading.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from random import Random
from statistics import fmean
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from courses import progress
from quizzes.journal import locked_response
from quizzes.kinds import KINDS, Answer, AnswerError, Kind, Outcome, is_sound
from quizzes.models import AnswerRecord, Attempt, Question, Quiz, Response
from quizzes.question_versions import versions_of

logger = logging.getLogger(__name__)

# Takes the answer out of what a client sent; raises AnswerError.
Read = Callable[[Kind, object], Answer]


class NoQuestionsError(Exception):
    """The quiz has nothing that a learner could be asked."""


class SubmittedError(Exception):
    """The attempt has been handed in; its answers stand."""


def start(*, user: User, quiz: Quiz, now: datetime, rng: Random) -> Attempt:
    """The open attempt of `user` at `quiz`, or a new one. Starting twice gives the same one.

    At most seven queries, however many questions. Raises NoQuestionsError.
    """
    opened = Attempt.objects.of(user).open().filter(quiz=quiz)
    try:
        return opened.first() or begin(user=user, quiz=quiz, now=now, rng=rng)
    except IntegrityError:
        # `attempt_one_open`: another request of the same learner was a moment faster, and may
        # even have handed its attempt in.
        return opened.first() or begin(user=user, quiz=quiz, now=now, rng=rng)


@transaction.atomic
def begin(*, user: User, quiz: Quiz, now: datetime, rng: Random) -> Attempt:
    versions = versions_of(askable(quiz), now=now)
    if not versions:
        raise NoQuestionsError
    attempt = Attempt.objects.create(
        user=user,
        quiz=quiz,
        seed=rng.randrange(1, 2**63) if quiz.shuffle else 0,
        started_at=now,
    )
    Response.objects.bulk_create(
        Response(attempt=attempt, position=position, version=version)
        for position, version in enumerate(versions, 1)
    )
    return attempt


def askable(quiz: Quiz) -> list[Question]:
    """The questions of `quiz`, without any that its kind could not show and grade."""
    questions = []
    for place in quiz.places.askable().select_related("question"):
        if is_sound(place.question.kind, place.question.payload):
            questions.append(place.question)
        else:
            logger.error("Question %s cannot be asked: its payload is broken.", place.question_id)
    return questions


def save_answer(
    *,
    user: User,
    attempt_id: UUID,
    position: int,
    read: Read,
    sequence: int | None,
    now: datetime,
) -> Response:
    """Append an answer to a question's journal, in which the highest sequence counts.

    `sequence` is the client's count of milliseconds, going by the clock of the page it was sent.
    One ahead of `now` becomes `now`, so that it cannot block later answers; None asks for the
    next. The same packet sent twice is kept once. Two queries: a select with a lock, an insert.

    Answers with the response, whose `newest_…` say what counts now: it may be another window's.
    Raises Response.DoesNotExist, SubmittedError, AnswerError.
    """
    at = moment(sequence, now)

    @transaction.atomic
    def keep() -> Response:
        response = locked_response(user, attempt_id, position, at)
        if response.attempt.submitted_at is not None:
            raise SubmittedError
        answer = read(KINDS[response.version.kind], response.version.payload)
        if not is_kept(response, answer, sequence, at):
            append(response, answer, sequence, at, now)
        return response

    try:
        return keep()
    except IntegrityError:
        # Another save took our place in the journal while we waited for the lock, and what we
        # had seen was out of date. Lock first and look then: a query more, and it cannot recur.
        with transaction.atomic():
            Attempt.objects.of(user).locked().get(pk=attempt_id)
            return keep()


def moment(sequence: int | None, now: datetime) -> int:
    present = int(now.timestamp() * 1000)
    return present if sequence is None else min(sequence, present)


def is_kept(response: Response, answer: Answer, sequence: int | None, at: int) -> bool:
    """Whether this very packet has been here before; one without a sequence is always new."""
    if sequence is None:
        return False
    return bool(answer == (response.newest_answer if sequence > at else response.same_answer))


def append(
    response: Response, answer: Answer, sequence: int | None, at: int, now: datetime
) -> None:
    newest = response.newest_sequence or 0
    # Without a sequence, or in the same millisecond as another window, the later arrival counts.
    if response.same_answer is not None or (sequence is None and newest >= at):
        at = newest + 1
    AnswerRecord.objects.create(response=response, sequence=at, answer=answer, received_at=now)
    if at > newest:
        response.newest_answer, response.newest_sequence, response.newest_at = answer, at, now


@transaction.atomic
def submit(*, user: User, attempt_id: UUID, now: datetime) -> Attempt:
    """Hand in: grade what the journal says, once. A second call answers with the first's result.

    Raises Attempt.DoesNotExist.
    """
    own = Attempt.objects.of(user).select_related("user", "quiz__lesson__track__course")
    attempt = own.locked().get(pk=attempt_id)
    if attempt.submitted_at is None:
        close(attempt, grade(attempt), now)
    return attempt


def close(attempt: Attempt, score: float, now: datetime) -> None:
    attempt.score = score
    # People pass by the percentage that they see.
    attempt.passed = round(score * 100) >= attempt.quiz.pass_mark
    attempt.submitted_at = max(now, attempt.started_at)
    attempt.save(update_fields=["score", "passed", "submitted_at"])
    if (lesson := attempt.quiz.lesson) is not None:
        progress.quiz_finished(
            user=attempt.user, lesson=lesson, score=score, passed=attempt.passed, now=now
        )


def grade(attempt: Attempt) -> float:
    """Write the answers that count and their scores; the mean is the attempt's score."""
    # A query of its own after the lock, so that it sees every answer saved before.
    responses = list(attempt.responses.in_order().with_newest().select_related("version"))
    scores = []
    for response in responses:
        response.answer = response.newest_answer
        response.score = outcome_of(response).score
        scores.append(response.score)
    Response.objects.bulk_update(responses, ["answer", "score"])
    return fmean(scores)


def outcome_of(response: Response) -> Outcome:
    """What the answer of `response` is worth. One that cannot be read is worth nothing."""
    kind, payload = KINDS[response.version.kind], response.version.payload
    try:
        return kind.grade(payload, response.answer)
    except AnswerError:
        logger.exception("The answer of response %s cannot be graded.", response.pk)
        return kind.grade(payload, None)
