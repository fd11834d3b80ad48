"""One answer at a time: saved, checked, tried again."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import SiteRequest
from quizzes import attempts
from quizzes.attempts import FullError
from quizzes.attempts.checking import NotTellingError
from quizzes.attempts.disclosure import lets_try_again
from quizzes.attempts.saving import Late, Saved
from quizzes.attempts.sitting import Wish, checked
from quizzes.forms import SaveForm
from quizzes.kinds import KINDS, AnswerError
from quizzes.models import Attempt, Response
from quizzes.views import replies
from quizzes.views.attempts import show_attempt
from quizzes.views.doors import get_attempt_or_404
from quizzes.views.replies import address_of, results_of, wants_json
from quizzes.views.stash import stash


@require_POST
def answer(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    """Save one answer; two queries beside the session's. Scripts get JSON that says so."""
    return take(request, attempt_id, position, attempts.save_answer, go_on)


@require_POST
def check(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    """Save one answer and say what is right, where the quiz does so after each question.

    A script that asks for a part of the page gets the card, once it is graded.
    """
    return take(request, attempt_id, position, attempts.check, show_checked)


def take(
    request: SiteRequest,
    attempt_id: UUID,
    position: int,
    action: Callable[..., Saved],
    answered: Callable[[SiteRequest, Saved], HttpResponse],
) -> HttpResponse:
    if not request.user.is_authenticated:
        return sign_in_first(request, attempt_id, position)
    try:
        saved = action(
            user=request.user,
            attempt_id=attempt_id,
            position=position,
            read=lambda kind, payload: kind.from_form(payload, request.POST),
            sequence=SaveForm(request.POST).given_sequence,
            now=timezone.now(),
        )
    except (Response.DoesNotExist, NotTellingError) as missing:
        return no_attempt(request, missing)
    except FullError:
        return too_late(request, attempt_id)
    except AnswerError as error:
        return unreadable(request, attempt_id, Wish(str(position), answer=error.typed), error)
    return replies.saved_json(saved) if wants_json(request) else answered(request, saved)


def go_on(request: SiteRequest, saved: Saved) -> HttpResponse:
    if saved.late is not None:
        messages.warning(request, replies.why(saved.late))
    if saved.late is Late.ENDED:
        return redirect(results_of(saved.response.attempt_id))
    return redirect(address_of(saved.response.attempt_id, request.POST.get("next", "")))


def show_checked(request: SiteRequest, saved: Saved) -> HttpResponse:
    if saved.late is not None:
        messages.warning(request, replies.why(saved.late))
    if saved.late is Late.ENDED:
        return redirect(results_of(saved.response.attempt_id))
    if request.htmx and saved.response.answer is not None:  # graded just now
        return checked_card(request, saved.response)
    # So that reading, by eye or by ear, goes on at what is said about the answer.
    return redirect(address_of(saved.response.attempt_id, saved.response.position, "feedback"))


def checked_card(request: SiteRequest, response: Response) -> HttpResponse:
    attempt = response.attempt
    context = {"attempt": attempt, "url": attempt.get_absolute_url(), "sitting": checked(response)}
    return render(request, "quizzes/checked.html", context)


@require_POST
def try_again(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    """Say what another answer would have been worth; nothing is kept."""
    if not request.user.is_authenticated:
        return redirect_to_login(address_of(attempt_id, position))
    attempt = get_attempt_or_404(request, attempt_id)
    response = get_object_or_404(
        attempt.responses.select_related("version"), position=position, checked_at__isnull=False
    )
    if attempt.submitted_at is not None or not lets_try_again(attempt.quiz):
        raise Http404
    kind, payload = KINDS[response.version.kind], response.version.payload
    wish = Wish(str(position), trying=True)
    try:
        tried = kind.unrated(kind.from_form(payload, request.POST))
    except AnswerError as error:
        return unreadable(request, attempt_id, replace(wish, answer=error.typed), error)
    return show_attempt(request, attempt, replace(wish, answer=tried, tried=True))


@require_POST
def rate(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    """Take the learner's word for what an answer in their own words is worth."""
    back = address_of(attempt_id, position, "feedback")
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    try:
        response = attempts.rate(
            user=request.user,
            attempt_id=attempt_id,
            position=position,
            rating=request.POST.get("self", ""),
            now=timezone.now(),
        )
    except (Attempt.DoesNotExist, Response.DoesNotExist, NotTellingError) as missing:
        raise Http404 from missing
    except AnswerError as error:
        messages.error(request, str(error))
        return redirect(back)
    if response.attempt.submitted_at is not None:
        return redirect(f"{results_of(attempt_id)}#question-{position}")
    return redirect(back)


def no_attempt(request: SiteRequest, missing: Exception) -> HttpResponse:
    if wants_json(request):
        return replies.not_found()
    raise Http404 from missing


def sign_in_first(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    back = address_of(attempt_id, position)
    if wants_json(request):
        return replies.signed_out(back)
    stash(request, attempt_id, position)
    return redirect_to_login(back)


def too_late(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    if wants_json(request):
        return replies.ended(attempt_id)
    messages.warning(request, _("Not saved: this attempt has ended."))
    return redirect(results_of(attempt_id))


def unreadable(
    request: SiteRequest, attempt_id: UUID, wish: Wish, error: AnswerError
) -> HttpResponse:
    if wants_json(request):
        return replies.refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    attempt = get_attempt_or_404(request, attempt_id)
    return show_attempt(request, attempt, wish, str(error))
