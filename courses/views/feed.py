"""The changes of a course as an Atom feed, as `django.contrib.syndication` makes it."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from courses import versions
from courses.access import get_course_page_or_404
from courses.changes.entries import Entry, entries
from courses.changes.timeline import timeline
from courses.models import Mark
from courses.pages.course import CoursePage
from courses.pages.shared import kept

NEWEST = 30
# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ChangesFeed(Feed):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, course: str) -> CoursePage:
        return get_course_page_or_404(course, timezone.now())

    def title(self, course: CoursePage) -> str:
        return plain(_("%s: what changed") % course.title)

    def link(self, course: CoursePage) -> str:
        return reverse("course_changes", args=[course.slug])

    def feed_url(self, course: CoursePage) -> str:
        return reverse("course_feed", args=[course.slug])

    def subtitle(self, course: CoursePage) -> str:
        return plain(course.summary)

    def items(self, course: CoursePage) -> Sequence[Entry]:
        now = timezone.now()

        def newest() -> tuple[Entry, ...]:
            return entries(course, timeline(course, now)[:NEWEST])

        return kept(course.slug, "feed", now, newest) or ()

    def item_title(self, item: Entry) -> str:
        kind = Mark(item.mark).label if item.mark else _("New") if item.new else ""
        return plain(f"{item.title}: {kind}" if kind else item.title)

    def item_description(self, item: Entry) -> str:
        return plain("\n".join(told(item)))

    def item_link(self, item: Entry) -> str:
        # Of a lesson or of the course: both have a page of changes.
        return f"{item.url}changes/#change-{item.id}"

    def item_pubdate(self, item: Entry) -> datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.at


def told(entry: Entry) -> list[str]:
    """What the page says of an entry, a line each."""
    lines = [entry.note] if entry.note else []
    if entry.lessons:
        found = ngettext("%d lesson", "%d lessons", entry.lessons) % entry.lessons
        lines.append(_("The course was loaded: %s.") % found)
    if entry.parts:
        lines.append(", ".join(part.name for part in entry.parts))
    if entry.changed_questions:
        found = ngettext("%d question changed", "%d questions changed", entry.changed_questions)
        lines.append(found % entry.changed_questions)
    if entry.added or entry.removed:
        words = {"added": entry.added, "removed": entry.removed}
        lines.append(_("Words: %(added)d added, %(removed)d removed") % words)
    return lines


def plain(text: str) -> str:
    return NOT_XML.sub("", text)


def etag(request: HttpRequest, course: str) -> str | None:
    stamp = versions.stamp(course, timezone.now())
    return f'"{stamp}-{get_language()}-{request.get_host()}"' if stamp else None


def last_modified(request: HttpRequest, course: str) -> datetime | None:
    found = timeline(get_course_page_or_404(course, timezone.now()), timezone.now())
    return found[0].at if found else None


@require_safe
@condition(etag_func=etag, last_modified_func=last_modified)
def feed(request: HttpRequest, course: str) -> HttpResponse:
    answer: HttpResponse = ChangesFeed()(request, course=course)
    return answer
