"""Who changed what in a class."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.class_log import LogFilter, entries, lines
from cohorts.permissions import can_see_log
from cohorts.views.doors import enter

ROWS = 50


@require_safe
@login_required
def class_log(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_see_log)
    form = LogFilter(request.GET)
    kind, person = form.wanted
    found = entries(member.cohort, kind, person)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "member": member,
        "form": form,
        "kind": kind,
        "person": person,
        "page": page,
        "lines": lines(member.cohort, page),
        "here": "class_settings",
        "section": "classes",
    }
    return render(request, "cohorts/classes/log.html", context)
