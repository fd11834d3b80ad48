"""What learners press: enrol, leave, tick, mark done.

The ticks of a lesson are one form: what is pressed says by its address which of them is meant.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import SignedInRequest
from accounts.redirects import next_of, sign_in_to_post
from courses import progress, standing
from courses.access import (
    get_concept_or_404,
    get_course_page_or_404,
    get_lesson_or_404,
    get_lesson_page_or_404,
    get_reference_or_404,
)
from courses.forms import ReadReferencesForm
from courses.models import Course, Enrolment
from courses.pages.lesson import LessonPage

WANTED = "course-to-enrol-on"


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, course: str) -> HttpResponse:
    """Enrol by POST; a visitor who asked for it is enrolled when they come back signed in."""
    page = get_course_page_or_404(course, timezone.now())
    onward = next_of(request, page.url)
    if not request.user.is_authenticated:
        request.session[WANTED] = course
        here = f"{reverse('enrol', args=[course])}?{urlencode({'next': onward})}"
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': here})}")
    asked_before = request.session.pop(WANTED, None) == course
    if request.method != "POST" and not asked_before:
        return render(request, "courses/enrol.html", {"course": page, "next": onward})
    progress.enrol(user=request.user, course=Course.objects.get(pk=page.id), now=timezone.now())
    messages.success(request, _("You are enrolled. Your progress is kept from now on."))
    return redirect(onward)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, course: str) -> HttpResponse:
    page = get_course_page_or_404(course, timezone.now())
    if not Enrolment.objects.active().filter(user=request.user, course=page.id).exists():
        return redirect(page.url)
    if request.method != "POST":
        return render(request, "courses/leave.html", {"course": page, "section": "course"})
    progress.leave(user=request.user, course=Course.objects.get(pk=page.id), now=timezone.now())
    messages.success(
        request, _("You have left the course. Your progress stays; enrol again to go on.")
    )
    return redirect(page.url)


@require_POST
@sign_in_to_post
def tick_concept(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    concept = get_concept_or_404(request.user, pk, now)
    ticked = str(pk) in request.POST.getlist("concept")
    action = progress.tick_concept if ticked else progress.untick_concept
    action(user=request.user, concept=concept, now=now)
    if not request.htmx:
        return redirect(concept)
    lesson = concept.lesson
    page = get_lesson_page_or_404(
        request.user, lesson.track.course.slug, lesson.track.slug, lesson.slug, now
    )
    return lesson_part(request, "courses/_ticked.html", page=page)


@require_POST
@sign_in_to_post
def tick_reference(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    reference = get_reference_or_404(request.user, pk, now)
    if str(pk) in request.POST.getlist("reference"):
        progress.tick_reference(user=request.user, reference=reference, now=now)
    else:
        progress.untick_reference(user=request.user, reference=reference)
    lesson = reference.lesson
    if not request.htmx:
        return redirect(f"{lesson.get_absolute_url()}#references")
    page = get_lesson_page_or_404(
        request.user, lesson.track.course.slug, lesson.track.slug, lesson.slug, now
    )
    return lesson_part(request, "courses/_references_read.html", page=page)


@require_POST
@sign_in_to_post
def read_references(request: SignedInRequest, course: str, track: str, lesson: str) -> HttpResponse:
    """Without script: all ticks of the list at once."""
    now = timezone.now()
    thing = get_lesson_or_404(request.user, course, track, lesson, now)
    form = ReadReferencesForm(request.POST, lesson=thing)
    if form.is_valid():
        progress.set_references(
            user=request.user,
            shown=form.shown,
            ticked=form.cleaned_data["reference"],
            now=now,
        )
    return redirect(f"{thing.get_absolute_url()}#references")


@require_POST
@sign_in_to_post
def mark_done(request: SignedInRequest, course: str, track: str, lesson: str) -> HttpResponse:
    now = timezone.now()
    thing = get_lesson_or_404(request.user, course, track, lesson, now)
    action = progress.mark_done if request.POST.get("done") else progress.unmark_done
    action(user=request.user, lesson=thing, now=now)
    if not request.htmx:
        return redirect(f"{thing.get_absolute_url()}#lesson-state")
    page = get_lesson_page_or_404(request.user, course, track, lesson, now)
    return lesson_part(request, "courses/_ticked.html", page=page)


def lesson_part(
    request: SignedInRequest, template: str, *, page: LessonPage, **context: object
) -> HttpResponse:
    """A part of the lesson's page, after a change, as htmx swaps it in."""
    context |= {
        "page": page,
        "standing": standing.at_lesson(request.user, page),
        "done_rule": progress.done_rule(page),
        "oob": True,
    }
    return render(request, template, context)
