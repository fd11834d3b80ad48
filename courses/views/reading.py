"""The pages one reads: courses, tracks, lessons, notebooks."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.middleware import SiteRequest
from accounts.models import User
from courses import progress, rows, standing
from courses.access import (
    get_course_page_or_404,
    get_lesson_page_or_404,
    get_track_page_or_404,
)
from courses.changes.since import LessonChanges, changes_since
from courses.changes.telling import Kind
from courses.mastery import mastery_of
from courses.models import Course
from courses.pages.course import notebook_categories
from courses.pages.lesson import LessonPage
from courses.pages.visitors import shared_with_visitors
from courses.standing import LessonStanding


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """The only course itself, or the list of them."""
    found = Course.objects.order_by("title")[:100]
    if len(found) == 1:
        return redirect(found[0])
    return render(request, "courses/courses.html", {"courses": found, "section": "course"})


@require_safe
@shared_with_visitors
def course(request: HttpRequest, course: str) -> HttpResponse:
    now = timezone.now()
    page = get_course_page_or_404(course, now)
    deeds = standing.deeds_on(request.user, page.id)
    context = {
        "course": page,
        "trails": deeds.trails(page.tracks),
        "enrolled": deeds.enrolled,
        "now": now,
        "section": "course",
    }
    return render(request, "courses/course.html", context)


@require_safe
@shared_with_visitors
def track(request: HttpRequest, course: str, track: str) -> HttpResponse:
    now = timezone.now()
    page, track_page = get_track_page_or_404(course, track, now)
    deeds = standing.deeds_on(request.user, page.id)
    mastery = mastery_of(request.user, now)
    walked = deeds.trail(track_page, mastery)
    following = page.tracks[page.tracks.index(track_page) + 1 :]
    context = {
        "course": page,
        "trail": walked,
        "stops": list(rows.stops(walked, deeds.done, personal=request.user.is_authenticated)),
        "concepts": list(rows.concepts(track_page, mastery)),
        "following": following[0] if following else None,
        "enrolled": deeds.enrolled,
        "now": now,
        "section": "course",
    }
    return render(request, "courses/track.html", context)


@require_safe
@shared_with_visitors
def lesson(request: SiteRequest, course: str, track: str, lesson: str) -> HttpResponse:
    now = timezone.now()
    page = get_lesson_page_or_404(request.user, course, track, lesson, now)
    here = standing.NOBODY
    if request.user.is_authenticated:
        here = visit(request.user, page, now, noting=not request.read_only)
    personal = here is not standing.NOBODY
    changes = changes_for(page, here, now)
    marked = changes if changes and are_marked(changes, request.GET.get("marks", "")) else None
    context = {
        "page": page,
        "personal": personal,
        "standing": here,
        "changes": changes,
        "marked": marked,
        "last_read": last_read(page, here) if changes else None,
        "sections": rows.sections((marked or page).sections, here, personal=personal),
        "references": list(rows.references(page, here, personal=personal)),
        "outline": rows.outline(page, here),
        "done_rule": progress.done_rule(page),
        # From the page's own address: the page has hardly a byte to spare.
        "history": "changes/",
        "course_history": "../../changes/",
        "now": now,
        "section": "course",
    }
    return render(request, "courses/lesson.html", context)


def visit(user: User, page: LessonPage, now: datetime, *, noting: bool) -> LessonStanding:
    """Where `user` stands at the lesson they open; who is enrolled will continue here."""
    here = standing.at_lesson(user, page)
    if noting and here.enrolled and progress.is_worth_noting(here.progress, page.version, now):
        progress.read_lesson(user=user, lesson_id=page.id, version=page.version, now=now)
    return here


def changes_for(page: LessonPage, here: LessonStanding, now: datetime) -> LessonChanges | None:
    """What changed since the learner read the lesson; no query where nothing did."""
    since = here.progress.unseen_since(page.version) if here.enrolled and here.progress else 0
    return changes_since(page, since, now) if since else None


def last_read(page: LessonPage, here: LessonStanding) -> datetime | None:
    """When the learner read it as it was; known only at the first visit after a change."""
    row = here.progress
    return row.last_read_at if row and row.version_read < page.version else None


def are_marked(changes: LessonChanges, wanted: str) -> bool:
    """Small fixes disturb nobody who does not ask for them."""
    return changes.in_text and wanted != "off" and (wanted == "on" or changes.kind != Kind.FIX)


@require_safe
@shared_with_visitors
def notebooks(request: HttpRequest, course: str) -> HttpResponse:
    now = timezone.now()
    page = get_course_page_or_404(course, now)
    categories = notebook_categories(course, now)
    context = {"course": page, "categories": categories, "section": "course"}
    return render(request, "courses/notebooks.html", context)
