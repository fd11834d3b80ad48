"""Grading one quiz answer, and going on to the next."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.grading.answer_desk import AnswerDesk, find_answer
from cohorts.grading.answers import grade_answer, points_of
from cohorts.grading.grading import said_of
from cohorts.grading.walking import onward, walk
from cohorts.grading.wanted import Wanted, wanted_in
from cohorts.models import Membership
from cohorts.permissions import can_grade, can_see_notes, can_see_work
from cohorts.views.doors import enter
from quizzes.grading_forms import HandGradingForm
from quizzes.hand_grading import GradedMeanwhileError
from quizzes.models import Response
from quizzes.wording import as_block

# The largest key that a database has.
MOST = 2**63 - 1


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def grading_answer(request: SignedInRequest, cohort: str, response: int) -> HttpResponse:
    member = enter(request, cohort, can_grade if request.method == "POST" else can_see_work)
    wanted = wanted_in(request.GET, member.cohort.groups.all())
    try:
        desk = find_answer(member.cohort, min(response, MOST))
    except Response.DoesNotExist as missing:
        raise Http404 from missing
    if request.method == "POST":
        return grade(request, member, desk, wanted)
    return show(request, member, desk, wanted, desk.form())


def grade(
    request: SignedInRequest, member: Membership, desk: AnswerDesk, wanted: Wanted
) -> HttpResponse:
    form = desk.form(request.POST)
    valid = form.is_valid()
    if "preview" in request.POST and "comment" not in form.errors:
        typed = desk.form(initial=request.POST.dict())
        return show(request, member, desk, wanted, typed, preview=form.cleaned_data["comment"])
    if not valid:
        return show(request, member, desk, wanted, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        graded = save(request, desk, form)
    except GradedMeanwhileError as other:
        return show_conflict(request, member, desk, wanted, other)
    points = points_of(graded, graded.score)
    said = {"name": desk.member.name, "said": said_of(points, graded.points)}
    messages.success(request, _("Saved for %(name)s: %(said)s.") % said)
    return redirect(onward(request, member.cohort, wanted, desk.place))


def save(request: SignedInRequest, desk: AnswerDesk, form: HandGradingForm) -> Response:
    return grade_answer(
        response=desk.response,
        membership=desk.member,
        score=form.cleaned_data["share"],
        comment=form.cleaned_data["comment"],
        by=request.user,
        now=timezone.now(),
        seen=form.cleaned_data["seen"],
    )


def show_conflict(
    request: SignedInRequest,
    member: Membership,
    desk: AnswerDesk,
    wanted: Wanted,
    other: GradedMeanwhileError,
) -> HttpResponse:
    """What was typed is kept; saving it again replaces what the other one said."""
    sent = {**request.POST.dict(), "seen": other.seen}
    form = desk.form(sent)
    points = said_of(points_of(desk.response, other.score), desk.response.points)
    text = _("Someone else gave this answer %s meanwhile. Save again to replace that.")
    form.add_error(None, text % points)
    if other.comment:
        form.add_error(None, _("Their comment: %s") % other.comment)
    return show(request, member, desk, wanted, form, HTTPStatus.CONFLICT)


def show(
    request: SignedInRequest,
    member: Membership,
    desk: AnswerDesk,
    wanted: Wanted,
    form: HandGradingForm,
    status: int = HTTPStatus.OK,
    preview: str | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "member": member,
        "here": "grading",
        "section": "classes",
        "desk": desk,
        "form": form if can_grade(member) else None,
        "walk": walk(member.cohort, wanted, desk.place),
        "preview": None if preview is None else as_block(preview),
        "sees_notes": can_see_notes(member),
    }
    return render(request, "cohorts/grading/answer.html", context, status=status)
