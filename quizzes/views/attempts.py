from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import SiteRequest
from quizzes import attempts
from quizzes.attempts import SubmittedError
from quizzes.forms import SaveForm
from quizzes.kinds import AnswerError
from quizzes.models import Attempt, Response
from quizzes.results import results_of
from quizzes.sitting import Step, is_answered, sitting
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
    context = {
        "section": "course",
        "attempt": attempt,
        "url": attempt.get_absolute_url(),
        "sitting": sitting(attempt, wanted),
        "milliseconds": int(timezone.now().timestamp() * 1000),
        "error": error,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "quizzes/attempt.html", context, status=status)


@require_POST
def answer(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    """Save one answer; two queries beside the session's. HTMX gets the line that says so."""
    if not request.user.is_authenticated:
        return sign_in_first(request, attempt_id, position)
    try:
        response = attempts.save_answer(
            user=request.user,
            attempt_id=attempt_id,
            position=position,
            read=lambda kind, payload: kind.from_form(payload, request.POST),
            sequence=SaveForm(request.POST).given_sequence,
            now=timezone.now(),
        )
    except Response.DoesNotExist as missing:
        raise Http404 from missing
    except SubmittedError:
        return already_submitted(request, attempt_id)
    except AnswerError as error:
        return unreadable(request, attempt_id, position, error)
    if request.htmx:
        return saved(request, response)
    return redirect(address_of(attempt_id, request.POST.get("next", "")))


def saved(request: SiteRequest, response: Response) -> HttpResponse:
    step = Step(response.position, is_answered(response), here=True)
    context = {
        "step": step,
        "saved_at": response.newest_at,
        "url": reverse("attempt", args=[response.attempt_id]),
    }
    return render(request, "quizzes/_saved.html", context)


def sign_in_first(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    back = address_of(attempt_id, position)
    if request.htmx:
        return unsaved(request, HTTPStatus.UNAUTHORIZED, back=back)
    return redirect_to_login(back)


def already_submitted(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    results = reverse("attempt_results", args=[attempt_id])
    if request.htmx:
        return unsaved(request, HTTPStatus.CONFLICT, results=results)
    return redirect(results)


def unreadable(
    request: SiteRequest, attempt_id: UUID, position: int, error: AnswerError
) -> HttpResponse:
    if request.htmx:
        return unsaved(request, HTTPStatus.UNPROCESSABLE_ENTITY, error=str(error))
    attempt = get_attempt_or_404(request, attempt_id)
    return show_attempt(request, attempt, str(position), str(error))


def unsaved(request: SiteRequest, status: int, **why: str) -> HttpResponse:
    return render(request, "quizzes/_unsaved.html", why, status=status)


def address_of(attempt_id: UUID, place: int | str) -> str:
    """The attempt at one question, or at its "end"."""
    query = urlencode({"q": place})
    return f"{reverse('attempt', args=[attempt_id])}?{query}#question"


@require_POST
def submit(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(address_of(attempt_id, "end"))
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
