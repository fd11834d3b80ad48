"""Grading one hand-in, and going on to the next."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.grading.desk import Desk, desk_of, find_work
from cohorts.grading.forms import GradeForm
from cohorts.grading.grading import (
    GradedMeanwhileError,
    HandedInAgainError,
    RubricChangedError,
    grade_submission,
    said_of,
)
from cohorts.grading.walking import onward, walk
from cohorts.grading.wanted import Wanted, wanted_in
from cohorts.models import Grade, Membership, Submission
from cohorts.permissions import can_grade, can_see_notes, can_see_work
from cohorts.views.doors import enter
from quizzes.wording import as_block


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def grading_work(request: SignedInRequest, cohort: str, submission: UUID) -> HttpResponse:
    member = enter(request, cohort, can_grade if request.method == "POST" else can_see_work)
    wanted = wanted_in(request.GET, member.cohort.groups.all())
    try:
        desk = desk_of(find_work(member.cohort, submission))
    except Submission.DoesNotExist as missing:
        raise Http404 from missing
    if request.method == "POST":
        return grade(request, member, desk, wanted)
    return show(request, member, desk, wanted, desk.form())


def grade(request: SignedInRequest, member: Membership, desk: Desk, wanted: Wanted) -> HttpResponse:
    form = desk.form(request.POST)
    if form is None:
        raise Http404
    valid = form.is_valid()
    if "preview" in request.POST and "feedback" not in form.errors:
        typed = desk.form(initial=request.POST.dict())
        return show(request, member, desk, wanted, typed, preview=form.cleaned_data["feedback"])
    if form.rubric_changed:
        form.data = {**request.POST.dict(), "seen_rubric": form.rubric_now}
        return show(request, member, desk, wanted, form, HTTPStatus.CONFLICT)
    if not valid:
        return show(request, member, desk, wanted, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        graded = save(request, desk, form)
    except (GradedMeanwhileError, HandedInAgainError) as meanwhile:
        return show_conflict(request, member, desk, wanted, meanwhile)
    except RubricChangedError:
        # After the desk was laid.
        return grade(request, member, desk_of(desk.submission), wanted)
    say(request, desk, graded)
    return redirect(onward(request, member.cohort, wanted, desk.place))


def save(request: SignedInRequest, desk: Desk, form: GradeForm) -> Grade:
    return grade_submission(
        submission=desk.submission,
        points=form.cleaned_data.get("points"),
        marks=form.marks(),
        feedback=form.cleaned_data["feedback"],
        by=request.user,
        now=timezone.now(),
        seen_revision=form.cleaned_data["seen_revision"],
        seen_rubric=form.cleaned_data["seen_rubric"],
    )


def say(request: SignedInRequest, desk: Desk, graded: Grade) -> None:
    assert desk.item is not None and graded.score is not None  # noqa: S101, PT018  (for the type)
    said = said_of(graded.score, desk.item.points)
    messages.success(
        request, _("Saved for %(name)s: %(said)s.") % {"name": desk.name, "said": said}
    )
    if graded.score > desk.item.points:
        messages.warning(request, _("That is more than the points of the assignment."))


def show_conflict(
    request: SignedInRequest,
    member: Membership,
    desk: Desk,
    wanted: Wanted,
    meanwhile: GradedMeanwhileError | HandedInAgainError,
) -> HttpResponse:
    """What was typed is kept; after another's grade, saving it again replaces that."""
    sent = request.POST.dict()
    if isinstance(meanwhile, GradedMeanwhileError):
        sent["seen_revision"] = str(meanwhile.grade.revision)
    form = desk.form(sent)
    assert form is not None  # noqa: S101  (for the type: it was sent)
    form.add_error(None, in_words(meanwhile, desk))
    return show(request, member, desk, wanted, form, HTTPStatus.CONFLICT)


def in_words(meanwhile: GradedMeanwhileError | HandedInAgainError, desk: Desk) -> str:
    if isinstance(meanwhile, HandedInAgainError):
        return _("This work was handed in again meanwhile, so that the newer one is to be graded.")
    grade = meanwhile.grade
    if grade.score is None or desk.item is None:
        return _("Someone changed this grade meanwhile. Save again to replace what they said.")
    said = {"name": grade.graded_by or _("Someone"), "said": said_of(grade.score, desk.item.points)}
    return _("%(name)s gave %(said)s meanwhile. Save again to replace that.") % said


def show(
    request: SignedInRequest,
    member: Membership,
    desk: Desk,
    wanted: Wanted,
    form: GradeForm | None,
    status: int = HTTPStatus.OK,
    preview: str | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "member": member,
        "here": "grading",
        "section": "classes",
        "desk": desk,
        # What was typed is kept, also where it can no longer be saved.
        "form": form if can_grade(member) and (form_is_sent(form) or not desk.newest) else None,
        "walk": walk(member.cohort, wanted, desk.place),
        "wanted": wanted,
        "preview": None if preview is None else as_block(preview),
        "sees_notes": can_see_notes(member) and not desk.hidden,
    }
    return render(request, "cohorts/grading/work.html", context, status=status)


def form_is_sent(form: GradeForm | None) -> bool:
    return form is not None and form.is_bound
