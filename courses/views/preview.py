"""A lesson as it would be, for whoever has the link."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses import progress, rows, standing
from courses.editor.desk import desk_of
from courses.editor.previews import is_published_as_shown
from courses.models import LessonPreview, Status
from courses.pages.lesson import page_of_document

# What is not published is kept nowhere, listed nowhere, and its address is told to no other site.
HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = LessonPreview.objects.valid(now).filter(token=token).first()
    desk = desk_of(link.lesson_id) if link else None
    if link is None or desk is None or desk.lesson.status == Status.ARCHIVED:
        return unshared(render(request, "courses/preview_gone.html", status=404))
    # The banner says what it is: the page's own word is for editors.
    page = replace(page_of_document(desk.lesson, desk.text, now), draft=False)
    context = {
        "page": page,
        "personal": False,
        "standing": standing.NOBODY,
        "introduction": page.introduction,
        "sections": rows.sections(page.sections, standing.NOBODY, personal=False),
        "references": list(rows.references(page, standing.NOBODY, personal=False)),
        "outline": rows.outline(page, standing.NOBODY),
        "done_rule": progress.done_rule(page),
        "now": now,
        "section": "course",
        "expires_at": link.expires_at,
        "published": is_published_as_shown(desk, now),
    }
    return unshared(render(request, "courses/preview.html", context))


def unshared(answer: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        answer[name] = value
    return answer
