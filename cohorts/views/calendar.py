"""Calendars: of one class by the month, and what is coming in all of them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import get_format
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.looking import is_looking_at
from cohorts.models import CalendarFeed, Membership, Role
from cohorts.schedule.events import coming, events_for
from cohorts.schedule.months import first_of, month_of
from cohorts.views.doors import enter

MOST = 50


@require_safe
@login_required
def calendar(request: SignedInRequest, cohort: str) -> HttpResponse:
    member, now = enter(request, cohort), timezone.now()
    zone = member.cohort.zone
    today = now.astimezone(zone).date()
    first = first_of(request.GET.get("month", f"{today:%Y-%m}"))
    if first is None:
        raise Http404
    # Django counts from Sunday, Python from Monday.
    starts_on = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    context = {
        "member": member,
        "here": "cohort_calendar",
        "section": "classes",
        "month": month_of(first, events_for([member], now), zone, starts_on),
        "today": today,
    }
    return render(request, "cohorts/schedule/calendar.html", context)


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """In the zone of the person; each class's own pages are in the class's."""
    now = timezone.now()
    found = Membership.objects.active().filter(user=request.user, cohort__archived_at=None)
    members = [as_seen(request, one) for one in found.select_related("cohort__course")]
    context = {
        "section": "classes",
        "members": members,
        "events": coming(events_for(members, now), now, MOST),
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        "now": now,
    }
    return render(request, "cohorts/schedule/calendar_mine.html", context)


def as_seen(request: SignedInRequest, member: Membership) -> Membership:
    """With a learner's role in the class that is looked at as a learner."""
    if is_looking_at(request, member.cohort.slug):
        member.role = Role.LEARNER
    return member
