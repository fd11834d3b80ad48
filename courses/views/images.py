"""The pictures of lessons, to everybody who has their address."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import etag, require_safe

from courses.models import Image

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}
# Opened by itself, a drawing is a document: it may have its own rules, and nothing else.
POLICIES = {"svg": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
POLICY = "default-src 'none'; sandbox"
A_YEAR = 365 * 24 * 3600


@require_safe
@etag(lambda request, name, ending: f'"{name}.{ending}"')
def image(request: HttpRequest, name: str, ending: str) -> HttpResponse | FileResponse:
    """What it shows never changes under its name, so it is fetched once."""
    found = get_object_or_404(Image, name=name, format=ending)
    try:
        stored = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        stored,
        content_type=TYPES[ending],
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": POLICIES.get(ending, POLICY),
        },
    )
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
