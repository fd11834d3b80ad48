"""One learner's grades, for the staff and for the learner, in the same words."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.gradebook.explaining import explained, grades_of, reasons_of
from cohorts.gradebook.layout import layout_of
from cohorts.gradebook.reading import rows_of
from cohorts.models import Cohort, Membership
from cohorts.permissions import can_see_grades, can_see_own_grades
from cohorts.views.doors import enter

# The largest key that a database has.
MOST = 2**63 - 1


@require_safe
@login_required
def member_grades(request: SignedInRequest, cohort: str, member: int) -> HttpResponse:
    """Everything of one learner; and what they see of it, where that is less."""
    me = enter(request, cohort, can_see_grades)
    them = learner_or_404(me.cohort, member)
    context = {
        "member": me,
        "here": "gradebook",
        "section": "classes",
        "them": them,
        **both_sides(them, timezone.now()),
    }
    return render(request, "cohorts/gradebook/member.html", context)


def both_sides(them: Membership, now: datetime) -> dict[str, Any]:
    """Six queries."""
    layout = layout_of(them.cohort, now)
    row = rows_of(layout, [them.pk], now)[them.pk]
    told = rows_of(layout, [them.pk], now, told=True)[them.pk]
    grades = explained(layout, row, reasons_of(them))
    seen = explained(layout, told, {}, told=True)
    return {"grades": grades, "seen": seen if seen.total != grades.total else None}


@require_safe
@login_required
def my_grades(request: SignedInRequest, cohort: str) -> HttpResponse:
    me = enter(request, cohort, can_see_own_grades)
    context = {
        "member": me,
        "here": "my_grades",
        "section": "classes",
        "grades": grades_of(me, timezone.now(), told=True),
    }
    return render(request, "cohorts/gradebook/my_grades.html", context)


def learner_or_404(cohort: Cohort, member: int) -> Membership:
    """With their name. One query."""
    found = Membership.objects.filter(cohort=cohort).learners().named().select_related("user")
    them = get_object_or_404(found, pk=min(member, MOST))
    them.cohort = cohort
    return them
