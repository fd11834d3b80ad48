"""Beginning an attempt, or going on with the open one."""

from datetime import datetime
from random import Random

from django.db import IntegrityError, transaction

from accounts.models import User
from quizzes.attempts.choosing import choose
from quizzes.attempts.ends import deadline_of, end_if_over
from quizzes.attempts.opening import Closed, ClosedError, closed
from quizzes.models import Attempt, Quiz, Response
from quizzes.question_versions import versions_of


class NoQuestionsError(Exception):
    """The quiz has nothing that a learner could be asked."""


def start(*, user: User, quiz: Quiz, now: datetime, rng: Random) -> Attempt:
    """The open attempt of `user` at `quiz`, or a new one. Starting twice gives the same one.

    An open one whose time is up is closed and given, so that its learner sees how it ended.
    At most nine queries, however many questions. Raises NoQuestionsError, ClosedError.
    """
    try:
        return go_on(user, quiz, now) or begin(user=user, quiz=quiz, now=now, rng=rng)
    except IntegrityError:
        # `attempt_one_open`: another request of the same learner was a moment faster, and may
        # even have handed its attempt in.
        return go_on(user, quiz, now) or begin(user=user, quiz=quiz, now=now, rng=rng)


def go_on(user: User, quiz: Quiz, now: datetime) -> Attempt | None:
    """The attempt that is open. Raises ClosedError where there is none and none can be begun."""
    mine = Attempt.objects.of(user).filter(quiz=quiz)
    found = list(mine.open() if quiz.attempts_allowed is None else mine)
    for attempt in found:
        if attempt.submitted_at is None:
            attempt.quiz = quiz
            end_if_over(attempt, now=now)
            return attempt
    if reason := closed(quiz, user=user, used=len(found), now=now):
        raise ClosedError(reason)
    return None


@transaction.atomic
def begin(*, user: User, quiz: Quiz, now: datetime, rng: Random) -> Attempt:
    chosen = choose(quiz, now=now, rng=rng)
    if not chosen:
        raise NoQuestionsError
    versions = versions_of([one.question for one in chosen], now=now)
    attempt = Attempt.objects.create(
        user=user,
        quiz=quiz,
        seed=rng.randrange(1, 2**63) if quiz.shuffle else 0,
        started_at=now,
        deadline_at=deadline_of(quiz, now),
    )
    if quiz.attempts_allowed is not None:
        # While this one is open there is no other, so that now all that count are to be seen.
        used = Attempt.objects.of(user).handed_in().filter(quiz=quiz).count()
        if used >= quiz.attempts_allowed:
            raise ClosedError(Closed.USED_UP)
    Response.objects.bulk_create(
        Response(attempt=attempt, position=position, version=version, points=one.points)
        for position, (one, version) in enumerate(zip(chosen, versions, strict=True), 1)
    )
    return attempt
