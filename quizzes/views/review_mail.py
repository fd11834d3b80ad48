"""Stopping the e-mails: open to whoever holds the link, signed in or not."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.middleware import SiteRequest
from quizzes.review import reminders


# Mail programs post here by themselves, without a cookie; the token says who asks.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: SiteRequest, token: str) -> HttpResponse:
    post = request.method == "POST"
    known = reminders.unsubscribe(token) if post else reminders.is_ours(token)
    status = HTTPStatus.OK if known else HTTPStatus.NOT_FOUND
    context = {"known": known, "done": post}
    return render(request, "quizzes/review/unsubscribe.html", context, status=status)
