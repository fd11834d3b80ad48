"""The gradebook: learners by items."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.gradebook import wording
from cohorts.gradebook.asking import BELOW, EVERYONE, MISSING, WAITING, asked_in
from cohorts.gradebook.choosing import sheet_of
from cohorts.gradebook.figures import SECONDS
from cohorts.gradebook.spread import spread_of
from cohorts.gradebook.table import body, head
from cohorts.permissions import can_export, can_grade, can_manage_grades, can_see_grades
from cohorts.views.doors import enter


@require_safe
@login_required
def gradebook(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_see_grades)
    asked = asked_in(request.GET)
    sheet = sheet_of(member.cohort, asked, timezone.now())
    digits = sheet.layout.digits
    context = {
        "member": member,
        "here": "gradebook",
        "section": "classes",
        "asked": asked,
        "sheet": sheet,
        "groups": member.cohort.groups.all(),
        "shows": shows(),
        "average": wording.total(sheet.figures.average, digits),
        "spread": spread_of(sheet.figures.spread),
        "seconds": SECONDS,
        "head": head(sheet, asked, enters=can_grade(member)),
        "body": body(sheet),
        "rounding": wording.rounding(digits),
        "before": asked.at_page(sheet.page - 1).query if sheet.page > 1 else "",
        "after": asked.at_page(sheet.page + 1).query if sheet.page < sheet.pages else "",
        "manages": can_manage_grades(member),
        "exports": can_export(member),
    }
    return render(request, "cohorts/gradebook/gradebook.html", context)


def shows() -> list[tuple[str, str]]:
    return [
        (EVERYONE, _("Everyone")),
        (WAITING, _("Waiting for a grade")),
        (MISSING, _("With missing work")),
        (BELOW, _("Below the pass mark")),
    ]
