"""Search: one page, and its results alone for who is typing."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.middleware import SiteRequest
from courses.models import SearchEntry
from courses.search import Results, find, suggestions
from courses.search.query import MAX_LENGTH

PAGE = 20
Kind = SearchEntry.Kind
LABELS = {
    "": pgettext_lazy("of every kind", "All"),
    Kind.LESSON: _("Lessons"),
    Kind.CONCEPT: _("Concepts"),
    Kind.REFERENCE: _("References"),
    Kind.NOTEBOOK: _("Notebooks"),
    Kind.TERM: _("Terms"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    kind: str
    label: str
    count: int
    current: bool


@require_safe
def search(request: SiteRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:MAX_LENGTH]
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    number = page_number(request.GET.get("page", "1"))
    now, offset = timezone.now(), (number - 1) * PAGE
    results = find(
        asked, course=None, user=request.user, now=now, kind=kind, limit=PAGE, offset=offset
    )
    if offset and offset >= results.total:
        raise Http404
    context = {
        "section": "course",
        "asked": asked,
        "kind": kind,
        "results": results,
        "filters": filters(results, kind),
        "suggestions": () if asked else suggestions(user=request.user, now=now),
        "page": number,
        "pages": -(-results.total // PAGE),
        "alone": request.htmx and not request.htmx.history_restore_request,
    }
    template = "courses/_search_results.html" if context["alone"] else "courses/search.html"
    response = render(request, template, context)
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def page_number(text: str) -> int:
    """A page from 1; whatever else is in the address is no page."""
    if not (text.isdecimal() and len(text) < 6 and int(text)):
        raise Http404
    return int(text)


def filters(results: Results, kind: str) -> list[Filter]:
    """All, and each kind that has something or is being looked at."""
    counts = {"": results.all_kinds, **results.counts}
    return [
        Filter(name, str(label), counts.get(name, 0), name == kind)
        for name, label in LABELS.items()
        if not name or counts.get(name) or name == kind
    ]
