"""A concept's bold name, and the text that follows it."""

from dataclasses import dataclass

from courses.readme.inline import links_in, plain
from courses.readme.words import NO_CONCEPTS, is_picture, without_emoji

COLONS = (":", "：")
DASHES = ("- ", "– ", "— ")
LINK_MOVED = "the link of its name stands in its text"
NO_COLON = "no colon stood behind the name: it begins the text, too"


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    text: str
    changes: tuple[str, ...] = ()


def named_in(text: str, *, colon: bool = False) -> Named | None:
    """The concept that a list item begins with, or None. With `colon`, only if one follows."""
    text = without_first_pictures(text)
    if (parts := bold_start(text)) is None:
        return None
    inside, rest, url = parts
    name = without_emoji(plain(inside)).rstrip(":： ").strip()
    if not name or name.casefold() in NO_CONCEPTS:
        return None
    closed = inside.rstrip().endswith(COLONS) or rest.lstrip().startswith(COLONS)
    if colon and not closed:
        return None
    words, separated = separated_text(rest, closed)
    links = [url] if url else [link.url for link in links_in(inside) if not link.image]
    linked = f"[{name}]({links[0]})" if len(links) == 1 else inside.strip()
    if links and len(links) == 1 and plain(inside).rstrip(":： ") != link_words(inside, url):
        linked = inside.strip().rstrip(":：")
    if links:
        between = ": " if separated and words else " "
        return Named(name, f"{linked}{between}{words}".strip(), (LINK_MOVED,))
    if not separated and words:
        return Named(name, f"**{name}** {words}", (NO_COLON,))
    return Named(name, words)


def without_first_pictures(text: str) -> str:
    while (first := text.split(" ", 1))[0] and is_picture(first[0]) and len(first) == 2:
        text = first[1].lstrip()
    return text


def bold_start(text: str) -> tuple[str, str, str] | None:
    """What is bold at the beginning, what follows, and the address if a link is around it."""
    for mark in ("**", "__"):
        if text.startswith(mark) and (end := text.find(mark, 3)) > 0:
            return text[2:end], text[end + 2 :], ""
        if text.startswith(f"[{mark}"):
            link = next(iter(links_in(text)), None)
            if link and link.start == 0 and link.text.endswith(mark):
                return link.text[2:-2], text[link.end :], link.url
    return None


def link_words(inside: str, url: str) -> str:
    links = links_in(inside)
    return plain(inside) if url or not links else plain(links[0].text)


def separated_text(rest: str, closed: bool) -> tuple[str, bool]:
    """The text without its colon or dash, and whether there was one."""
    bare = rest.strip()
    if bare.startswith(COLONS):
        return bare[1:].strip(), True
    if bare.startswith(DASHES):
        return bare[1:].strip(), True
    return bare, closed or not bare
