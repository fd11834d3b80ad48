"""A question that is not published, for whoever has its preview link."""

import secrets
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from quizzes.editor import trial
from quizzes.editor.previews import previewed


@require_http_methods(["GET", "HEAD", "POST"])
def question_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Asks it, checks an answer, shows the right one; keeps nothing. Ended and expired: 404."""
    question = previewed(token, timezone.now())
    if question is None:
        return hidden(render(request, "quizzes/preview_ended.html", status=HTTPStatus.NOT_FOUND))
    tried, problems = trial.of_question(question)
    context = {
        "question": question,
        "problems": problems,
        "trial": tried and trial.act(tried, request.POST, new_seed=secrets.token_hex(4)),
        "action": request.path,
    }
    return hidden(render(request, "quizzes/preview.html", context))


def hidden(response: HttpResponse) -> HttpResponse:
    """From shared caches, from search engines, and from the pages that it links to."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
