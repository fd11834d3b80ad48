"""My classes, and making one."""

from random import SystemRandom

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SignedInRequest
from cohorts.class_forms import CodeForm, CreateForm
from cohorts.classes import create_cohort
from cohorts.my_classes import invitations_to, mine

ADD = "cohorts.add_cohort"


@require_safe
@login_required
def cohorts(request: SignedInRequest) -> HttpResponse:
    context = {
        "classes": mine(request.user),
        "invitations": invitations_to(request.user, timezone.now()),
        "form": CodeForm(),
        "may_make": request.user.has_perm(ADD),
        "section": "classes",
    }
    return render(request, "cohorts/classes/cohorts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_perm(ADD):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    initial = {"time_zone": request.user.time_zone}
    form = CreateForm(posted, initial=initial)
    if form.is_valid():
        cohort = create_cohort(
            by=request.user, now=timezone.now(), rng=SystemRandom(), **form.cleaned_data
        )
        messages.success(request, _("Your class is made. Hand out the code, and people can join."))
        return redirect("join_code", cohort.slug)
    context = {"form": form, "section": "classes"}
    return render(
        request, "cohorts/classes/new.html", context, status=422 if form.is_bound else 200
    )
