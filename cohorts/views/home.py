"""The first page of a class."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.views.doors import enter


@require_safe
@login_required
def cohort(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort)
    context = {"member": member, "here": "cohort", "section": "classes"}
    return render(request, "cohorts/home.html", context)
