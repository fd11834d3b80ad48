"""The join code of a class: to hand out, to show on a wall, to change."""

from random import SystemRandom

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SignedInRequest
from cohorts.class_settings import change_cohort
from cohorts.join_codes import picture, shown
from cohorts.joining import reset_code
from cohorts.models import Membership
from cohorts.permissions import can_copy, can_manage_people, can_see_people
from cohorts.views.doors import enter


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def join_code(request: SignedInRequest, cohort: str) -> HttpResponse:
    """POST turns joining by the code on or off."""
    if request.method != "POST":
        member = enter(request, cohort, can_see_people)
        return render(request, "cohorts/classes/join_code.html", context_of(request, member))
    member = enter(request, cohort, can_manage_people)
    wanted = {"self_join": request.POST.get("self_join") == "on"}
    change_cohort(cohort=member.cohort, wanted=wanted, by=request.user, now=timezone.now())
    on = _("People can join by the code now.")
    messages.success(request, on if wanted["self_join"] else _("The code lets nobody in now."))
    return redirect("join_code", cohort)


@require_safe
@login_required
def screen(request: SignedInRequest, cohort: str) -> HttpResponse:
    """For a projector."""
    member = enter(request, cohort, can_see_people)
    return render(request, "cohorts/classes/screen.html", context_of(request, member))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reset(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_manage_people)
    if request.method != "POST":
        return render(request, "cohorts/classes/reset_code.html", context_of(request, member))
    now = timezone.now()
    reset_code(cohort=member.cohort, by=request.user, now=now, rng=SystemRandom())
    messages.success(request, _("The class has a new code. The old one leads nowhere now."))
    return redirect("join_code", cohort)


def site_of(request: SignedInRequest) -> str:
    """On a laptop, the address by which it was reached is the one that others can reach."""
    return request.build_absolute_uri("/").rstrip("/") if settings.DEBUG else settings.SITE_URL


def context_of(request: SignedInRequest, member: Membership) -> dict[str, object]:
    site = site_of(request)
    link = site + reverse("join", args=[member.cohort.join_code])
    return {
        "member": member,
        "code": shown(member.cohort.join_code),
        "link": link,
        "site": site.split("://")[-1] + reverse("join_form"),
        "picture": mark_safe(picture(link)),  # noqa: S308  (drawn by segno from an address)
        "may_change": can_manage_people(member),
        # Who has no settings comes here from the first page.
        "here": "class_settings" if can_copy(member) else "cohort",
        "section": "classes",
    }
