"""What pages about handed-in work say about numbers, texts and links."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.files import TYPES
from cohorts.gradebook import wording
from cohorts.models import Assignment
from cohorts.talk.plain_text import render
from cohorts.work import links
from cohorts.work.links import Link
from cohorts.work.uploads import types_of

register = template.Library()


@register.filter
def plain(number: Decimal | None) -> str:
    """As the gradebook says points: with two digits after the point at most."""
    return "" if number is None else wording.points(number)


@register.filter
def as_words(text: str) -> SafeString:
    """Plain text with code and links."""
    return mark_safe(render(text))  # noqa: S308  (all escaped)


@register.filter
def as_link(typed: str) -> Link | None:
    return links.read(typed)


@register.filter
def by_days(days: int) -> str:
    return ngettext("late by %d day", "late by %d days", days) % days


@register.filter
def taken_types(assignment: Assignment) -> str:
    """The endings of files that are taken, as people write them."""
    taken = types_of(assignment)
    return ", ".join(one for one in TYPES if one in taken)


@register.filter
def accepted(assignment: Assignment) -> str:
    """The same for the file chooser of a browser."""
    taken = types_of(assignment)
    return ",".join(f".{one}" for one in TYPES if one in taken)


@register.filter
def taken(assignment: Assignment) -> str:
    """What is handed in, in words."""
    kinds = {"takes_text": _("text"), "takes_link": _("a link"), "takes_files": _("files")}
    return ", ".join(word for name, word in kinds.items() if getattr(assignment, name))
