"""Changing many dates at once: what will happen is shown first, and only then done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.models import Cohort, Membership
from cohorts.permissions import can_schedule
from cohorts.schedule import undoing
from cohorts.schedule.moving import shift as shifted_plan
from cohorts.schedule.moving import spread as spread_plan
from cohorts.schedule.moving_forms import ShiftForm, SpreadForm
from cohorts.schedule.reading import Planned, plan_of
from cohorts.schedule.setting import Change, set_dates
from cohorts.views.doors import enter
from cohorts.views.schedule import by_track, page, say_saved


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_schedule)
    sent = sent_in(request, "days")
    form = ShiftForm(sent, initial={"first": request.GET.get("first", ""), "days": 7})
    changes = shift_changes(form, member.cohort) if form.is_valid() else ()
    if changes and form.is_valid() and request.method == "POST":
        return written(request, member, changes)
    return shown(request, "shift", member, form, changes)


def shift_changes(form: ShiftForm, cohort: Cohort) -> tuple[Change, ...]:
    """As the form has it; where that cannot be, none, and the form says so."""
    changes = shifted_plan(
        plan_of(cohort), form.since(cohort), form.cleaned_data["days"], cohort.zone
    )
    wrong = [change.thing.title for change in changes if not change.after.in_order]
    if wrong:
        said = _("%s would be due before it opens. Choose an earlier day, or fewer days.")
        form.add_error("days", said % ", ".join(wrong[:3]))
    return changes


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def spread(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_schedule)
    plan = plan_of(member.cohort)
    tracks = tracks_of(plan)
    initial = {"first": member.cohort.starts_on, "tracks": tracks}
    form = SpreadForm(tracks, sent_in(request, "every"), initial=initial)
    changes = spread_plan(plan, form.wish, member.cohort.zone) if form.is_valid() else ()
    if changes and request.method == "POST":
        return written(request, member, changes)
    return shown(
        request, "spread", member, form, changes, too_long=too_long(changes, member.cohort)
    )


def tracks_of(plan: Iterable[Planned]) -> list[str]:
    return [
        title
        for title, rows in by_track(plan)
        if any(one.thing.kind == "lesson" and one.thing.published for one in rows)
    ]


def too_long(changes: Iterable[Change], cohort: Cohort) -> datetime | None:
    """When the last is due, where that is after the last day of the class."""
    last = max((one.after.due_at for one in changes if one.after.due_at), default=None)
    if last is None or cohort.ends_on is None:
        return None
    return last if last.astimezone(cohort.zone).date() > cohort.ends_on else None


def sent_in(request: SignedInRequest, name: str) -> Any:
    """What was filled in, to be looked at or to be done; None: nothing yet."""
    sent = request.POST if request.method == "POST" else request.GET
    return sent if request.method == "POST" or name in sent else None


def written(
    request: SignedInRequest, member: Membership, changes: tuple[Change, ...]
) -> HttpResponse:
    done = set_dates(
        cohort=member.cohort, changes=changes, by=request.user, now=timezone.now(), careful=True
    )
    undoing.remember(request.session, member.cohort, done)
    say_saved(request, len(done))
    return redirect("cohort_schedule_edit", member.cohort.slug)


def shown(
    request: SignedInRequest,
    name: str,
    member: Membership,
    form: Any,
    changes: tuple[Change, ...],
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "changes": changes, "asked": form.is_bound and form.is_valid(), **more}
    wrong = form.is_bound and not form.is_valid()
    return page(request, name, member, context, 422 if wrong else 200)
