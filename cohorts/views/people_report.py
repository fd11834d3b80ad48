"""The report on a list of people, and doing what it says."""

from collections.abc import Iterator
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
from cohorts.people import imports
from cohorts.people.adding import ChangedError, DoneError, add_all
from cohorts.people.planning import Plan, plan
from cohorts.people.tables import written
from cohorts.permissions import can_manage_people
from cohorts.views.doors import enter

ROWS = 50
LISTS = (PendingImport.Kind.ROSTER, PendingImport.Kind.ONEROSTER)


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


def csv_answer(name: str, text: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
