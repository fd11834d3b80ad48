"""The pages one reads: courses, tracks, lessons, notebooks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses import progress, standing, versions
from courses.access import (
    get_course_page_or_404,
    get_lesson_page_or_404,
    get_track_page_or_404,
)
from courses.models import Course, Enrolment
from courses.pages.course import notebook_categories
from courses.pages.visitors import shared_with_visitors


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
    page = get_course_page_or_404(course, timezone.now())
    user = request.user if request.user.is_authenticated else None
    context = {
        "course": page,
        "trails": standing.trails(user, page.tracks),
        "enrolled": bool(
            user and Enrolment.objects.active().filter(user=user, course=page.id).exists()
        ),
        "section": "course",
    }
    return render(request, "courses/course.html", context)


@require_safe
@shared_with_visitors
def track(request: HttpRequest, course: str, track: str) -> HttpResponse:
    page, track_page = get_track_page_or_404(course, track, timezone.now())
    user = request.user if request.user.is_authenticated else None
    following = page.tracks[page.tracks.index(track_page) + 1 :]
    context = {
        "course": page,
        "trail": standing.trails(user, [track_page])[0],
        "following": following[0] if following else None,
        "enrolled": bool(
            user and Enrolment.objects.active().filter(user=user, course=page.id).exists()
        ),
        "section": "course",
    }
    return render(request, "courses/track.html", context)


@require_safe
@shared_with_visitors
def lesson(request: HttpRequest, course: str, track: str, lesson: str) -> HttpResponse:
    now = timezone.now()
    page = get_lesson_page_or_404(request.user, course, track, lesson, now)
    context: dict[str, object] = {
        "page": page,
        "stamp": versions.stamp(course, now),
        "done_rule": progress.done_rule(page),
        "standing": standing.NOBODY,
        "section": "course",
    }
    if request.user.is_authenticated:
        here = standing.at_lesson(request.user, page)
        if here.enrolled and progress.is_worth_noting(here.progress, page.version, now):
            progress.read_lesson(
                user=request.user, lesson_id=page.id, version=page.version, now=now
            )
        context["standing"] = here
    return render(request, "courses/lesson.html", context)


@require_safe
@shared_with_visitors
def notebooks(request: HttpRequest, course: str) -> HttpResponse:
    now = timezone.now()
    page = get_course_page_or_404(course, now)
    categories = notebook_categories(course, now)
    context = {"course": page, "categories": categories, "section": "course"}
    return render(request, "courses/notebooks.html", context)
