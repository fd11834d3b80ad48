"""The pages that compose all apps, and those that belong to none."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from config import health
from config import outbox as mailbox
from config.today import today_of
from courses.pages.course import course_page
from courses.pages.visitors import shared_with_visitors


@require_safe
@shared_with_visitors
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("today")
    now = timezone.now()
    course = course_page(settings.DEFAULT_COURSE, now)
    return render(request, "config/home.html", {"course": course, "now": now})


@login_required
@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    found = today_of(request.user, now)
    due = found.review.outlook.waiting
    context = {"today": found, "due": due, "now": now, "section": "today"}
    return render(request, "config/today.html", context)


@require_safe
@shared_with_visitors
def acknowledgements(request: HttpRequest) -> HttpResponse:
    return render(request, "config/acknowledgements.html")


@require_safe
@shared_with_visitors
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "config/accessibility.html")


@require_safe
@shared_with_visitors
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "config/privacy.html")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: this process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: database, cache and migrations are as they must be; 503 when one is not."""
    parts = health.report()
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """Development only: the mails that were not sent."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not settings.DEBUG or not folder:
        raise Http404
    return render(request, "config/outbox.html", {"mails": mailbox.newest(Path(folder))})
