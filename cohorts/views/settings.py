"""The settings of a class, and what is done with it as a whole."""

from collections.abc import Callable
from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts import classes
from cohorts.class_forms import HandOverForm, SettingsForm
from cohorts.class_settings import change_cohort
from cohorts.gradebook.late import in_words, policy_of
from cohorts.models import Membership
from cohorts.permissions import can_copy, can_edit, can_own
from cohorts.views.doors import enter


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def class_settings(request: SignedInRequest, cohort: str) -> HttpResponse:
    """An archived class shows what it was; what can be done with it stays possible."""
    member = enter(request, cohort, can_edit if request.method == "POST" else can_copy)
    posted = request.POST if request.method == "POST" else None
    late = in_words(policy_of(member.cohort))
    # Of a copy: the frame of the page goes on to say what is saved.
    form = SettingsForm(posted, instance=copy(member.cohort))
    if form.is_valid():
        save(request, form, member)
        return redirect("class_settings", cohort)
    context = about(member) | {
        "form": form,
        "late": late,
        "may_edit": can_edit(member),
        "may_own": can_own(member),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cohorts/classes/settings.html", context, status=status)


def save(request: SignedInRequest, form: SettingsForm, member: Membership) -> None:
    wanted = form.wanted
    change_cohort(cohort=member.cohort, wanted=wanted, by=request.user, now=timezone.now())
    messages.success(request, _("The settings of the class are saved."))
    if "time_zone" in wanted:
        said = _("Dates are shown in %s now. What is due stays due at the same instant.")
        messages.info(request, said % wanted["time_zone"])


def about(member: Membership) -> dict[str, object]:
    return {"member": member, "here": "class_settings", "section": "classes"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def archive(request: SignedInRequest, cohort: str) -> HttpResponse:
    return asked(request, cohort, "archive", classes.archive, _("The class is archived."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def unarchive(request: SignedInRequest, cohort: str) -> HttpResponse:
    return asked(request, cohort, "unarchive", classes.unarchive, _("The class is running again."))


def asked(
    request: SignedInRequest, cohort: str, name: str, action: Callable[..., None], said: str
) -> HttpResponse:
    member = enter(request, cohort, can_own)
    if request.method != "POST":
        return render(request, f"cohorts/classes/{name}.html", about(member))
    action(cohort=member.cohort, by=request.user, now=timezone.now())
    messages.success(request, said)
    return redirect("class_settings", cohort)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_own)
    form = HandOverForm(request.POST if request.method == "POST" else None, member=member)
    if not form.is_valid():
        context = about(member) | {"form": form, "teachers": form.fields["to"].queryset.exists()}  # type: ignore[attr-defined]
        status = 422 if form.is_bound else 200
        return render(request, "cohorts/classes/hand_over.html", context, status=status)
    to = form.cleaned_data["to"]
    try:
        classes.hand_over(owner=member, to=to, now=timezone.now())
    except classes.NotATeacherError:
        messages.error(request, _("Nothing was changed: roles have changed meanwhile. Look again."))
        return redirect("class_hand_over", cohort)
    messages.success(request, _("%s owns the class now. You are a teacher of it.") % to.name)
    return redirect("class_settings", cohort)
