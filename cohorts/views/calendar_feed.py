"""The private calendar address: made, changed, switched off, and what calendar programs get."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import SignedInRequest, SiteRequest
from cohorts.models import CalendarFeed
from cohorts.schedule import feed


@require_safe
def ics(request: SiteRequest, token: str) -> HttpResponse:
    """Without signing in: calendar programs cannot. The address is the secret."""
    found = CalendarFeed.objects.select_related("user").filter(token=token, user__is_active=True)
    mine = found.first()
    if mine is None:
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        body = feed.calendar_of(mine.user, timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="cairn.ics"'
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
@login_required
def turn_on(request: SignedInRequest) -> HttpResponse:
    if not CalendarFeed.objects.filter(user=request.user).exists():
        feed.new_address(user=request.user, now=timezone.now())
        messages.success(request, _("Your calendar has an address now."))
    return redirect("class_calendar_mine")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reset(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "cohorts/schedule/feed_reset.html", {"section": "classes"})
    feed.new_address(user=request.user, now=timezone.now())
    messages.success(request, _("Your calendar has a new address. The old one leads nowhere."))
    return redirect("class_calendar_mine")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def turn_off(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "cohorts/schedule/feed_off.html", {"section": "classes"})
    feed.turn_off(user=request.user)
    messages.success(request, _("Your calendar has no address any more."))
    return redirect("class_calendar_mine")
