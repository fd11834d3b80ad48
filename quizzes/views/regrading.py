"""Grading finished answers again: who would gain or lose, then the act, and its log."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SiteRequest
from quizzes.grading_forms import RegradeForm
from quizzes.kinds import PayloadError
from quizzes.models import Question, Regrade
from quizzes.question_versions import versions_of
from quizzes.regrading import rows
from quizzes.regrading.applying import PreviewChangedError, apply, key_of
from quizzes.regrading.preview import preview

ROWS = 50


def get_question_or_404(request: SiteRequest, question_id: int) -> Question:
    if not request.user.has_perm("quizzes.add_regrade"):
        raise Http404
    questions = Question.objects.select_related("concept__lesson__track__course")
    return get_object_or_404(questions, pk=question_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def regrade(request: SiteRequest, question_id: int) -> HttpResponse:
    question = get_question_or_404(request, question_id)
    if request.method != "POST":
        return show_preview(request, question, RegradeForm())
    form = RegradeForm(request.POST)
    if not form.is_valid():
        return show_preview(request, question, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return do_regrade(request, question, form)


def do_regrade(request: SiteRequest, question: Question, form: RegradeForm) -> HttpResponse:
    now = timezone.now()
    try:
        made = apply(
            question=question,
            version=versions_of([question], now=now)[0],
            by=request.user,  # type: ignore[arg-type]
            reason=form.cleaned_data["reason"],
            now=now,
            expected=form.cleaned_data["expected"],
        )
    except PreviewChangedError:
        form.add_error(
            None,
            _("Someone answered, graded or edited meanwhile. Look at the preview as it is now."),
        )
        return show_preview(request, question, form, HTTPStatus.CONFLICT)
    except PayloadError:
        return show_preview(request, question, form, HTTPStatus.CONFLICT)
    say(request, made)
    return redirect("regrades", question.pk)


def say(request: SiteRequest, made: Regrade | None) -> None:
    if made is None:
        messages.info(request, _("Nothing is left to grade again."))
        return
    number = made.changes.count()
    text = ngettext(
        "Graded again: %(number)d score has changed.",
        "Graded again: %(number)d scores have changed.",
        number,
    )
    messages.success(request, text % {"number": number})


def show_preview(
    request: SiteRequest, question: Question, form: RegradeForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"section": "course", "question": question, "form": form, "preview": None}
    try:
        found = preview(question, key_of(question, now=timezone.now()))
    except PayloadError as error:
        return render(
            request, "quizzes/regrade.html", context | {"broken": error.in_words()}, status=status
        )
    page = Paginator(found.changes, ROWS).get_page(request.GET.get("page"))
    context |= {
        "preview": found,
        "new": rows.new_key(found),
        "olds": rows.old_keys(found),
        "page": page,
        "changes": rows.changes(page),
        "unreadable": rows.unreadable(found.unreadable[:ROWS]),
        # Editors see what would change; whose it is, only those who may look up attempts.
        "names": request.user.has_perm("quizzes.view_attempt"),
    }
    return render(request, "quizzes/regrade.html", context, status=status)


@require_safe
@never_cache
def regrades(request: SiteRequest, question_id: int) -> HttpResponse:
    question = get_question_or_404(request, question_id)
    made = question.regrades.select_related("made_by").annotate(number=Count("changes"))
    made = made.order_by("-made_at", "-pk")
    context = {
        "section": "course",
        "question": question,
        "page": Paginator(made, ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "quizzes/regrades.html", context)
