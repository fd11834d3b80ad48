"""Many people at once: pasted addresses, rosters, OneRoster; a report, then the deed."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SignedInRequest
from cohorts.models import Membership, PendingImport
from cohorts.people import imports, oneroster, oneroster_in, roster
from cohorts.people.adding import ChangedError, DoneError, add_all
from cohorts.people.addresses import parse
from cohorts.people.exporting import roster_of
from cohorts.people.forms import InviteForm, OneRosterForm, RosterForm
from cohorts.people.planning import Plan, plan
from cohorts.people.rows import ListError, People
from cohorts.people.tables import Decoded, written
from cohorts.permissions import can_export, can_manage_people
from cohorts.views.doors import enter

ROWS = 50
LISTS = (PendingImport.Kind.ROSTER, PendingImport.Kind.ONEROSTER)


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


def csv_answer(name: str, text: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: SignedInRequest, cohort: str, import_id: UUID) -> HttpResponse:
    """What would happen to each person of a list; a POST does it."""
    member = enter(request, cohort, can_manage_people)
    pending = get_pending_or_404(member, import_id)
    if imports.is_done(pending):
        messages.info(request, _("This list has been added already."))
        return redirect("people", cohort)
    if request.method == "POST" and "class" in request.POST:
        imports.choose(pending, number_in(request.POST["class"]))
        return redirect("people_import", cohort, import_id)
    if pending.data["chosen"] is None:
        return show_classes(request, member, pending)
    if request.method != "POST":
        return show_report(request, member, pending)
    return do_add(request, member, pending)


def get_pending_or_404(member: Membership, import_id: UUID) -> PendingImport:
    lists = PendingImport.objects.filter(cohort=member.cohort, kind__in=LISTS)
    return get_object_or_404(lists, pk=import_id)


def number_in(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1


def show_classes(
    request: SignedInRequest, member: Membership, pending: PendingImport
) -> HttpResponse:
    classes = [(one["title"], len(one["rows"])) for one in pending.data["classes"]]
    context = {"member": member, "here": "people", "section": "classes", "classes": classes}
    return render(request, "cohorts/people/choose_class.html", context)


def show_report(
    request: SignedInRequest,
    member: Membership,
    pending: PendingImport,
    *,
    changed: bool = False,
) -> HttpResponse:
    people = imports.people_in(pending)
    found = plan(by=member, people=people, now=timezone.now())
    context = {
        "member": member,
        "here": "people",
        "section": "classes",
        "pending": pending,
        "plan": found,
        "counts": found.counts,
        "remarks": people.remarks,
        "page": Paginator(found.steps, ROWS).get_page(request.GET.get("page")),
        "refused": Paginator(found.rejected, ROWS).get_page(request.GET.get("rejected")),
        "changed": changed,
    }
    status = HTTPStatus.CONFLICT if changed else HTTPStatus.OK
    return render(request, "cohorts/people/report.html", context, status=status)


def do_add(request: SignedInRequest, member: Membership, pending: PendingImport) -> HttpResponse:
    expected = request.POST.get("expected", "")
    try:
        made = add_all(import_id=pending.pk, by=member, expected=expected, now=timezone.now())
    except ChangedError:
        return show_report(request, member, pending, changed=True)
    except DoneError:
        messages.info(request, _("This list has been added already."))
        return redirect("people", member.cohort.slug)
    messages.success(request, " ".join(done_text(made)))
    return redirect("people", member.cohort.slug)


def done_text(made: Plan) -> Iterator[str]:
    """Of those of whom there are some."""
    counts = made.counts
    added, invited = counts["added"] + counts["back"], counts["invited"]
    changed = made.writes - made.comes
    if added:
        text = ngettext("Added %(number)d person.", "Added %(number)d people.", added)
        yield text % {"number": added}
    if invited:
        text = ngettext("Invited %(number)d person.", "Invited %(number)d people.", invited)
        yield text % {"number": invited}
    if changed or not made.writes:
        text = ngettext("Changed %(number)d person.", "Changed %(number)d people.", changed)
        yield text % {"number": changed}


@require_safe
@login_required
def rejected(request: SignedInRequest, cohort: str, import_id: UUID) -> HttpResponse:
    """The lines that were rejected, with the reasons, as a table."""
    member = enter(request, cohort, can_manage_people)
    pending = get_pending_or_404(member, import_id)
    if imports.is_done(pending) or pending.data["chosen"] is None:
        return redirect("people_import", cohort, import_id)
    found = plan(by=member, people=imports.people_in(pending), now=timezone.now())
    header = (_("line"), _("what it says"), _("reason"))
    lines = ((str(one.line), one.text, one.reason) for one in found.rejected)
    return csv_answer("rejected.csv", written([header, *lines]))
