"""Taking the gradebook away, and bringing grades in."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SignedInRequest
from cohorts.exports import csv_file, oneroster_grades, oneroster_results, xlsx_file
from cohorts.exports.importing import ChangedError, grades_in, keep, plan_of, write
from cohorts.exports.notes import notes_of
from cohorts.exports.results_of import results_of
from cohorts.exports.table import Table, gradebook_table
from cohorts.gradebook.layout import layout_of
from cohorts.models import Group, Membership, PendingImport
from cohorts.people.forms import OneRosterForm
from cohorts.people.rows import ListError
from cohorts.permissions import can_export, can_manage_grades
from cohorts.views.doors import enter

ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
def files(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_export)
    context = {**frame(member), "groups": member.cohort.groups.all()}
    return render(request, "cohorts/exports/files.html", context)


def frame(member: Membership) -> dict[str, Any]:
    return {"member": member, "here": "gradebook", "section": "classes"}


@require_safe
@never_cache
@login_required
def as_csv(request: SignedInRequest, cohort: str) -> HttpResponseBase:
    member = enter(request, cohort, can_export)
    body: Iterable[bytes] = csv_file.written(table_for(request, member))
    answer = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name_of(member, "csv")}"'
    return answer


@require_safe
@never_cache
@login_required
def as_xlsx(request: SignedInRequest, cohort: str) -> FileResponse:
    member = enter(request, cohort, can_export)
    now = timezone.now()
    notes = notes_of(member.cohort, layout_of(member.cohort, now), now)
    book = xlsx_file.written(table_for(request, member), member.cohort.name, notes)
    return sent(book, name_of(member, "xlsx"), XLSX)


@require_safe
@never_cache
@login_required
def as_oneroster(request: SignedInRequest, cohort: str) -> FileResponse:
    member = enter(request, cohort, can_export)
    now = timezone.now()
    archive = oneroster_results.write(results_of(member.cohort, now), now)
    return sent(archive, name_of(member, "zip", "oneroster"), "application/zip")


def sent(file: Any, name: str, content_type: str) -> FileResponse:
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)


def table_for(request: SignedInRequest, member: Membership) -> Table:
    """Of the whole class, or of the group that was asked for."""
    wanted = request.GET.get("group", "")
    group = None
    if wanted:
        if not wanted.isdecimal() or len(wanted) > 18:
            raise Http404
        group = get_object_or_404(Group, cohort=member.cohort, pk=int(wanted))
    return gradebook_table(member.cohort, timezone.now(), group)


def name_of(member: Membership, ending: str, what: str = "grades") -> str:
    today: datetime = timezone.localtime()
    return f"{what}-{member.cohort.slug}-{today:%Y-%m-%d}.{ending}"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring_in(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_manage_grades)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OneRosterForm(*posted)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            grades = oneroster_grades.read(file.read())
            pending = keep(by=member, grades=grades, file_name=file.name, now=timezone.now())
        except ListError as error:
            form.add_error("file", str(error))
        else:
            return redirect("grades_import", cohort, pending.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {**frame(member), "form": form}
    return render(request, "cohorts/exports/bring_in.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: SignedInRequest, cohort: str, upload: UUID) -> HttpResponse:
    """What will happen, before it does; one's own uploads only."""
    member = enter(request, cohort, can_manage_grades)
    mine = PendingImport.objects.filter(cohort=member.cohort, made_by=request.user)
    pending = get_object_or_404(mine, pk=upload, kind=PendingImport.Kind.GRADES)
    changed = False
    if request.method == "POST" or "done" in pending.data:
        try:
            expected = request.POST.get("expected", "")
            count = write(pending=pending, expected=expected, by=request.user, now=timezone.now())
        except ChangedError:
            changed = True
        else:
            messages.success(request, written_in_words(count))
            return redirect("gradebook", cohort)
    plan = plan_of(member.cohort, grades_in(pending), timezone.now())
    page = Paginator(plan.writes, ROWS).get_page(request.GET.get("page"))
    context = {**frame(member), "pending": pending, "plan": plan, "page": page, "changed": changed}
    status = HTTPStatus.CONFLICT if changed else HTTPStatus.OK
    return render(request, "cohorts/exports/report.html", context, status=status)


def written_in_words(count: int) -> str:
    return ngettext("%d score is written.", "%d scores are written.", count) % count
