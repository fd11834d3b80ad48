"""What the teachers of a class announce: the list, one page each, writing."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SignedInRequest
from cohorts.models import Announcement, Membership
from cohorts.permissions import can_announce
from cohorts.talk import announcing
from cohorts.talk.announcement_form import AnnouncementForm, values_of
from cohorts.views.doors import enter
from courses import markdown

ROWS = 20


def context_of(member: Membership, now: datetime) -> dict[str, Any]:
    return {
        "member": member,
        "here": "announcements",
        "section": "classes",
        "now": now,
        "may_announce": can_announce(member),
    }


@require_safe
@login_required
def announcements(request: SignedInRequest, cohort: str) -> HttpResponse:
    member, now = enter(request, cohort), timezone.now()
    found = announcing.visible_to(member, now).signed()
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = context_of(member, now) | {"page": page}
    return render(request, "cohorts/talk/announcements.html", context)


@require_safe
@login_required
def announcement(request: SignedInRequest, cohort: str, announcement: int) -> HttpResponse:
    member, now = enter(request, cohort), timezone.now()
    found = get_object_or_404(announcing.visible_to(member, now).signed(), pk=announcement)
    context = context_of(member, now) | {
        "announcement": found,
        "body": markdown.rendered(found.body),
    }
    return render(request, "cohorts/talk/announcement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_announcement(request: SignedInRequest, cohort: str) -> HttpResponse:
    member, now = enter(request, cohort, can_announce), timezone.now()
    posted = request.POST if request.method == "POST" else None
    initial = {"mail": True, "key": uuid4()}
    form = AnnouncementForm(posted, initial=initial, cohort=member.cohort, now=now)
    if "preview" in request.POST or not form.is_valid():
        return show_form(request, member, form, now)
    made = announcing.post(
        cohort=member.cohort,
        by=request.user,
        draft=form.draft(),
        sent_as=form.cleaned_data["key"],
        now=now,
    )
    messages.success(request, _("Planned.") if made.post_at > now else _("Posted."))
    return redirect("announcement", cohort, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_announcement(request: SignedInRequest, cohort: str, announcement: int) -> HttpResponse:
    member, now = enter(request, cohort, can_announce), timezone.now()
    found = get_object_or_404(Announcement, cohort=member.cohort, pk=announcement)
    posted = request.POST if request.method == "POST" else None
    form = AnnouncementForm(
        posted, initial=values_of(found), cohort=member.cohort, now=now, announcement=found
    )
    if "preview" in request.POST or not form.is_valid():
        return show_form(request, member, form, now, announcement=found)
    announcing.edit(announcement=found, draft=form.draft(), now=now)
    messages.success(request, _("Your changes are saved."))
    return redirect("announcement", cohort, found.pk)


def show_form(
    request: SignedInRequest,
    member: Membership,
    form: AnnouncementForm,
    now: datetime,
    **more: Any,
) -> HttpResponse:
    """What was sent is wrong, unless it was only to be looked at."""
    looking = "preview" in request.POST
    context = context_of(member, now) | {
        "form": form,
        "learners": Membership.objects.learners().filter(cohort=member.cohort).count(),
        "preview": preview_of(request.POST.get("body", "")) if looking else None,
        "looking": looking,
        **more,
    }
    wrong = form.is_bound and not looking
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "cohorts/talk/announcement_form.html", context, status=status)


def preview_of(body: str) -> dict[str, str]:
    try:
        return {"html": markdown.render(body, strict=True).html}
    except markdown.MarkdownError as error:
        return {"error": str(error)}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_announcement(request: SignedInRequest, cohort: str, announcement: int) -> HttpResponse:
    member, now = enter(request, cohort, can_announce), timezone.now()
    found = get_object_or_404(Announcement, cohort=member.cohort, pk=announcement)
    if request.method != "POST":
        context = context_of(member, now) | {"announcement": found}
        return render(request, "cohorts/talk/announcement_delete.html", context)
    found.delete()
    messages.success(request, _("The announcement is deleted."))
    return redirect("announcements", cohort)
