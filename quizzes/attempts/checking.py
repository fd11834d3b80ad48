"""A question checked before handing in: from then on its answer stands."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from quizzes.attempts.disclosure import is_self_rated, tells_at_once
from quizzes.attempts.ends import CLOSED, end_if_over, locked
from quizzes.attempts.grading import add_up, is_answered, mark
from quizzes.attempts.saving import Read, Saved, add_answer, in_turn, lateness
from quizzes.attempts.telling import tell_lesson
from quizzes.kinds import KINDS, AnswerError
from quizzes.kinds.free import RATINGS
from quizzes.models import Attempt, Response

CHECKED = ["answer", "score", "graded_by", "checked_at"]


class NotTellingError(Exception):
    """The quiz does not tell what was right after each question."""


def check(
    *,
    user: User,
    attempt_id: UUID,
    position: int,
    read: Read,
    sequence: int | None,
    now: datetime,
) -> Saved:
    """Save an answer and grade it, in one transaction: it is what counts from now on.

    One that was checked before, or comes after the end, is kept as late and checks nothing.
    Raises Response.DoesNotExist, AnswerError, NotTellingError, FullError.
    """

    def keep() -> Saved:
        saved = add_answer(user, attempt_id, position, read, sequence, now)
        if not tells_at_once(saved.response.attempt.quiz):
            raise NotTellingError
        # Not by `saved.late`: an answer that is sent again may count, and be graded already.
        if lateness(saved.response, now) is None:
            reveal(saved.response, now)
        return saved

    saved = in_turn(user, attempt_id, keep)
    end_if_over(saved.response.attempt, now=now)
    return saved


def reveal(response: Response, now: datetime) -> None:
    if not is_answered(response):
        raise AnswerError(_("Answer the question first, or skip it for now."))
    mark(response, response.newest_answer)
    response.checked_at = now
    response.save(update_fields=CHECKED)


@transaction.atomic
def rate(*, user: User, attempt_id: UUID, position: int, rating: str, now: datetime) -> Response:
    """Take the learner's word for what an answer is worth that only a person can grade.

    In practice alone, and once the model answer was shown. It may be said again. Raises
    Attempt.DoesNotExist, Response.DoesNotExist, NotTellingError, AnswerError.
    """
    attempt = locked(attempt_id, user=user)
    response = attempt.responses.select_related("version").get(position=position)
    kind = KINDS[response.version.kind]
    seen = response.checked_at is not None or attempt.submitted_at is not None
    if not (kind.self_assessed and is_self_rated(attempt.quiz) and seen and response.answer):
        raise NotTellingError
    answer = kind.unrated(response.answer) | {"self": RATINGS.get(rating)}
    mark(response, kind.from_json(response.version.payload, answer))
    response.graded_by = Response.GradedBy.SELF
    response.save(update_fields=CHECKED)
    if attempt.submitted_at is not None:
        add_again(attempt, now)
    return response


def add_again(attempt: Attempt, now: datetime) -> None:
    """A score that came after handing in, told to the lesson."""
    add_up(attempt, list(attempt.responses.all()))
    attempt.save(update_fields=CLOSED)
    tell_lesson(attempt, now=now)
