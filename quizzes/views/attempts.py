from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import SiteRequest
from quizzes import attempts
from quizzes.models import Attempt
from quizzes.results import results_of
from quizzes.sitting import cards, sitting
from quizzes.views import replies
from quizzes.views.doors import get_attempt_or_404


@require_safe
@never_cache
def attempt(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    attempt = get_attempt_or_404(request, attempt_id)
    if attempt.submitted_at is not None:
        return redirect(attempt.get_results_url())
    return show_attempt(request, attempt, request.GET.get("q", ""))


def show_attempt(
    request: SiteRequest, attempt: Attempt, wanted: str, error: str = ""
) -> HttpResponse:
    context = frame(attempt) | {"sitting": sitting(attempt, wanted), "error": error}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "quizzes/attempt.html", context, status=status)


def frame(attempt: Attempt) -> dict[str, Any]:
    return {
        "section": "course",
        "attempt": attempt,
        "url": attempt.get_absolute_url(),
        "milliseconds": milliseconds(timezone.now()),
        "deadline": attempt.deadline_at and milliseconds(attempt.deadline_at),
    }


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


@require_safe
@never_cache
def attempt_cards(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    """Every question and the end as fragments, so that a browser can go on without us."""
    if not request.user.is_authenticated:
        return replies.signed_out(replies.address_of(attempt_id, ""))
    attempt = get_attempt_or_404(request, attempt_id)
    if attempt.submitted_at is not None:
        return replies.ended(attempt_id)
    return render(request, "quizzes/cards.html", frame(attempt) | {"sittings": cards(attempt)})


@require_POST
def submit(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(replies.address_of(attempt_id, "end"))
    try:
        attempt = attempts.submit(user=request.user, attempt_id=attempt_id, now=timezone.now())
    except Attempt.DoesNotExist as missing:
        raise Http404 from missing
    return redirect(attempt.get_results_url())


@require_safe
@never_cache
def results(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    attempt = get_attempt_or_404(request, attempt_id)
    if attempt.submitted_at is None:
        return redirect(attempt)
    context = {"section": "course", "attempt": attempt, "results": results_of(attempt)}
    return render(request, "quizzes/results.html", context)
