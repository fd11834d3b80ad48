"""A learner's draft: saved while it is written, filled with files."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import SignedInRequest, SiteRequest
from cohorts.models import Assignment, Membership, Submission
from cohorts.permissions import can_hand_in
from cohorts.views.assignments import get_assignment_or_404, show_own
from cohorts.views.doors import enter
from cohorts.work.draft_form import DraftForm
from cohorts.work.drafts import (
    NewerError,
    save_draft,
)
from cohorts.work.stash import stash
from cohorts.work.uploads import add_files, remove_file
from quizzes.views.replies import wants_json


@require_POST
def draft(request: SiteRequest, cohort: str, assignment: int) -> HttpResponse:
    """Keep what was written. A script gets JSON that says so; a form goes on to what its button
    says: stay, add or remove files, or look at what is to be handed in."""
    if not request.user.is_authenticated:
        return sign_in_first(request, cohort, assignment)
    try:
        member, found = place_of(request, cohort, assignment)  # type: ignore[arg-type]
    except (PermissionDenied, Http404) as refused:
        return not_kept(request, refused)
    form = DraftForm(request.POST)
    form.is_valid()
    if not form.is_fine:
        return unreadable(request, member, found, form)  # type: ignore[arg-type]
    try:
        saved = save(member, found, form)
    except NewerError as newer:
        return meanwhile(request, member, found, form, newer)  # type: ignore[arg-type]
    return saved_json(saved) if wants_json(request) else go_on(request, member, found, saved)


def place_of(
    request: SignedInRequest, cohort: str, assignment: int
) -> tuple[Membership, Assignment]:
    member = enter(request, cohort)
    if member.cohort.archived_at is not None:
        raise PermissionDenied(_("The class is archived, and only read."))
    if not can_hand_in(member):
        raise PermissionDenied(_("Only learners of the class hand work in."))
    return member, get_assignment_or_404(member, assignment)


def not_kept(request: SiteRequest, refused: PermissionDenied | Http404) -> HttpResponse:
    """There is no place for it any more; what was written is given back to its writer."""
    written = {name: request.POST.get(name, "") for name in ("text", "link")}
    if not any(written.values()):
        raise refused
    if isinstance(refused, PermissionDenied):
        status, reason = HTTPStatus.FORBIDDEN, str(refused)
    else:
        status, reason = HTTPStatus.NOT_FOUND, _("You can no longer hand it in.")
    if wants_json(request):
        return JsonResponse({"message": _("Not saved: %s") % reason}, status=status)
    context = {"section": "classes", "reason": reason, **written}
    return render(request, "cohorts/work/not_kept.html", context, status=status)


def save(member: Membership, assignment: Assignment, form: DraftForm) -> Submission:
    return save_draft(
        membership=member,
        assignment=assignment,
        text=form.cleaned_data["text"],
        link=form.cleaned_data["link"].strip(),
        sequence=form.number("sequence"),
        seen=form.number("seen"),
        now=timezone.now(),
    )


def go_on(
    request: SiteRequest, member: Membership, assignment: Assignment, saved: Submission
) -> HttpResponse:
    now = timezone.now()
    uploads, removed = request.FILES.getlist("files"), uuid_in(request.POST.get("remove", ""))
    errors = add_files(membership=member, assignment=assignment, uploads=uploads, now=now)
    for error in errors:
        messages.error(request, error)
    if removed:
        remove_file(membership=member, assignment=assignment, file=removed, now=now)
    if request.POST.get("do") == "hand-in" and not errors:
        return redirect("hand_in", member.cohort.slug, assignment.pk)
    at = now if uploads or removed else saved.saved_at
    messages.success(request, _("Draft saved at %s.") % clock(at))
    return redirect(assignment.get_absolute_url() + "#work")


def uuid_in(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def clock(at: datetime) -> str:
    return date_format(localtime(at), "H:i")


def sign_in_first(request: SiteRequest, cohort: str, assignment: int) -> HttpResponse:
    back = reverse("assignment", args=[cohort, assignment])
    if not wants_json(request):
        stash(request, assignment, request.POST)
        return redirect_to_login(back)
    url = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    message = _("Not saved yet: you are signed out. Sign in, and your text is sent.")
    return JsonResponse({"message": message, "sign_in": url}, status=HTTPStatus.UNAUTHORIZED)


def saved_json(saved: Submission) -> JsonResponse:
    return JsonResponse({"saved": clock(saved.saved_at), "sequence": saved.sequence})


def unreadable(
    request: SignedInRequest, member: Membership, assignment: Assignment, form: DraftForm
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not wants_json(request):
        return show_own(request, member, assignment, form, status=status)
    errors = [error for name in ("text", "link") for error in form.errors.get(name, [])]
    return JsonResponse({"message": _("Not saved: %s") % errors[0]}, status=status)


def meanwhile(
    request: SignedInRequest,
    member: Membership,
    assignment: Assignment,
    form: DraftForm,
    newer: NewerError,
) -> HttpResponse:
    """Nothing is written over: what was sent stays in the form, to be sent again."""
    if not wants_json(request):
        return show_own(request, member, assignment, form, newer, HTTPStatus.CONFLICT)
    at = newer.draft.saved_at if newer.draft else None
    if at is None:
        message = _("You have handed this in from another window.")
    else:
        message = _("Another window saved a newer text at %s.") % clock(at)
    said = {"message": message, "sequence": newer.sequence}
    return JsonResponse(said, status=HTTPStatus.CONFLICT)
