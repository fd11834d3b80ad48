"""The queue of a class: what waits for a person, and what people have graded."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.grading.pile import pile_of
from cohorts.grading.queue import counts_of, entries_of
from cohorts.grading.wanted import STATES, wanted_in
from cohorts.permissions import can_manage_grades, can_see_work
from cohorts.views.doors import enter

ROWS = 50


@require_safe
@never_cache
@login_required
def grading(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_see_work)
    groups = list(member.cohort.groups.all())
    wanted = wanted_in(request.GET, groups)
    counts = counts_of(member.cohort, wanted.group)
    page = Paginator(pile_of(member.cohort, wanted).rows(), ROWS).get_page(request.GET.get("page"))
    context = {
        "member": member,
        "here": "grading",
        "section": "classes",
        "groups": groups,
        "wanted": wanted,
        "states": STATES,
        "counts": counts,
        "chosen": counts.of(wanted.item),
        "page": page,
        "entries": entries_of(member.cohort, list(page), wanted.query),
        "releases": can_manage_grades(member),
    }
    return render(request, "cohorts/grading/queue.html", context)
