"""Markdown to safe HTML: the one renderer of everything that people write in Cairn.

Pure and total: `render` answers with HTML or raises MarkdownError, in bounded time.
`rendered` is the same behind the cache, for reading pages.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import markdown
from django.core.cache import cache
from django.core.exceptions import ValidationError
from markdown.extensions.toc import slugify

from courses.icons import icon
from courses.markup import code, maths
from courses.markup.errors import MarkdownError
from courses.markup.extension import CairnExtension
from courses.markup.limits import check_limits
from courses.markup.sanitise import clean

__all__ = ["MarkdownError", "Rendered", "render", "rendered", "validate_markdown"]

# Part of every cache key: raise it whenever the same source comes out differently.
VERSION = 6

CALLOUT = re.compile(
    r'(<aside aria-label="\w+" class="callout"(?: data-kind="(tip|caution)")? role="note">'
    r"\s*<strong>)"
)
CALLOUT_ICONS = {"tip": "lightbulb", "caution": "triangle-alert", None: "info"}
FOOTNOTE = re.compile(r'(id="|href="#)(fn(?:ref\d*)?:)')
PARAGRAPH = re.compile(r"^<p>(.*)</p>$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, and the third-level headings in it for a table of contents."""

    html: str
    headings: tuple[Heading, ...]


def render(source: str, *, prefix: str = "", strict: bool = False, marks: bool = True) -> Rendered:
    """Render Markdown.

    `prefix` goes before every anchor, so that several texts can stand on one page. Without
    `marks`, code does not say what it takes to run it.
    Raises MarkdownError when a bound is passed and, if `strict`, for a formula that cannot be read.
    """
    check_limits(source)
    md = converter(prefix, code.read_marks if marks else code.leave_out_marks)
    try:
        html = clean(md.convert(source))
    except RecursionError as error:
        raise MarkdownError("The text nests too deep.") from error
    if prefix:
        html = FOOTNOTE.sub(rf"\g<1>{prefix}-\g<2>", html)
    html = CALLOUT.sub(lambda found: found[1] + icon(CALLOUT_ICONS[found[2]]), html)
    headings = tuple(
        Heading(token["id"], unescape(token["name"]))
        for token in md.toc_tokens  # type: ignore[attr-defined]
        if token["level"] == 3
    )
    return Rendered(maths.fill_in(html, strict=strict), headings)


def render_inline(source: str, *, marks: bool = True) -> str:
    """`source` as HTML without the paragraph around it, when it is a single one."""
    html = render(source, marks=marks).html
    only = PARAGRAPH.match(html)
    return only[1] if only and "<p>" not in only[1] else html


def rendered(source: str, *, prefix: str = "") -> Rendered:
    """`render`, kept in the cache under the source and the renderer's version."""
    digest = hashlib.sha256(f"{prefix}\0{source}".encode()).hexdigest()
    key = f"markdown:{VERSION}:{digest}"
    found: Rendered | None = cache.get(key)
    if found is None:
        found = render(source, prefix=prefix)
        cache.set(key, found, None)
    return found


def validate_markdown(source: str) -> None:
    """A form validator: refuses what the reader's page could not show."""
    try:
        render(source, strict=True)
    except MarkdownError as error:
        raise ValidationError(str(error), code="markdown") from error


def converter(prefix: str, validator: Callable[..., bool]) -> markdown.Markdown:
    return markdown.Markdown(
        extensions=[
            "tables",
            "footnotes",
            "sane_lists",
            "def_list",
            "toc",
            "pymdownx.superfences",
            "pymdownx.arithmatex",
            CairnExtension(),
        ],
        extension_configs={
            "toc": {
                "slugify": lambda value, separator: "-".join(
                    filter(None, (prefix, slugify(value, separator)))
                ),
                "toc_depth": "3-4",
            },
            "footnotes": {"BACKLINK_TITLE": "Back to the text, note {}"},
            "pymdownx.superfences": {
                "disable_indented_code_blocks": True,
                "custom_fences": [
                    {
                        "name": "*",
                        "class": "",
                        "format": code.figure,
                        "validator": validator,
                    }
                ],
            },
            "pymdownx.arithmatex": {"generic": True},
        },
        output_format="html",
    )
