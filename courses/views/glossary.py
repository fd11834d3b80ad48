"""The glossary: all terms, or those that have the words that one looks for."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.access import get_course_page_or_404
from courses.glossary.page import glossary_of, terms_of
from courses.pages.visitors import shared_with_visitors
from courses.search.query import MAX_LENGTH


@require_safe
@shared_with_visitors
def glossary(request: HttpRequest, course: str) -> HttpResponse:
    """What was not found is on the page, hidden, so that its script can show it again."""
    now = timezone.now()
    page = get_course_page_or_404(course, now)
    found = glossary_of(course, now)
    asked = request.GET.get("q", "").strip()[:MAX_LENGTH]
    terms = terms_of(found.entries, asked)
    context = {
        "course": page,
        "terms": terms,
        "asked": asked,
        "number": terms.number if asked else len(found.entries),
        "all": len(found.entries),
        "section": "course",
    }
    return render(request, "courses/glossary.html", context)


@require_safe
def term(request: HttpRequest, course: str, term: str) -> HttpResponse:
    """A definition for the script that shows it beside a link; no query once they are known."""
    entry = glossary_of(course, timezone.now()).entry(term)
    if entry is None:
        raise Http404
    answer = JsonResponse({"term": entry.term, "html": entry.html})
    answer["X-Robots-Tag"] = "noindex"
    return answer
