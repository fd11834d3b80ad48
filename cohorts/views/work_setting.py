"""Setting work for a class: the form, and what else a teacher does with an assignment."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import SignedInRequest
from cohorts.models import Assignment, Membership
from cohorts.permissions import can_set_work
from cohorts.schedule.fields import said_twice
from cohorts.views.assignments import context_of
from cohorts.views.doors import enter
from cohorts.work import assignments as actions
from cohorts.work.assignment_form import TIMES, WORTH, AssignmentForm, initial_of
from cohorts.work.listing import with_dates
from courses.markdown import MarkdownError
from courses.markdown import render as render_markdown


def set_by(member: Membership) -> QuerySet[Assignment]:
    return with_dates(Assignment.objects.filter(cohort=member.cohort).select_related("cohort"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_set_work)
    posted = request.POST if request.method == "POST" else None
    form = AssignmentForm(posted, initial={"key": uuid4()}, cohort=member.cohort)
    if posted is None or "preview" in posted or not form.is_valid():
        return show_form(request, member, form)
    made = actions.add_assignment(
        cohort=member.cohort,
        fields=form.kept,
        worth=form.worth,
        times=form.times,
        by=request.user,
        now=timezone.now(),
        sent_as=form.cleaned_data["key"],
    )
    tell(request, form, _("The assignment is made.") if made.published else _("The draft is kept."))
    return redirect(made)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    member = enter(request, cohort, can_set_work)
    found = get_object_or_404(set_by(member), pk=assignment)
    posted = request.POST if request.method == "POST" else None
    form = AssignmentForm(posted, instance=found, initial=initial_of(found), cohort=member.cohort)
    if posted is None or "preview" in posted or not form.is_valid():
        return show_form(request, member, form, found)
    if not changed(request, form, found):
        return show_form(request, member, form, found)
    tell(request, form, _("Your changes are saved."))
    return redirect(found)


def changed(request: SignedInRequest, form: AssignmentForm, assignment: Assignment) -> bool:
    """Only what was changed on the page; else the form says why not."""
    try:
        actions.change_assignment(
            assignment=assignment,
            fields=form.changed(actions.FIELDS),
            worth=form.changed(WORTH),
            times=form.changed(TIMES),
            by=request.user,
            now=timezone.now(),
        )
    except actions.GradedError:
        form.add_error("points", _("There are grades for it. Take it out in the gradebook first."))
    except actions.TakesNothingError:
        said = _("Somebody else has unticked another of the three. Open the page again to see.")
        form.add_error("takes_text", said)
    except actions.OutOfOrderError:
        said = _(
            "With the date that somebody else has set meanwhile, it is due before it opens. "
            "Open the page again to see theirs."
        )
        form.add_error("due_at", said)
    else:
        return True
    return False


def tell(request: SignedInRequest, form: AssignmentForm, said: str) -> None:
    messages.success(request, said)
    for moment in said_twice(form, ["opens_at", "due_at"]):
        local = localtime(moment)
        warning = _("The clock is put back on %(day)s: %(time)s comes twice, and the first counts.")
        words = {"day": date_format(local), "time": date_format(local, "H:i")}
        messages.warning(request, warning % words)


def show_form(
    request: SignedInRequest,
    member: Membership,
    form: AssignmentForm,
    assignment: Assignment | None = None,
) -> HttpResponse:
    context = context_of(member, form=form, assignment=assignment)
    looking = "preview" in request.POST
    if looking:
        context["preview"] = preview_of(request.POST.get("instructions", ""))
    wrong = form.is_bound and not looking
    context["looking"] = looking
    status = HTTPStatus.OK
    if wrong:
        status = HTTPStatus.CONFLICT if form.overruled else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "cohorts/work/form.html", context, status=status)


def preview_of(source: str) -> dict[str, str]:
    try:
        return {"html": render_markdown(source).html}
    except MarkdownError as error:
        return {"error": str(error)}


@require_POST
@login_required
def move(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    member = enter(request, cohort, can_set_work)
    found = get_object_or_404(set_by(member), pk=assignment)
    if by := {"up": -1, "down": 1}.get(request.POST.get("to", "")):
        actions.move(assignment=found, by=by)
    return redirect("assignments", cohort)


@require_POST
@login_required
def publish(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    """Shown to learners, or, with `hide`, no longer."""
    member = enter(request, cohort, can_set_work)
    found = get_object_or_404(set_by(member), pk=assignment)
    shown = "hide" not in request.POST
    actions.publish(assignment=found, published=shown, by=request.user, now=timezone.now())
    said = _("Learners see it now.") if shown else _("Learners do not see it any more.")
    messages.success(request, said)
    return redirect(found)


@require_POST
@login_required
def duplicate(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    member = enter(request, cohort, can_set_work)
    found = get_object_or_404(set_by(member), pk=assignment)
    copy = actions.duplicate(assignment=found, by=request.user, now=timezone.now())
    messages.success(request, _("This is the copy, without dates. Learners do not see it yet."))
    return redirect("assignment_edit", cohort, copy.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    """What will go; posting the form does it. What somebody has worked for can only be hidden."""
    member = enter(request, cohort, can_set_work)
    found = get_object_or_404(set_by(member), pk=assignment)
    if request.method == "POST":
        try:
            actions.delete(assignment=found, by=request.user, now=timezone.now())
        except (actions.HandedInError, actions.GradedError):
            messages.error(request, _("It was not deleted: there is work or a grade for it."))
            return redirect("assignment_delete", cohort, found.pk)
        messages.success(request, _("Deleted: %s") % found.title)
        return redirect("assignments", cohort)
    context = context_of(member, assignment=found, kept=actions.why_kept(found))
    context["drafts"] = found.submissions.drafts().count()
    return render(request, "cohorts/work/delete.html", context)
