"""One answer at a time: saved, checked, tried again."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import SiteRequest
from quizzes import attempts
from quizzes.attempts import FullError
from quizzes.forms import SaveForm
from quizzes.kinds import AnswerError
from quizzes.models import Response
from quizzes.saving import Late, Saved
from quizzes.views import replies
from quizzes.views.attempts import show_attempt
from quizzes.views.doors import get_attempt_or_404
from quizzes.views.replies import address_of, results_of, wants_json


@require_POST
def answer(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    """Save one answer; two queries beside the session's. Scripts get JSON that says so."""
    if not request.user.is_authenticated:
        return sign_in_first(request, attempt_id, position)
    try:
        saved = attempts.save_answer(
            user=request.user,
            attempt_id=attempt_id,
            position=position,
            read=lambda kind, payload: kind.from_form(payload, request.POST),
            sequence=SaveForm(request.POST).given_sequence,
            now=timezone.now(),
        )
    except Response.DoesNotExist as missing:
        return no_attempt(request, missing)
    except FullError:
        return too_late(request, attempt_id)
    except AnswerError as error:
        return unreadable(request, attempt_id, position, error)
    return say_saved(request, saved)


def say_saved(request: SiteRequest, saved: Saved) -> HttpResponse:
    if wants_json(request):
        return replies.saved_json(saved)
    if saved.late is not None:
        messages.warning(request, replies.why(saved.late))
    if saved.late is Late.ENDED:
        return redirect(results_of(saved.response.attempt_id))
    return redirect(address_of(saved.response.attempt_id, request.POST.get("next", "")))


def no_attempt(request: SiteRequest, missing: Response.DoesNotExist) -> HttpResponse:
    if wants_json(request):
        return replies.not_found()
    raise Http404 from missing


def sign_in_first(request: SiteRequest, attempt_id: UUID, position: int) -> HttpResponse:
    back = address_of(attempt_id, position)
    if wants_json(request):
        return replies.signed_out(back)
    return redirect_to_login(back)


def too_late(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    if wants_json(request):
        return replies.ended(attempt_id)
    messages.warning(request, _("Not saved: this attempt has ended."))
    return redirect(results_of(attempt_id))


def unreadable(
    request: SiteRequest, attempt_id: UUID, position: int, error: AnswerError
) -> HttpResponse:
    if wants_json(request):
        return replies.refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    attempt = get_attempt_or_404(request, attempt_id)
    return show_attempt(request, attempt, str(position), str(error))
