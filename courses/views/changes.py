"""What changed: in the course, in one lesson, between two editions, since one read it."""

from datetime import datetime

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import SignedInRequest
from accounts.redirects import sign_in_to_post
from courses import progress
from courses.access import get_course_page_or_404, get_lesson_or_404, get_lesson_page_or_404
from courses.changes.days import by_day
from courses.changes.editions import comparison
from courses.changes.entries import Entry, entries, story
from courses.changes.timeline import Event, timeline
from courses.forms import CompareForm, FilterForm, SeenForm
from courses.models import Edition
from courses.models.content import can_see_drafts
from courses.pages.course import CoursePage
from courses.pages.shared import kept
from courses.pages.visitors import shared_with_visitors

ON_A_PAGE = 20
STORIES_ON_A_PAGE = 5


@require_safe
@shared_with_visitors
def course_changes(request: HttpRequest, course: str) -> HttpResponse:
    now = timezone.now()
    page = get_course_page_or_404(course, now)
    form = FilterForm(request.GET, course=page)
    track, mark = form.wanted()
    found = [event for event in timeline(page, now) if event.is_of(track, mark)]
    events = page_of(request, found, ON_A_PAGE)
    context = {
        "course": page,
        "form": form,
        "filtered": bool(track or mark),
        "events": events,
        "days": by_day(entries_on(page, events, (track, mark), now)),
        "editions": Edition.objects.filter(course=page.id).exists(),
        "section": "course",
    }
    return render(request, "courses/changes/course.html", context)


def page_of(request: HttpRequest, events: list[Event], size: int) -> Page[Event]:
    """The page asked for; the last one for a number that is too great."""
    return Paginator(events, size).get_page(request.GET.get("page"))


def entries_on(
    course: CoursePage, events: Page[Event], wanted: tuple[str, str], now: datetime
) -> tuple[Entry, ...]:
    name = f"entries:{':'.join(wanted)}:{events.number}"
    return kept(course.slug, name, now, lambda: entries(course, list(events))) or ()


@require_safe
@shared_with_visitors
def lesson_changes(request: HttpRequest, course: str, track: str, lesson: str) -> HttpResponse:
    now = timezone.now()
    page = get_lesson_page_or_404(request.user, course, track, lesson, now)
    course_page = get_course_page_or_404(course, now)
    found = [one for one in timeline(course_page, now) if page.id in {r.lesson for r in one.rows}]
    events = page_of(request, found, STORIES_ON_A_PAGE)
    name = f"story:{page.id}:{events.number}"
    context = {
        "page": page,
        "events": events,
        "story": kept(course, name, now, lambda: story(page.id, list(events))) or (),
        "section": "course",
    }
    return render(request, "courses/changes/lesson.html", context)


@require_safe
@shared_with_visitors
def compare(request: HttpRequest, course: str) -> HttpResponse:
    now = timezone.now()
    page = get_course_page_or_404(course, now)
    editions = list(Edition.objects.filter(course=page.id).order_by("-made_at"))
    form = CompareForm(request.GET or None, editions=editions)
    context = {
        "course": page,
        "editions": editions,
        "form": form,
        "may_make": can_see_drafts(request.user) and request.user.has_perm("courses.add_edition"),
        "section": "course",
    }
    if request.GET and not form.is_valid():
        return render(request, "courses/changes/no_edition.html", context, status=404)
    if editions:
        before, after = form.chosen()
        context |= {"before": before, "after": after, "same_edition": before == after}
        if before != after:
            found = comparison(page, before, after, now)
            context |= {"comparison": found, "open": found.lesson(request.GET.get("lesson", ""))}
    return render(request, "courses/changes/compare.html", context)


@require_POST
@sign_in_to_post
def seen(request: SignedInRequest, course: str, track: str, lesson: str) -> HttpResponse:
    now = timezone.now()
    thing = get_lesson_or_404(request.user, course, track, lesson, now)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Http404
    progress.see_changes(user=request.user, lesson=thing, version=form.cleaned_data["version"])
    if not request.htmx:
        return redirect(thing)
    page = get_lesson_page_or_404(request.user, course, track, lesson, now)
    return render(request, "courses/changes/_seen.html", {"page": page})
