"""Showing a class its grades for one item: first what that shows, then the act."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.grading.anonymous import hides_names
from cohorts.grading.releasing import outlook, release, withdraw
from cohorts.models import GradeItem
from cohorts.permissions import can_manage_grades
from cohorts.views.doors import enter

# The largest key that a database has.
MOST = 2**63 - 1


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def release_item(request: SignedInRequest, cohort: str, item: int) -> HttpResponse:
    member = enter(request, cohort, can_manage_grades)
    items = GradeItem.objects.filter(cohort=member.cohort).select_related("assignment", "quiz")
    found = get_object_or_404(items, pk=min(item, MOST))
    found.cohort = member.cohort
    if request.method == "POST":
        change(request, found)
        return redirect("release_item", member.cohort.slug, found.pk)
    context = {
        "member": member,
        "here": "grading",
        "section": "classes",
        "item": found,
        "outlook": outlook(found),
        "nameless": hides_names(found),
    }
    return render(request, "cohorts/grading/release.html", context)


def change(request: SignedInRequest, item: GradeItem) -> None:
    """Which of the two stands in the button, so that a page that is old does nothing else."""
    now = timezone.now()
    if request.POST.get("do") == "release" and release(item=item, by=request.user, now=now):
        messages.success(request, _("The grades are released: learners see them."))
    elif request.POST.get("do") == "withdraw" and withdraw(item=item, by=request.user, now=now):
        messages.success(request, _("The grades are hidden from learners."))
    else:
        messages.info(request, _("Nothing was changed."))
