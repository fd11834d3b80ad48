"""Trying a question from its form, saved or not, in a frame with the reader's stylesheets."""

import secrets
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from accounts.ids import is_id
from courses.models import Concept
from quizzes.editor import trial
from quizzes.editor.gathering import gather
from quizzes.editor.trial import Trial, Tried
from quizzes.editor.trial_forms import TriedForm, travelling
from quizzes.models import Question


class TriesQuestions:
    """For the ModelAdmin of questions: the address that its form sends a trial to."""

    admin_site: AdminSite

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(try_question)
        urls: list[Any] = [path("trial/", view, name="quizzes_question_trial")]
        return [*urls, *super().get_urls()]  # type: ignore[misc]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def try_question(request: HttpRequest) -> HttpResponse:
    """GET asks a stored question, POST what a form holds, or goes on with a trial."""
    if not request.user.has_perm("quizzes.view_question"):
        raise PermissionDenied
    if request.method != "POST":
        return answer(request, *of_stored(request))
    if "tried-kind" in request.POST:
        return go_on(request)
    concepts = Concept.objects.select_related("lesson__track__course")
    return answer(request, *gather(request.POST, concepts))


def of_stored(request: HttpRequest) -> tuple[Tried | None, list[str]]:
    named = request.GET.get("question", "")
    if not is_id(named):
        raise Http404
    questions = Question.objects.select_related("concept__lesson__track__course")
    return trial.of_question(get_object_or_404(questions, pk=named))


def go_on(request: HttpRequest) -> HttpResponse:
    form = TriedForm(request.POST)
    if not form.is_valid():
        return answer(request, None, [_("The question cannot be asked as it is.")])
    return show(request, form.tried, trial.act(form.tried, request.POST, new_seed=new_seed()))


def answer(request: HttpRequest, tried: Tried | None, problems: list[str]) -> HttpResponse:
    if tried is None:
        return render(request, "admin/quizzes/question/trial.html", {"problems": problems})
    return show(request, tried, trial.ask(tried, seed=new_seed()))


def show(request: HttpRequest, tried: Tried, shown: Trial) -> HttpResponse:
    context = {"trial": shown, "carried": travelling(tried), "action": request.path}
    return render(request, "admin/quizzes/question/trial.html", context)


def new_seed() -> str:
    return secrets.token_hex(4)
