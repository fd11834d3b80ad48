from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.middleware import SiteRequest

View = Callable[..., HttpResponse]


def next_of(request: HttpRequest, default: str) -> str:
    """Where the request asks to go on to, if that is a page of this site; else `default`.

    An address from the root: `redirect` would take a bare word for the name of a view.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return default


def sign_in_to_post(view: View) -> View:
    """Like `login_required`, for addresses that are only posted to.

    Who signs in on the way comes back to the page they were on, as the address itself has nothing
    to show; htmx, which would swap the sign-in page in or drop it, is told to go there.
    """

    @wraps(view)
    def wrapper(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        answer = redirect_to_login(page_before(request))
        return HttpResponse(headers={"HX-Redirect": answer.url}) if request.htmx else answer

    return wrapper


def page_before(request: HttpRequest) -> str:
    """The address on this site that the request came from, else the home page."""
    before = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}):
        parts = urlsplit(before)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
    return "/"
