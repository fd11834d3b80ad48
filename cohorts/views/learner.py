"""One learner of a class, for its staff; and what they note about them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import SignedInRequest
from cohorts.models import Cohort, Membership, Note
from cohorts.overview.forms import NoteForm
from cohorts.overview.learner import learner_named, learner_of
from cohorts.overview.notes import delete_note, may_delete, write_note
from cohorts.overview.weeks import REVIEWS, STUDY, bars
from cohorts.permissions import (
    can_schedule,
    can_see_notes,
    can_see_progress,
    can_see_work,
    can_write_notes,
)
from cohorts.views.doors import enter
from courses.access import get_course_page_or_404


@require_safe
@never_cache
@login_required
def class_learner(request: SignedInRequest, cohort: str, member: int) -> HttpResponse:
    looking = enter(request, cohort, can_see_progress)
    return page(request, looking, get_learner_or_404(looking.cohort, member), NoteForm())


@require_POST
@login_required
def notes(request: SignedInRequest, cohort: str, member: int) -> HttpResponse:
    looking = enter(request, cohort, can_write_notes)
    learner = get_learner_or_404(looking.cohort, member)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, looking, learner, form)
    text = form.cleaned_data["body"]
    write_note(about=learner, text=text, by=request.user, now=timezone.now())
    messages.success(request, _("The note is saved."))
    return redirect(f"{reverse('class_learner', args=[cohort, member])}#notes")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def note_delete(request: SignedInRequest, cohort: str, note: int) -> HttpResponse:
    """GET asks first."""
    looking = enter(request, cohort, can_write_notes)
    related = Note.objects.select_related("membership")
    found = get_object_or_404(related, membership__cohort=looking.cohort, pk=note)
    if not may_delete(looking, found):
        raise PermissionDenied
    learner = get_learner_or_404(looking.cohort, found.membership_id)
    if request.method == "POST":
        delete_note(note=found)
        messages.success(request, _("The note is deleted."))
        return redirect("class_learner", cohort, learner.pk)
    context = {"member": looking, "here": "cohort", "section": "classes"}
    context |= {"note": found, "learner": learner}
    return render(request, "cohorts/overview/note_delete.html", context)


def page(
    request: SignedInRequest, looking: Membership, member: Membership, form: NoteForm
) -> HttpResponse:
    now = timezone.now()
    course = get_course_page_or_404(looking.cohort.course.slug, now)
    learner = learner_of(member, course, now)
    context: dict[str, Any] = {
        "member": looking,
        "here": "cohort",
        "section": "classes",
        "now": now,
        "learner": learner,
        "study": bars(learner.weeks, STUDY),
        "reviews": bars(learner.weeks, REVIEWS),
        "has_reviews": any(week.reviews for week in learner.weeks),
        "can_see_work": can_see_work(looking),
        "can_schedule": can_schedule(looking),
        "can_write": can_write_notes(looking),
        "form": form,
        "notes": None,
    }
    if can_see_notes(looking):
        found = Note.objects.filter(membership=member).select_related("author")
        context["notes"] = [(note, may_delete(looking, note)) for note in found]
    return render(
        request, "cohorts/overview/learner.html", context, status=422 if form.errors else 200
    )


def get_learner_or_404(cohort: Cohort, pk: int) -> Membership:
    found = learner_named(cohort, pk)
    if found is None:
        raise Http404
    return found
