"""Joining by a code, and leaving."""

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.class_forms import CodeForm, NameForm
from cohorts.guesses import may_guess, was_wrong
from cohorts.joining import class_with, join_by_code, refusal
from cohorts.joining import leave as leave_class
from cohorts.models import Cohort, Membership, Role
from cohorts.people.joining import CannotJoinError
from cohorts.views.doors import enter
from courses.markdown import rendered


def to_sign_up(request: HttpRequest) -> HttpResponse:
    """From there one can also sign in, and comes back either way."""
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")


@require_http_methods(["GET", "HEAD", "POST"])
def join_form(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return to_sign_up(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return code_page(request, form, status=422 if form.is_bound else 200)
    return found_or_not(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedInRequest, code: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return to_sign_up(request)
    form = CodeForm({"code": code})
    cohort = class_with(code) if may_guess(request) and form.is_valid() else None
    if cohort is None:
        return found_or_not(request, form, status=404)
    member = Membership.objects.filter(cohort=cohort, user=request.user).first()
    if member is not None and member.left_at is None:
        return redirect(cohort)
    if request.method == "POST":
        return put_in(request, cohort)
    reason = refusal(cohort, member)
    return join_page(request, cohort, reason, naming(request), came_back=member is not None)


def naming(request: SignedInRequest) -> NameForm | None:
    """Asks who has no name yet for one."""
    if request.user.display_name:
        return None
    return NameForm(request.POST if request.method == "POST" else None)


def found_or_not(request: SignedInRequest, form: CodeForm, *, status: int) -> HttpResponse:
    """On to the class whose code it is; else the form again, which says that it is none's."""
    if not may_guess(request):
        return respond_429(request)
    cohort = class_with(form.data["code"]) if form.is_valid() else None
    if cohort is not None:
        return redirect("join", cohort.join_code)
    was_wrong(request)
    form.add_error(
        "code", _("No class has this code. Compare it with the one you were given, or ask again.")
    )
    return code_page(request, form, status=status)


def code_page(request: SignedInRequest, form: CodeForm, *, status: int) -> HttpResponse:
    context = {"form": form, "section": "classes"}
    return render(request, "cohorts/classes/code.html", context, status=status)


def put_in(request: SignedInRequest, cohort: Cohort) -> HttpResponse:
    form = naming(request)
    if form is not None and not form.is_valid():
        return join_page(request, cohort, "", form, status=422)
    name = form.cleaned_data["name"] if form else ""
    try:
        join_by_code(cohort=cohort, user=request.user, now=timezone.now(), name=name)
    except CannotJoinError as error:
        return join_page(request, cohort, str(error), None, status=409)
    messages.success(request, _("You are in the class."))
    return redirect(cohort)


def join_page(
    request: SignedInRequest,
    cohort: Cohort,
    reason: str,
    form: NameForm | None,
    *,
    came_back: bool = False,
    status: int = 200,
) -> HttpResponse:
    teaching = Membership.objects.active().filter(role__in=[Role.OWNER, Role.TEACHER])
    context = {
        "cohort": cohort,
        # As clean as the renderer's allow-list leaves it.
        "description": mark_safe(rendered(cohort.description, prefix="about").html),  # noqa: S308
        "teachers": teaching.filter(cohort=cohort).named().by_role(),
        "reason": reason,
        "form": form,
        "came_back": came_back,
        "section": "classes",
    }
    return render(request, "cohorts/classes/join.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort)
    if member.role == Role.OWNER:
        context = {"member": member, "section": "classes"}
        status = 409 if request.method == "POST" else 200
        return render(request, "cohorts/classes/owner_stays.html", context, status=status)
    if request.method != "POST":
        context = {"member": member, "section": "classes"}
        return render(request, "cohorts/classes/leave.html", context)
    leave_class(member=member, now=timezone.now())
    messages.success(request, _("You have left %s. Your work stays.") % member.cohort.name)
    return redirect("cohorts")
