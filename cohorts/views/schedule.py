"""The schedule of a class: read by everybody, changed by who may."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import SignedInRequest
from cohorts.gradebook.late import in_words, policy_of
from cohorts.models import Cohort, Membership
from cohorts.permissions import can_schedule, can_see_progress
from cohorts.schedule import undoing
from cohorts.schedule.dates_form import DatesForm, Part
from cohorts.schedule.reading import Planned, plan_for, plan_of
from cohorts.schedule.setting import moment, set_dates
from cohorts.views.doors import enter

Tracks = list[tuple[str, list[Planned]]]


@require_safe
@login_required
def schedule(request: SignedInRequest, cohort: str) -> HttpResponse:
    member, now = enter(request, cohort), timezone.now()
    staff = can_see_progress(member)
    plan = plan_of(member.cohort) if staff else plan_for(member, now)
    dated = [one for one in plan if one.has_dates]
    undated = [] if staff else [one for one in plan if not one.has_dates]
    context = {
        "tracks": by_track(plan if staff else dated),
        "undated": by_track(undated),
        "dated": bool(dated),
        "now": now,
        "staff": staff,
        "may_edit": can_schedule(member),
        "late_policy": in_words(policy_of(member.cohort)),
    }
    return page(request, "schedule", member, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest, cohort: str) -> HttpResponse:
    """One form, track by track: whichever button is pressed, everything typed is saved."""
    member, now = enter(request, cohort, can_schedule), timezone.now()
    tracks = by_track(plan_of(member.cohort))
    plan = [one for _title, some in tracks for one in some]
    form = DatesForm(plan, request.POST if request.method == "POST" else None)
    if form.is_valid():
        save(request, member.cohort, form, now)
        return redirect("cohort_schedule_edit", member.cohort.slug)
    parts = [Part(form, title, some) for title, some in tracks]
    # Where nothing is to come, one shows what all look like.
    unfolded = [part for part in parts if part.is_open(now)] or parts[:1]
    context = {
        "parts": [(part, part in unfolded) for part in parts],
        "form": form,
        "can_undo": undoing.can_undo(request.session, member.cohort),
    }
    return page(request, "edit", member, context, 422 if form.is_bound else 200)


def save(request: SignedInRequest, cohort: Cohort, form: DatesForm, now: datetime) -> None:
    done = set_dates(cohort=cohort, changes=form.changes, by=request.user, now=now)
    undoing.remember(request.session, cohort, done)
    say_saved(request, len(done))
    for twice in form.twice:
        said = {"moment": moment(twice, cohort), "zone": cohort.time_zone}
        messages.info(
            request,
            _(
                "The clock in %(zone)s is put back that night, so that the time comes twice. "
                "The first of the two is meant: %(moment)s."
            )
            % said,
        )


def say_saved(request: SignedInRequest, number: int) -> None:
    if not number:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        return
    said = ngettext(
        "The dates of one thing are saved.", "The dates of %d things are saved.", number
    )
    messages.success(request, said.replace("%d", str(number)))


@require_POST
@login_required
def undo(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_schedule)
    things = {one.thing.key: one.thing for one in plan_of(member.cohort)}
    saved = undoing.last_saved(request.session, member.cohort, things)
    done = set_dates(
        cohort=member.cohort,
        changes=[change.back for change in saved],
        by=request.user,
        now=timezone.now(),
        careful=True,
    )
    undoing.forget(request.session)
    if len(done) == len(saved):
        messages.success(request, _("The dates are as they were before you saved last."))
    else:
        messages.warning(
            request, _("Some dates were changed by somebody since, and stay as they are.")
        )
    return redirect("cohort_schedule_edit", member.cohort.slug)


def by_track(plan: Iterable[Planned]) -> Tracks:
    """In the order of the course; what belongs to no track comes last, under no title."""
    return [(title, list(rows)) for title, rows in groupby(plan, lambda one: one.thing.track)]


def page(
    request: SignedInRequest,
    name: str,
    member: Membership,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    shared = {"member": member, "here": "cohort_schedule", "section": "classes"}
    return render(request, f"cohorts/schedule/{name}.html", shared | context, status=status)
