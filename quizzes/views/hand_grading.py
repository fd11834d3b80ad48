"""Grading all learners of a quiz, in a class or in none: one answer at a time, its author's name
out of sight unless asked for. Who teaches a class grades in it: `cohorts.views.grading_answers`.
"""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.middleware import SiteRequest
from quizzes.attempts.grading import outcome_of
from quizzes.grading_forms import HandGradingForm
from quizzes.hand_grading import (
    GradedMeanwhileError,
    grade_by_hand,
    neighbours,
    queue,
    seen_of,
    waiting,
)
from quizzes.models import Quiz, Response
from quizzes.showing import explained
from quizzes.wording import words_of

MOST_DIGITS = 18


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_grading(request: SiteRequest, slug: str) -> HttpResponse:
    if not request.user.has_perm("quizzes.change_response"):
        raise Http404
    quiz = get_object_or_404(Quiz.objects.select_related("lesson__track__course"), slug=slug)
    response = response_at(quiz, request.GET.get("answer", ""))
    if response is None:
        return show(request, quiz)
    if request.method == "POST":
        return grade(request, quiz, response)
    return show(request, quiz, response, HandGradingForm(**initial(response)))


def response_at(quiz: Quiz, wanted: str) -> Response | None:
    """The answer asked for by its key, or the first that waits."""
    related = ["attempt__user", "version", "regraded_as"]
    if not wanted:
        return waiting(quiz).select_related(*related).first()
    if not wanted.isdecimal() or len(wanted) > MOST_DIGITS:
        raise Http404
    return get_object_or_404(queue(quiz).select_related(*related), pk=int(wanted))


def initial(response: Response) -> dict[str, Any]:
    """What the form says of an answer that was graded already, and of one that was not."""
    said: dict[str, Any] = {"comment": response.comment, "seen": seen_of(response)}
    if response.score is not None:
        said["score"] = round(response.score * float(response.points), 2)
    return {"points": response.points, "initial": said}


def grade(request: SiteRequest, quiz: Quiz, response: Response) -> HttpResponse:
    form = HandGradingForm(request.POST, points=response.points)
    if not form.is_valid():
        return show(request, quiz, response, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        grade_by_hand(
            response=response,
            score=form.cleaned_data["share"],
            comment=form.cleaned_data["comment"],
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )
    except GradedMeanwhileError as other:
        return show_graded(request, quiz, response, other)
    messages.success(request, _("The grade is saved, and the attempt counted again."))
    after = waiting(quiz).filter(attempt__submitted_at__gte=response.attempt.submitted_at)
    return redirect(address_of(request, quiz, after.values_list("pk", flat=True).first()))


def show_graded(
    request: SiteRequest,
    quiz: Quiz,
    response: Response,
    other: GradedMeanwhileError,
) -> HttpResponse:
    """What was typed is kept; saving it again replaces what the other one said."""
    sent = {**request.POST.dict(), "seen": other.seen}
    form = HandGradingForm(sent, points=response.points)
    form.add_error(
        None,
        _("Someone else gave this answer %(percent)d%% meanwhile. Save again to replace that.")
        % {"percent": round((other.score or 0.0) * 100)},
    )
    if other.comment:
        form.add_error(None, _("Their comment: %s") % other.comment)
    return show(request, quiz, response, form, HTTPStatus.CONFLICT)


def show(
    request: SiteRequest,
    quiz: Quiz,
    response: Response | None = None,
    form: HandGradingForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Without a response: nothing waits."""
    context: dict[str, Any] = {"section": "course", "quiz": quiz, "form": form, "left": 0}
    if response is not None:
        near = neighbours(quiz, response)
        words = words_of([response.version])[response.version_id]
        outcome = outcome_of(response)
        context |= {
            "response": response,
            "left": waiting(quiz).count(),
            "asked": explained(response.version, words, outcome, seed="", answer=response.answer),
            "names": request.GET.get("names") == "shown",
            "here": address_of(request, quiz, response.pk),
            "before": near.before and address_of(request, quiz, near.before),
            "after": near.after and address_of(request, quiz, near.after),
        }
    return render(request, "quizzes/hand_grading.html", context, status=status)


def address_of(request: SiteRequest, quiz: Quiz, answer: int | None) -> str:
    """The page at one answer, names shown or hidden as they are now."""
    query = {"answer": str(answer)} if answer else {}
    if request.GET.get("names") == "shown":
        query["names"] = "shown"
    return f"{request.path}?{urlencode(query)}"
