from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class SiteRequest(HttpRequest):
    """What a view receives, after all middleware; for annotations only."""

    htmx: HtmxDetails
    # Whoever looks at the site in another's place: nothing is written, not even a visit.
    read_only: bool


class SignedInRequest(SiteRequest):
    """What a view behind `login_required` receives; for annotations only."""

    user: User


GetResponse = Callable[[HttpRequest], HttpResponse]


def preferences(get_response: GetResponse) -> GetResponse:
    """Show times in the zone of the person who is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.read_only = False  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return get_response(request)
        with timezone.override(request.user.zone):
            return get_response(request)

    return middleware
