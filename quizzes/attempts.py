"""A learner's attempt at a quiz: begun once, every answer kept, graded once.

The attempt's row is the one lock: saving, checking and handing in take it first, so no answer
can slip in after grading. This module is the door to all of them.
"""

import logging
from datetime import datetime
from random import Random

from django.db import IntegrityError, transaction

from accounts.models import User
from quizzes.ends import close_overdue, deadline_of, end_if_over, submit
from quizzes.kinds import is_sound
from quizzes.models import Attempt, Question, Quiz, Response
from quizzes.question_versions import versions_of
from quizzes.saving import FullError, save_answer

__all__ = [
    "FullError",
    "NoQuestionsError",
    "close_overdue",
    "end_if_over",
    "save_answer",
    "start",
    "submit",
]

logger = logging.getLogger(__name__)


class NoQuestionsError(Exception):
    """The quiz has nothing that a learner could be asked."""


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
        deadline_at=deadline_of(quiz, now),
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
