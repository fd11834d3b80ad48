"""What a document said, as HTML."""

from django.utils.html import escape

from courses.changes.html import TAG, without
from courses.markdown import MarkdownError, rendered


def html_of(source: str, prefix: str = "") -> str:
    """`source` rendered; what the renderer refuses today, as it was written."""
    try:
        return rendered(source, prefix=prefix).html
    except MarkdownError:
        return f"<p>{escape(source)}</p>"


def unanchored(html: str) -> str:
    """`html` without anchors and links to them, so that it may stand on a page more than once."""
    return TAG.sub(lambda found: without(found[0], is_anchor), html)


def is_anchor(name: str, value: str) -> bool:
    return name == "id" or (name == "href" and value.startswith("#"))
