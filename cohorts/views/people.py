"""Who is in a class."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import SignedInRequest
from cohorts.models import Membership
from cohorts.people import members
from cohorts.people.forms import FilterForm, MemberForm, MoveForm
from cohorts.people.joining import CannotJoinError
from cohorts.people.listing import last_read, listed
from cohorts.people.planning import may_change
from cohorts.permissions import can_export, can_manage_people, can_see_people
from cohorts.views.doors import enter

ROWS = 50


@require_safe
@login_required
def people(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_see_people)
    groups = list(member.cohort.groups.all())
    form = FilterForm(request.GET, groups=groups)
    found = listed(member.cohort, form.wish)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    read = last_read(member.cohort, page.object_list)
    manages = can_manage_people(member)
    context = {
        "member": member,
        "here": "people",
        "section": "classes",
        "form": form,
        "wish": form.wish,
        "groups": groups,
        "page": page,
        "rows": [(one, read.get(one.user_id), manages and may_change(member, one)) for one in page],
        "manages": manages,
        "exports": can_export(member),
        "invitations": open_invitations(request, member) if manages else None,
        "query": query_of(request),
        "now": timezone.now(),
    }
    return render(request, "cohorts/people/people.html", context)


def open_invitations(request: SignedInRequest, member: Membership) -> object:
    waiting = member.cohort.invitations.filter(accepted_at=None).select_related("group")
    return Paginator(waiting.order_by("email"), ROWS).get_page(request.GET.get("waiting"))


def query_of(request: SignedInRequest) -> str:
    """The filter, to go on with it on another page."""
    said = request.GET.copy()
    for name in ("page", "waiting"):
        said.pop(name, None)
    return said.urlencode()


@require_POST
@login_required
def move(request: SignedInRequest, cohort: str) -> HttpResponse:
    """Put the chosen learners into a group."""
    member = enter(request, cohort, can_manage_people)
    form = MoveForm(request.POST, cohort=member.cohort)
    if not form.is_valid():
        messages.error(request, _("That group is gone. Choose another one."))
        return redirect("people", cohort)
    group = form.cleaned_data["to_group"]
    number = members.put_in_group(
        members=form.cleaned_data["member"], group=group, by=member, now=timezone.now()
    )
    messages.success(request, moved_text(number) % {"number": number, "group": group or ""})
    return redirect("people", cohort)


def moved_text(number: int) -> str:
    if not number:
        return _("Nobody was moved. Choose learners first.")
    return ngettext("%(number)d learner was moved.", "%(number)d learners were moved.", number)


def get_member_or_403(request: SignedInRequest, cohort: str, pk: int) -> tuple[Membership, ...]:
    """Who asks, and the one they may change."""
    by = enter(request, cohort, can_manage_people)
    them = get_object_or_404(
        by.cohort.members.named().select_related("user", "group", "cohort"), pk=pk
    )
    if not may_change(by, them):
        raise PermissionDenied
    return by, them


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest, cohort: str, member: int) -> HttpResponse:
    by, them = get_member_or_403(request, cohort, member)
    posted = request.POST if request.method == "POST" else None
    form = MemberForm(posted, instance=them, by=by)
    if form.is_valid():
        members.change_member(member=them, by=by, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("What you changed is saved."))
        return redirect("people", cohort)
    context = {"member": by, "here": "people", "section": "classes", "them": them, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "cohorts/people/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remove(request: SignedInRequest, cohort: str, member: int) -> HttpResponse:
    by, them = get_member_or_403(request, cohort, member)
    if request.method != "POST":
        context = {"member": by, "here": "people", "section": "classes", "them": them}
        return render(request, "cohorts/people/remove.html", context)
    members.remove(member=them, by=by, now=timezone.now())
    messages.success(request, _("%(name)s is no longer in the class.") % {"name": them.name})
    return redirect("people", cohort)


@require_POST
@login_required
def bring_back(request: SignedInRequest, cohort: str, member: int) -> HttpResponse:
    by, them = get_member_or_403(request, cohort, member)
    try:
        members.bring_back(member=them, by=by, now=timezone.now())
    except CannotJoinError as error:
        messages.error(request, str(error))
        return redirect("people", cohort)
    messages.success(request, _("%(name)s is in the class again.") % {"name": them.name})
    return redirect("people", cohort)
