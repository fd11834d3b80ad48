"""What the browser's script is told about an answer; without script, pages say the same."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from quizzes.attempts.grading import is_answered
from quizzes.attempts.saving import Late, Saved

TYPES = ["text/html", "application/json"]


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(TYPES) == "application/json"


def address_of(attempt_id: UUID, place: int | str, target: str = "question") -> str:
    """The attempt at one question, or at its "end"."""
    query = urlencode({"q": place})
    return f"{reverse('attempt', args=[attempt_id])}?{query}#{target}"


def results_of(attempt_id: UUID) -> str:
    return reverse("attempt_results", args=[attempt_id])


def why(late: Late | None) -> str:
    """Why an answer that was kept does not count; nothing where it does."""
    if late is None:
        return ""
    return {
        Late.ENDED: _("Kept, but not counted: this answer came after the end."),
        Late.SHOWN: _("Kept, but not counted: you had checked this question before."),
    }[late]


def saved_json(saved: Saved) -> JsonResponse:
    """`results` is where to go on once the attempt has ended, else empty."""
    ended = saved.late is Late.ENDED
    return JsonResponse(
        {
            "saved": date_format(localtime(saved.at), "H:i:s"),
            "answered": is_answered(saved.response),
            "counts": saved.late is None,
            "message": why(saved.late),
            "results": results_of(saved.response.attempt_id) if ended else "",
        }
    )


def refused(status: HTTPStatus, message: str, **more: str) -> JsonResponse:
    return JsonResponse({"message": message, **more}, status=status)


def not_found() -> HttpResponse:
    message = _("Not saved: you have no such attempt. Sign in as the person who started it.")
    return refused(HTTPStatus.NOT_FOUND, message)


def signed_out(back: str) -> HttpResponse:
    """The browser keeps the answer and delivers it once its owner has signed in again."""
    url = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    message = _("Not saved yet: you are signed out. Sign in, and your answer is delivered.")
    return refused(HTTPStatus.UNAUTHORIZED, message, sign_in=url)


def ended(attempt_id: UUID) -> HttpResponse:
    message = _("Not saved: this attempt has ended.")
    return refused(HTTPStatus.CONFLICT, message, results=results_of(attempt_id))
