from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from courses import versions
from courses.pages.shared import Shelf

View = Callable[..., HttpResponse]

answers = Shelf(500)


def shared_with_visitors(view: View) -> View:
    """Answer people who are not signed in with one page for all, made once a content version.

    Such a page must hold nothing of its reader: no form with a CSRF token, no message.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # While developing, a change of a template shows at once.
        if settings.DEBUG or is_personal(request):
            return view(request, *args, **kwargs)
        course = kwargs.get("course", settings.DEFAULT_COURSE)
        stamp = versions.stamp(course, timezone.now())
        key = key_of(stamp or "", request.path)
        content = answers.get(key)
        if content is not None:
            return HttpResponse(content)
        response = view(request, *args, **kwargs)
        if stamp and is_for_all(request, response):
            answers.put(key, response.content)
        return response

    return wrapper


def is_personal(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated or request.GET or "messages" in request.COOKIES)


def is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """A page, and none whose template asked for a token of its reader or that sets a cookie."""
    token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    return response.status_code == 200 and not token and not response.cookies


def key_of(stamp: str, path: str) -> tuple[str, str | None, str]:
    return (stamp, translation.get_language(), path)
