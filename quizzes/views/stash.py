"""Answers of who was signed out: kept in the session, delivered after signing in."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.middleware import SiteRequest
from quizzes import attempts
from quizzes.attempts import FullError
from quizzes.kinds import AnswerError
from quizzes.models import Attempt, Response
from quizzes.views.replies import why

KEY = "answers"
# Answers and characters that a visitor may leave in a session: anybody can send them.
MOST, LETTERS = 16, 20_000
LEFT_OUT = {"csrfmiddlewaretoken", "sequence", "next"}


def stash(request: SiteRequest, attempt_id: UUID, position: int) -> None:
    """Keep what was sent until its sender has signed in; the newest of each question."""
    sent = {name: values for name, values in request.POST.lists() if name not in LEFT_OUT}
    at = int(timezone.now().timestamp() * 1000)
    new = {"attempt": str(attempt_id), "position": position, "at": at, "sent": sent}
    kept: list[dict[str, Any]] = request.session.get(KEY, [])
    kept = [one for one in kept if not is_same(one, new)] + [new]
    while len(kept) > MOST or sum(map(length, kept)) > LETTERS:
        kept = kept[1:]
    request.session[KEY] = kept


def is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("attempt", "position"))


def length(kept: dict[str, Any]) -> int:
    return sum(len(name) + sum(map(len, values)) for name, values in kept["sent"].items())


def deliver(request: SiteRequest, attempt: Attempt) -> None:
    """Save what was kept for `attempt`, whose owner asks; what is for others stays theirs."""
    kept = request.session.get(KEY)
    if not kept or request.read_only:
        return
    mine = [one for one in kept if one["attempt"] == str(attempt.pk)]
    if not mine:
        return
    request.session[KEY] = [one for one in kept if one not in mine]
    for one in mine:
        messages.info(request, delivered(attempt, one))
    attempt.refresh_from_db()


def delivered(attempt: Attempt, kept: dict[str, Any]) -> str:
    """What became of it. It came when it was sent: the session is kept by us, with our time."""
    form = QueryDict(mutable=True)
    for name, values in kept["sent"].items():
        form.setlist(name, values)
    try:
        saved = attempts.save_answer(
            user=attempt.user,
            attempt_id=attempt.pk,
            position=kept["position"],
            read=lambda kind, payload: kind.from_form(payload, form),
            sequence=kept["at"],
            now=datetime.fromtimestamp(kept["at"] / 1000, UTC),
        )
    except (Response.DoesNotExist, AnswerError, FullError):
        return (
            _("Question %d: what you sent while signed out could not be saved.")
            % (kept["position"])
        )
    return said(kept["position"], saved.at, why(saved.late))


def said(position: int, at: datetime, late: str) -> str:
    if late:
        return _("Question %(number)d: %(why)s") % {"number": position, "why": late}
    time = date_format(localtime(at), "H:i:s")
    return _("Question %(number)d: Saved %(time)s") % {"number": position, "time": time}
