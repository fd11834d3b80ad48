"""Answers that only a person can grade: which of them wait, and what one of them is worth."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from quizzes.attempts.grading import add_up
from quizzes.attempts.telling import tell_lesson
from quizzes.models import Attempt, Quiz, Response, ScoreChange


class NotHandedInError(Exception):
    """The attempt is still open; its answers may change."""


class GradedMeanwhileError(Exception):
    """Someone else has graded the answer since it was looked at: `score` and `comment` are
    theirs, and `seen` is what to send to replace them."""

    def __init__(self, response: Response) -> None:
        self.score, self.comment = response.score, response.comment
        self.seen = seen_of(response)
        super().__init__("The answer has been graded by someone else.")


def waiting(quiz: Quiz) -> QuerySet[Response]:
    """Answers at `quiz` that wait for a person, the first handed in first."""
    return queue(quiz).filter(score=None)


def queue(quiz: Quiz) -> QuerySet[Response]:
    """Those and what was graded by a person already, in the same order."""
    return for_people().filter(attempt__quiz=quiz).order_by("attempt__submitted_at", "pk")


def for_people() -> QuerySet[Response]:
    """Answers at whatever quiz that wait for a person, and those that one has graded."""
    by_person = Q(attempt__awaiting__gt=0, score=None) | Q(graded_by=Response.GradedBy.PERSON)
    return Response.objects.filter(by_person, attempt__submitted_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Neighbours:
    before: int | None
    after: int | None


def neighbours(quiz: Quiz, response: Response) -> Neighbours:
    """The keys of the answers next to `response` in the queue. Two queries."""
    at, pk = response.attempt.submitted_at, response.pk
    earlier = Q(attempt__submitted_at__lt=at) | Q(attempt__submitted_at=at, pk__lt=pk)
    later = Q(attempt__submitted_at__gt=at) | Q(attempt__submitted_at=at, pk__gt=pk)
    keys = queue(quiz).values_list("pk", flat=True)
    return Neighbours(keys.filter(earlier).last(), keys.filter(later).first())


def seen_of(response: Response) -> str:
    """A digest of the score and the comment that it has; "" while it has neither."""
    if response.score is None and not response.comment:
        return ""
    return sha256(json.dumps([response.score, response.comment]).encode()).hexdigest()


@transaction.atomic
def grade_by_hand(
    *,
    response: Response,
    score: float,
    comment: str,
    by: User,
    now: datetime,
    seen: str = "",
) -> Response:
    """Give the answer a score from 0 to 1 and a comment, and count its attempt again.

    `seen` is its `seen_of` when `by` looked at it: whoever grades it or writes another comment
    meanwhile is not overruled unseen. Saying the same twice changes nothing.
    Raises NotHandedInError, GradedMeanwhileError.
    """
    attempt = locked(response)
    if attempt.submitted_at is None:
        raise NotHandedInError
    responses = list(attempt.responses.in_order())
    own = next(one for one in responses if one.pk == response.pk)
    if (own.score, own.comment, own.graded_by) == (score, comment, Response.GradedBy.PERSON):
        return own
    if seen_of(own) != seen:
        raise GradedMeanwhileError(own)
    change = ScoreChange(response=own, changed_by=by, changed_at=now, before=own.score, after=score)
    own.score, own.comment, own.graded_by = score, comment, Response.GradedBy.PERSON
    own.save(update_fields=["score", "comment", "graded_by"])
    change.attempt_before = attempt.score or 0.0
    add_up(attempt, responses)
    attempt.save(update_fields=["score", "passed", "awaiting"])
    change.attempt_after = attempt.score or 0.0
    if change.before != score:
        change.save()
    tell_lesson(attempt, now=now)
    return own


def locked(response: Response) -> Attempt:
    related = Attempt.objects.select_related("user", "quiz__lesson__track__course")
    return related.locked().get(pk=response.attempt_id)
