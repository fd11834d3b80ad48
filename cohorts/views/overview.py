"""Who is at risk, and from when on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.class_settings import change_cohort
from cohorts.models import Cohort, Group
from cohorts.overview.facts import everyone, term_of
from cohorts.overview.finding import ON_A_PAGE, Wanted, learners_of, wanted
from cohorts.overview.forms import ThresholdsForm
from cohorts.overview.kept import forget
from cohorts.overview.names import named
from cohorts.overview.risk import AtRisk, at_risk, thresholds_of
from cohorts.permissions import can_edit, can_see_progress
from cohorts.views.doors import enter
from courses.access import get_course_page_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def risk_list(request: SignedInRequest, cohort: str) -> HttpResponse:
    posted, now = request.method == "POST", timezone.now()
    member = enter(request, cohort, can_edit if posted else can_see_progress)
    # A form that is wrong has written its values into its own copy: the page still counts by ours.
    own = get_object_or_404(Cohort, pk=member.cohort_id) if posted else member.cohort
    form = ThresholdsForm(request.POST if posted else None, instance=own)
    if posted and form.is_valid():
        change_cohort(cohort=member.cohort, wanted=form.cleaned_data, by=request.user, now=now)
        forget(member.cohort_id)
        messages.success(request, _("The thresholds are saved."))
        return redirect("at_risk", cohort)
    lessons = [one.id for one in get_course_page_or_404(member.cohort.course.slug, now).lessons]
    groups = list(member.cohort.groups.all())
    want = wanted(request.GET, groups)
    facts = everyone(member.cohort, lessons, now).facts
    found = at_risk(facts, thresholds_of(member.cohort), term_of(member.cohort), now)
    context = {
        "member": member,
        "here": "at_risk",
        "section": "classes",
        "form": form,
        "can_edit": can_edit(member),
        "groups": groups,
        "want": want,
        "learners": len(facts),
        "running": term_of(member.cohort).is_running(now),
        **shown(member.cohort, found, want, groups, request.GET.get("page")),
    }
    return render(request, "cohorts/overview/at_risk.html", context, status=422 if posted else 200)


def shown(
    cohort: Cohort,
    found: tuple[AtRisk, ...],
    want: Wanted,
    groups: list[Group],
    number: str | None,
) -> dict[str, Any]:
    """One page of them, with their names. One query, or two for a group."""
    if want.group:
        members = set(learners_of(cohort, Wanted(group=want.group)).values_list("pk", flat=True))
        found = tuple(one for one in found if one.member_id in members)
    page: Page[AtRisk] = Paginator(found, ON_A_PAGE).get_page(number)
    names = named(cohort, [one.member_id for one in page.object_list])
    of_group: dict[int | None, str] = {group.pk: group.name for group in groups}
    rows = [
        (one, names[one.member_id].name, of_group.get(names[one.member_id].group_id))
        for one in page.object_list
        if one.member_id in names
    ]
    return {"page": page, "rows": rows, "number": len(found)}
