"""Who looks at a class as a learner of it changes nothing, on whatever page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.middleware import GetResponse
from cohorts.looking import looking

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# What ends it, and leaving altogether.
STAYS_POSSIBLE = ("look_stop", "account_logout")


def read_only_while_looking(get_response: GetResponse) -> GetResponse:
    """Comes after the sessions, the people and `accounts.middleware.preferences`.

    Costs no query: the session is read already for who is signed in, and left alone for others.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        found = looking(request)
        if found is None:
            return get_response(request)
        request.read_only = True  # type: ignore[attr-defined]
        request.looking = found  # type: ignore[attr-defined]
        if request.method in SAFE or request.path in map(reverse, STAYS_POSSIBLE):
            return get_response(request)
        return refusal(request)

    return middleware


def refusal(request: HttpRequest) -> HttpResponse:
    """htmx would drop a page that says no; it is told to go to one."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": reverse("look_stop")}, status=200)
    return render(request, "cohorts/classes/looking.html", {"refused": True}, status=403)
