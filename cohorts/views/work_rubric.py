"""The rubric of an assignment, all of it in one form."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.models import Assignment, GradeItem, Membership
from cohorts.permissions import can_set_work
from cohorts.views.assignments import context_of
from cohorts.views.doors import enter
from cohorts.views.work_setting import set_by
from cohorts.work.rubric_typing import NEW_ROW, Rows, best_sum, checked, digest_of, done, rows_in
from cohorts.work.rubrics import (
    ChangedMeanwhileError,
    is_graded_by,
    rubric_of,
    save_rubric,
    typed_rubric,
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rubric(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    """Its buttons change the form alone; only the last one keeps what stands in it."""
    member = enter(request, cohort, can_set_work)
    found = get_object_or_404(set_by(member), pk=assignment)
    if request.method != "POST":
        stored = typed_rubric(found)
        return show(request, member, found, stored or (NEW_ROW,), seen=digest_of(stored))
    rows = rows_in(request.POST)
    if deed := request.POST.get("do"):
        return show(request, member, found, done(rows, deed), deed=deed)
    rows, fine = checked(rows)
    if not fine:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return show(request, member, found, rows, wrong=True, status=status)
    seen = request.POST.get("seen", "")
    try:
        save_rubric(assignment=found, rows=rows, by=request.user, now=timezone.now(), seen=seen)
    except ChangedMeanwhileError:
        return show_conflict(request, member, found, rows)
    messages.success(request, _("The rubric is saved."))
    return redirect(found)


def show_conflict(
    request: SignedInRequest, member: Membership, assignment: Assignment, rows: Rows
) -> HttpResponse:
    """What was typed is kept; saving it again replaces what the other one said."""
    seen = digest_of(typed_rubric(assignment))
    status = HTTPStatus.CONFLICT
    return show(request, member, assignment, rows, seen=seen, status=status)


def show(
    request: SignedInRequest,
    member: Membership,
    assignment: Assignment,
    rows: Rows,
    *,
    deed: str = "",
    wrong: bool = False,
    seen: str | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    item: GradeItem | None = getattr(assignment, "grade_item", None)
    context = context_of(member, assignment=assignment, rows=rows, wrong=wrong, deed=deed)
    context |= {
        "seen": request.POST.get("seen", "") if seen is None else seen,
        "rubric": rubric_of(assignment) if status == HTTPStatus.CONFLICT else None,
        "conflict": status == HTTPStatus.CONFLICT,
        "best": best_sum(rows),
        "points": item.points if item else None,
        "graded": is_graded_by(assignment),
    }
    return render(request, "cohorts/work/rubric.html", context, status=status)
