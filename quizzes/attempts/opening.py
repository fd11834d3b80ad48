"""Whether a quiz can be started now, and if not, why. Pure, but for who may see drafts."""

from datetime import datetime
from enum import Enum

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.models import Status
from courses.models.content import can_see_drafts
from quizzes.attempts.windows import Window, own_window
from quizzes.models import Quiz


class Closed(Enum):
    """Why a quiz cannot be started."""

    UNPUBLISHED = "unpublished"
    NOT_YET = "not yet"
    OVER = "over"
    USED_UP = "used up"


class ClosedError(Exception):
    """The quiz cannot be started now, for `reason`."""

    def __init__(self, reason: Closed) -> None:
        super().__init__(reason.value)
        self.reason = reason


def closed(
    quiz: Quiz,
    *,
    user: User | AnonymousUser,
    used: int,
    now: datetime,
    window: Window | None = None,
) -> Closed | None:
    """Why `user`, who has begun it `used` times, cannot start `quiz` at `now`; None: they can.

    It opens at `opens_at`, and is over at `closes_at`, of their `window` or else of the quiz.
    """
    window = window or own_window(quiz)
    if quiz.status != Status.PUBLISHED and not is_tried_out(quiz, user):
        return Closed.UNPUBLISHED
    if window.opens_at is not None and now < window.opens_at:
        return Closed.NOT_YET
    if window.closes_at is not None and now >= window.closes_at:
        return Closed.OVER
    if quiz.attempts_allowed is not None and used >= quiz.attempts_allowed:
        return Closed.USED_UP
    return None


def is_tried_out(quiz: Quiz, user: User | AnonymousUser) -> bool:
    return quiz.status == Status.DRAFT and can_see_drafts(user)


def left(quiz: Quiz, used: int) -> int | None:
    """How many attempts can still be begun; None: as many as one likes."""
    return None if quiz.attempts_allowed is None else max(0, quiz.attempts_allowed - used)


def in_words(reason: Closed, quiz: Quiz, window: Window | None = None) -> str:
    window = window or own_window(quiz)
    if reason is Closed.NOT_YET:
        return _("This quiz opens on %s.") % moment(window.opens_at)
    if reason is Closed.OVER:
        return _("This quiz closed on %s.") % moment(window.closes_at)
    if reason is Closed.USED_UP:
        allowed = quiz.attempts_allowed or 0
        return ngettext(
            "You have used your one attempt.", "You have used all your %d attempts.", allowed
        ).replace("%d", str(allowed))
    return _("This quiz is not open to learners.")


def moment(at: datetime | None) -> str:
    """`1 March 2026 at 12:00`, in the learner's time zone."""
    if at is None:
        return ""
    local = localtime(at)
    parts = {"day": date_format(local, "DATE_FORMAT"), "time": date_format(local, "H:i")}
    return _("%(day)s at %(time)s") % parts
