"""A lesson as a class sees it: its dates, and the newest questions about it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.middleware import SignedInRequest
from cohorts.models import Membership
from cohorts.schedule.dates import own_dates
from cohorts.talk.finding import threads_for
from cohorts.views.doors import enter
from cohorts.views.talk import context_of
from courses.models import Lesson

NEWEST = 5


@require_safe
@never_cache
@vary_on_headers("HX-Request")
@login_required
def class_lesson(request: SignedInRequest, cohort: str, lesson: int) -> HttpResponse:
    """A page, and for htmx the part of it that stands under the lesson."""
    member, now = enter(request, cohort), timezone.now()
    lessons = Lesson.objects.visible_to(request.user, now).select_related("track__course")
    found = get_object_or_404(lessons, track__course=member.cohort.course, pk=lesson)
    part = "_lesson.html" if request.htmx else "lesson.html"
    return render(request, f"cohorts/talk/{part}", lesson_context(member, found, now))


def lesson_context(member: Membership, lesson: Lesson, now: datetime) -> dict[str, Any]:
    return context_of(member, now) | {
        "lesson": lesson,
        "dates": own_dates(member, lesson),
        "threads": threads_for(member).filter(lesson=lesson).signed().counted()[:NEWEST],
    }
