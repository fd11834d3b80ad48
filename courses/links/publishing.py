"""Before publishing: references of the lesson whose address is dead or has moved."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.editor.checks import Check, Document, register_checks
from courses.links.health import health_of
from courses.models import Course, Link


def warnings(document: Document, course: Course, name: str) -> Iterator[Check]:
    """One query, whatever the number of references."""
    rows = document.get("references") or ()
    known = health_of({row["url"] for row in rows})
    for number, row in enumerate(rows):
        link = known.get(row["url"])
        if link and (message := message_of(link, row["title"])):
            yield Check(message, f"id_references-{number}-url")


def message_of(link: Link, title: str) -> str:
    if link.state == Link.State.DEAD and link.failing_since:
        day = date_format(link.failing_since)
        return _("The address of “%(title)s” has not answered since %(day)s.") % {
            "title": title,
            "day": day,
        }
    if link.state == Link.State.MOVED:
        return _("The address of “%(title)s” has moved to %(address)s.") % {
            "title": title,
            "address": link.moved_to,
        }
    return ""


register_checks(warnings)
