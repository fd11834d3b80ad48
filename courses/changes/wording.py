"""What a document said, as HTML."""

from django.utils.html import escape

from courses.changes.html import TAG, elements, parse, without
from courses.markdown import MarkdownError, rendered

MARK = ' data-said="'
HEADINGS = frozenset("h3 h4 h5 h6".split())
SKIPPED = '<p class="skipped" aria-hidden="true">⋯</p>'


def html_of(source: str, prefix: str = "") -> str:
    """`source` rendered; what the renderer refuses today, as it was written."""
    try:
        return rendered(source, prefix=prefix).html
    except MarkdownError:
        return f"<p>{escape(source)}</p>"


def unanchored(html: str) -> str:
    """`html` without anchors and links to them, so that it may stand on a page more than once."""
    return TAG.sub(lambda found: without(found[0], is_anchor), html)


def excerpts(html: str) -> str:
    """Of marked `html` the blocks that changed, with the headings over them; the rest is left out.

    Where anything is left out between, a sign stands for it.
    """
    found: list[str] = []
    heading, left_out = "", False
    for element in elements(parse(html)):
        if MARK in element.html:
            found += [SKIPPED] if left_out else []
            found += [heading, element.html]
            heading, left_out = "", False
        else:
            left_out = left_out or bool(heading) or element.tag not in HEADINGS
            heading = element.html if element.tag in HEADINGS else heading
    return "".join([*found, SKIPPED if left_out or heading else ""])


def is_anchor(name: str, value: str) -> bool:
    return name == "id" or (name == "href" and value.startswith("#"))
