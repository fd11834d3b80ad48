"""Looking at a class as a learner of it, and ending that."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import SignedInRequest
from accounts.redirects import sign_in_to_post
from cohorts.looking import looking, start_looking, stop_looking
from cohorts.permissions import can_look_as_learner
from cohorts.views.doors import enter


@require_POST
@sign_in_to_post
def look(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_look_as_learner)
    start_looking(request, member.cohort)
    return redirect(member.cohort)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def stop(request: SignedInRequest) -> HttpResponse:
    found = looking(request)
    if found is None:
        return redirect("cohorts")
    if request.method != "POST":
        return render(request, "cohorts/classes/looking.html", {"section": "classes"})
    stop_looking(request)
    return redirect("cohort", found.slug)
