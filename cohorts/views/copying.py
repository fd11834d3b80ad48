"""A class once more, for a new term."""

from random import SystemRandom

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.class_forms import CopyForm
from cohorts.copying import copy_cohort, first_day
from cohorts.permissions import can_copy
from cohorts.views.classes import ADD
from cohorts.views.doors import enter


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def copy(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_copy)
    if not request.user.has_perm(ADD):
        raise PermissionDenied
    first = first_day(member.cohort)
    posted = request.POST if request.method == "POST" else None
    form = CopyForm(posted, initial={"name": member.cohort.name}, first_day_known=bool(first))
    if form.is_valid():
        new = copy_cohort(
            cohort=member.cohort,
            by=request.user,
            now=timezone.now(),
            rng=SystemRandom(),
            **form.cleaned_data,
        )
        messages.success(request, _("The copy is made. Look through its settings and its dates."))
        return redirect("class_settings", new.slug)
    context = {
        "member": member,
        "form": form,
        "first": first,
        "here": "class_settings",
        "section": "classes",
    }
    status = 422 if form.is_bound else 200
    return render(request, "cohorts/classes/copy.html", context, status=status)
