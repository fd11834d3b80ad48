"""What is worth mending in a Markdown text. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser

from django.utils.translation import gettext_lazy

from courses.markdown import MarkdownError, render

FENCE = re.compile(r"^ {0,12}(`{3,}|~{3,})\s*(.*)$")
FIRST_HEADING = 3


def remarks_on(source: str) -> list[str]:
    """A sentence each, in the order of the kinds below; the same remark stands once."""
    return [str(remark) for remark in kinds_in(source)]


@lru_cache(maxsize=512)
def kinds_in(source: str) -> tuple[object, ...]:
    """Kept, because most texts of a lesson are the same from one look to the next."""
    try:
        html = render(source, strict=True).html
    except MarkdownError as error:
        return (str(error),)
    look = Look()
    look.feed(html)
    look.close()
    code = [NO_LANGUAGE] if has_bare_fence(source) else []
    return tuple(dict.fromkeys([*look.remarks, *code]))


NO_ALT = gettext_lazy("An image has no alternative text for who cannot see it.")
EMPTY_LINK = gettext_lazy("A link has no words to click on.")
NO_LANGUAGE = gettext_lazy("A block of code does not say its language, so it has no colours.")
SKIPPED = gettext_lazy("A heading skips a level: begin with ###, and go on with ####.")


class Look(HTMLParser):
    """Reads rendered HTML for images, headings and links."""

    def __init__(self) -> None:
        super().__init__()
        self.remarks: list[object] = []
        self.level = FIRST_HEADING - 1
        self.link: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img":
            self.image(values.get("alt") or "")
        elif re.fullmatch(r"h[1-6]", tag):
            self.heading(int(tag[1]))
        elif tag == "a" and "href" in values:
            self.link = []

    def image(self, alt: str) -> None:
        if self.link is not None:
            self.link.append(alt)
        if not alt.strip():
            self.remarks.append(NO_ALT)

    def heading(self, level: int) -> None:
        if level > self.level + 1:
            self.remarks.append(SKIPPED)
        self.level = level

    def handle_data(self, data: str) -> None:
        if self.link is not None:
            self.link.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link is not None:
            if not "".join(self.link).strip():
                self.remarks.append(EMPTY_LINK)
            self.link = None


def has_bare_fence(source: str) -> bool:
    return any(not language for language in fences(source))


def fences(source: str) -> Iterator[str]:
    """The language of each block of fenced code."""
    opened = ""
    for line in source.splitlines():
        found = FENCE.match(line)
        if not found:
            continue
        if not opened:
            opened = found[1]
            yield found[2].strip()
        elif found[1].startswith(opened) and not found[2].strip():
            opened = ""
