from collections.abc import Sequence
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
from quizzes.attempts.disclosure import results_at, shows_results, tells_at_once
from quizzes.attempts.ends import release
from quizzes.attempts.opening import closed
from quizzes.attempts.placement import Decision
from quizzes.attempts.results import results_of
from quizzes.attempts.sitting import Wish, cards, sitting
from quizzes.attempts.skipping import done_of
from quizzes.attempts.tries import tries_of
from quizzes.attempts.windows import window_of
from quizzes.models import Attempt
from quizzes.views import replies
from quizzes.views.doors import get_attempt_or_404
from quizzes.views.stash import deliver


@require_safe
@never_cache
def attempt(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    attempt = get_attempt_or_404(request, attempt_id)
    deliver(request, attempt)
    if has_ended(request, attempt):
        return redirect(attempt.get_results_url())
    wish = Wish(request.GET.get("q", ""), trying="try" in request.GET)
    return show_attempt(request, attempt, wish)


def has_ended(request: SiteRequest, attempt: Attempt) -> bool:
    """Handed in, or now closed because its time is up."""
    if attempt.submitted_at is None and not request.read_only:
        return attempts.end_if_over(attempt, now=timezone.now())
    return attempt.submitted_at is not None


def show_attempt(
    request: SiteRequest, attempt: Attempt, wish: Wish, error: str = ""
) -> HttpResponse:
    context = frame(attempt) | {"sitting": sitting(attempt, wish), "error": error}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "quizzes/attempt.html", context, status=status)


def frame(attempt: Attempt) -> dict[str, Any]:
    return {
        "section": "course",
        "attempt": attempt,
        "url": attempt.get_absolute_url(),
        "milliseconds": milliseconds(timezone.now()),
        "deadline": attempt.deadline_at and milliseconds(attempt.deadline_at),
        "tells_at_once": tells_at_once(attempt.quiz),
        "results_at": results_at(attempt.quiz, attempt.others_until),
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
    if has_ended(request, attempt):
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
    deliver(request, attempt)
    if not request.read_only and attempts.end_if_over(attempt, now=timezone.now()):
        attempt.refresh_from_db()
    if attempt.submitted_at is None:
        return redirect(attempt)
    return show_results(request, attempt)


def show_results(request: SiteRequest, attempt: Attempt) -> HttpResponse:
    now, quiz = timezone.now(), attempt.quiz
    tries = tries_of(attempt.user, quiz, now=now, read_only=request.read_only)
    window = window_of(attempt.user, quiz, now)
    context = {
        "section": "course",
        "attempt": attempt,
        "tries": tries,
        "reason": closed(quiz, user=attempt.user, used=tries.used, now=now, window=window),
    }
    until = tries.others_until(window)
    if not shows_results(quiz, now, until):
        context |= {"results_at": results_at(quiz, until), "count": attempt.responses.count()}
        return render(request, "quizzes/withheld.html", context)
    if attempt.withheld and not request.read_only:
        release(attempt, now=now)
    found = results_of(attempt)
    context |= {"results": found} | skipping_context(attempt, found.decisions)
    return render(request, "quizzes/results.html", context)


def skipping_context(attempt: Attempt, decisions: Sequence[Decision]) -> dict[str, Any]:
    """What a placement offers: lessons done, how many to skip or take back, where to read on."""
    done = done_of(attempt, decisions)
    skips = [decision.lesson.id for decision in decisions if decision.skips]
    unread = (one.lesson for one in decisions if not one.skips and one.lesson.id not in done)
    return {
        "skipped": done,
        "onward": next(unread, None),
        "may_skip": sum(lesson not in done for lesson in skips),
        "may_unskip": sum(done.get(lesson, False) for lesson in skips),
    }
