"""Many people at once: pasted addresses, rosters, OneRoster. Each leads to a report."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SignedInRequest
from cohorts.models import Membership
from cohorts.people import imports, oneroster, oneroster_in, roster
from cohorts.people.addresses import parse
from cohorts.people.exporting import roster_of
from cohorts.people.forms import InviteForm, OneRosterForm, RosterForm
from cohorts.people.rows import ListError, People
from cohorts.people.tables import Decoded, written
from cohorts.permissions import can_export, can_manage_people
from cohorts.views.doors import enter
from cohorts.views.people_report import csv_answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invite(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_manage_people)
    form = InviteForm(request.POST if request.method == "POST" else None, by=member)
    if form.is_valid():
        try:
            pending = imports.keep(
                by=member,
                people=invited_by(form),
                source="addresses",
                words=form.cleaned_data["words"],
                now=timezone.now(),
            )
        except ListError as error:
            form.add_error("addresses", str(error))
        else:
            return redirect("people_import", cohort, pending.pk)
    return show_form(request, member, "cohorts/people/invite.html", form)


def invited_by(form: InviteForm) -> People:
    said = form.cleaned_data
    found = parse(said["addresses"])
    group = said["group"].name if said["group"] else ""
    rows = tuple(replace(row, role=said["role"], group=group) for row in found.rows)
    return replace(found, rows=rows)


def show_form(
    request: SignedInRequest, member: Membership, template: str, form: object
) -> HttpResponse:
    context = {"member": member, "here": "people", "section": "classes", "form": form}
    bound = request.method == "POST"
    return render(request, template, context, status=422 if bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def roster_page(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_manage_people)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RosterForm(*posted)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            pending = imports.keep(
                by=member,
                people=read_roster(form),
                source="roster",
                file_name=file.name if file else "",
                now=timezone.now(),
            )
        except ListError as error:
            form.add_error("file" if file else "pasted", str(error))
        else:
            return redirect("people_import", cohort, pending.pk)
    return show_form(request, member, "cohorts/people/roster.html", form)


def read_roster(form: RosterForm) -> People:
    file = form.cleaned_data["file"]
    if file:
        return roster.read_file(file.read())
    return roster.read(Decoded(form.cleaned_data["pasted"]))


@require_safe
@login_required
def template(request: SignedInRequest, cohort: str) -> HttpResponse:
    """A roster to fill in: the columns, and one line to show how."""
    enter(request, cohort, can_manage_people)
    example = ("Ann Lee", "ann@example.org", "learner", "", "")
    return csv_answer("roster.csv", written([roster.HEADER, example]))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def oneroster_page(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_manage_people)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OneRosterForm(*posted)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            pending = imports.keep_classes(
                by=member,
                classes=oneroster_in.read(file.read()),
                file_name=file.name,
                now=timezone.now(),
            )
        except ListError as error:
            form.add_error("file", str(error))
        else:
            return redirect("people_import", cohort, pending.pk)
    return show_form(request, member, "cohorts/people/oneroster.html", form)


@require_safe
@login_required
def oneroster_file(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_export)
    now = timezone.localtime()
    data = oneroster.write(roster_of(member.cohort), now)
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="oneroster-{cohort}.zip"'
    return answer
