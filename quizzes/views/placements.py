from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.middleware import SiteRequest
from quizzes.attempts import skipping
from quizzes.attempts.placement import Decision
from quizzes.attempts.results import results_of
from quizzes.models import Attempt
from quizzes.views.doors import get_attempt_or_404
from quizzes.views.replies import results_of as address_of_results


@require_POST
def skip(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    """Mark the lessons done that the placement lets its learner skip."""
    if not request.user.is_authenticated:
        return redirect_to_login(address_of_results(attempt_id))
    attempt, decisions = decided(request, attempt_id)
    marked = skipping.skip(attempt=attempt, decisions=decisions, now=timezone.now())
    said = ngettext("%d lesson is marked done.", "%d lessons are marked done.", len(marked))
    messages.success(request, said % len(marked))
    return redirect(address_of_results(attempt_id))


@require_POST
def unskip(request: SiteRequest, attempt_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(address_of_results(attempt_id))
    attempt, decisions = decided(request, attempt_id)
    back = skipping.take_back(attempt=attempt, decisions=decisions, now=timezone.now())
    said = ngettext("%d lesson is to be read again.", "%d lessons are to be read again.", len(back))
    messages.success(request, said % len(back))
    return redirect(address_of_results(attempt_id))


def decided(request: SiteRequest, attempt_id: UUID) -> tuple[Attempt, tuple[Decision, ...]]:
    """A finished placement; nothing else decides about lessons."""
    attempt = get_attempt_or_404(request, attempt_id)
    decisions = results_of(attempt).decisions if attempt.submitted_at else ()
    if not decisions:
        raise Http404
    return attempt, decisions
