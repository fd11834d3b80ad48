"""The first page of a class: for its staff where everyone is, for a learner what is next."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.join_codes import picture, shown
from cohorts.models import Cohort, Membership
from cohorts.overview.around import around
from cohorts.overview.finding import SORTS
from cohorts.overview.kept import SECONDS
from cohorts.overview.own import own_home
from cohorts.overview.table import table_of
from cohorts.permissions import can_announce, can_grade, can_see_progress
from cohorts.views.doors import enter
from courses.access import get_course_page_or_404
from courses.pages.course import CoursePage


@require_safe
@never_cache
@login_required
def cohort(request: SignedInRequest, cohort: str) -> HttpResponse:
    member, now = enter(request, cohort), timezone.now()
    course = get_course_page_or_404(member.cohort.course.slug, now)
    context: dict[str, Any] = {
        "member": member,
        "here": "cohort",
        "section": "classes",
        "now": now,
        "course": course,
        "can_announce": can_announce(member),
    }
    if can_see_progress(member):
        context |= staff_home(request, member, course, now)
        return render(request, "cohorts/overview/staff_home.html", context)
    frame = around(member.cohort, now)
    context |= {"teachers": frame.teachers, "announcements": frame.announcements}
    context["own"] = own_home(member, course, now)
    return render(request, "cohorts/overview/learner_home.html", context)


def staff_home(
    request: SignedInRequest, member: Membership, course: CoursePage, now: datetime
) -> dict[str, Any]:
    cohort = member.cohort
    frame = around(cohort, now)
    table = table_of(cohort, course, frame.groups, request.GET, now)
    return {
        "table": table,
        "around": frame,
        "teachers": frame.teachers,
        "sorts": SORTS.items(),
        "seconds": SECONDS,
        "can_grade": can_grade(member),
        "joining": joining(cohort) if cohort.self_join and not cohort.archived_at else None,
    }


def joining(cohort: Cohort) -> dict[str, object]:
    path = reverse("join", args=[cohort.join_code])
    return {"code": shown(cohort.join_code), "picture": drawn(settings.SITE_URL + path)}


@lru_cache(maxsize=256)
def drawn(link: str) -> SafeString:
    """Drawing takes longer than the rest of the box."""
    return mark_safe(picture(link))  # noqa: S308  (drawn by segno from an address)
