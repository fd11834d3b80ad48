"""Two states of a document side by side: each part that differs, as text and as readers see it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from courses.changes.comparing import Difference, compare
from courses.changes.marked import marked
from courses.changes.wording import html_of, unanchored
from courses.changes.words import Piece, words
from courses.content.documents import Document
from courses.history.arranging import arranged

KINDS = {
    "added": _("Added"),
    "removed": _("Removed"),
    "changed": _("Changed"),
    "moved": _("Moved"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """`html` is None where the part is no Markdown or only its source is asked for."""

    label: str
    kind: str
    kind_in_words: str | Promise
    pieces: tuple[Piece, ...]
    html: SafeString | None
    before: str
    after: str


def parts_of(name: str, before: Document, after: Document, *, as_page: bool) -> list[Part]:
    """What leads from `before` to `after` of the file `name`; Markdown as a page with `as_page`."""
    found = compare(arranged(name, before), arranged(name, after))
    return [part_of(one, as_page) for one in found]


def part_of(one: Difference, as_page: bool) -> Part:
    as_page = as_page and one.markdown and one.kind != "moved"
    html = marked(page_of(one.before), page_of(one.after)) if as_page else None
    in_words = one.kind != "moved" and html is None
    pieces = words(one.before, one.after) if in_words else ()
    return Part(one.label, one.kind, KINDS[one.kind], pieces, html, one.before, one.after)


def page_of(source: str) -> str:
    return unanchored(html_of(source)) if source else ""
