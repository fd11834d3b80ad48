"""Beginning an attempt, or going on with the open one."""

from datetime import datetime
from random import Random

from django.db import IntegrityError, transaction

from accounts.models import User
from quizzes.attempts.choosing import choose
from quizzes.attempts.ends import deadline_of, end_if_over
from quizzes.attempts.opening import Closed, ClosedError, closed
from quizzes.attempts.windows import Window, window_of
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
        return go_on_or_begin(user, quiz, now, rng)
    except IntegrityError:
        # `attempt_one_open`: another request of the same learner was a moment faster, and may
        # even have handed its attempt in.
        return go_on_or_begin(user, quiz, now, rng)


def go_on_or_begin(user: User, quiz: Quiz, now: datetime, rng: Random) -> Attempt:
    found = go_on(user, quiz, now)
    if isinstance(found, Attempt):
        return found
    return begin(user=user, quiz=quiz, window=found, now=now, rng=rng)


def go_on(user: User, quiz: Quiz, now: datetime) -> Attempt | Window:
    """The attempt that is open, or when one can be begun. Raises ClosedError where none can."""
    mine = Attempt.objects.of(user).filter(quiz=quiz)
    found = list(mine.open() if quiz.attempts_allowed is None else mine)
    for attempt in found:
        if attempt.submitted_at is None:
            attempt.quiz = quiz
            end_if_over(attempt, now=now)
            return attempt
    window = window_of(user, quiz, now)
    if reason := closed(quiz, user=user, used=len(found), now=now, window=window):
        raise ClosedError(reason)
    return window


@transaction.atomic
def begin(*, user: User, quiz: Quiz, window: Window, now: datetime, rng: Random) -> Attempt:
    chosen = choose(quiz, now=now, rng=rng)
    if not chosen:
        raise NoQuestionsError
    versions = versions_of([one.question for one in chosen], now=now)
    attempt = Attempt.objects.create(
        user=user,
        quiz=quiz,
        seed=rng.randrange(1, 2**63) if quiz.shuffle else 0,
        started_at=now,
        deadline_at=deadline_of(quiz, now, window),
        others_until=window.others_until,
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
