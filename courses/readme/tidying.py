"""HTML and pictures within a line become Markdown that our renderer shows, or words, or nothing.

What was done is said in words, for the report of the line.
"""

import re
from collections.abc import Mapping
from html import unescape

from courses.readme.inline import Link, code_ranges, is_own, is_web, links_in, outside, plain

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})([^<>]*)>")
REFERENCE = re.compile(r"\[([^\[\]]{1,500})\]\[([^\[\]]{0,200})\]")
AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "kbd": "`", "del": "~~"}
# Comparisons such as `a < b` are text; these are what GitHub takes for HTML.
KNOWN = frozenset(
    (
        "a abbr address article aside b big blockquote body br button center cite code dd del "
        "details dfn div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head "
        "header hr html i iframe img input ins kbd li link main map mark math meta nav noscript "
        "object ol p picture pre q s samp script section small source span strong style sub "
        "summary sup svg table tbody td textarea tfoot th thead title tr tt u ul var video"
    ).split()
)
TAGS_OUT = "HTML tags are left out"
AS_MARKDOWN = "HTML became Markdown"
PICTURE_LINK = "a picture elsewhere became a link to it"
PICTURE_OUT = "a picture of the README’s own repository is left out"
PICTURE_BAD = "a picture with an address that browsers must not open is left out"
LINK_OWN = "a link within the README’s own repository became text"
LINK_BAD = "a link with an address that browsers must not open became text"
COMMENT_OUT = "a comment is left out"


def tidied(text: str, definitions: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """`text` as Markdown without HTML and without pictures, and what was done to it."""
    notes: dict[str, None] = {}
    text = without_comments(text, notes)
    text = tags_replaced(text, notes) if "<" in text else text
    if definitions and "][" in text:
        text = REFERENCE.sub(lambda found: resolved(found, definitions), text)
    if "](" in text:
        text = links_replaced(text, notes)
    return text, tuple(notes)


def without_comments(text: str, notes: dict[str, None]) -> str:
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[at:start])
        at = end + 3
        notes[COMMENT_OUT] = None
    return "".join([*pieces, text[at:]])


def resolved(found: re.Match[str], definitions: Mapping[str, str]) -> str:
    url = definitions.get((found[2] or found[1]).strip().casefold())
    return f"[{found[1]}]({url})" if url else found[0]


def tags_replaced(text: str, notes: dict[str, None]) -> str:
    """Links, pictures and emphasis as Markdown; other tags go, their words stay."""
    out: list[str] = []
    opened: list[tuple[int, str]] = []
    at = 0
    for tag in outside(TAG.finditer(text), code_ranges(text)):
        name = tag[2].lower()
        if name not in KNOWN or (tag[3] and not tag[3].startswith((" ", "\t", "/"))):
            continue
        out.append(text[at : tag.start()])
        at = tag.end()
        note = TAGS_OUT
        if name == "a":
            note = anchor(tag, out, opened)
        elif name == "img" and (source := attribute(tag[3], "src")):
            out.append(f"![{bare(attribute(tag[3], 'alt'))}]({source})")
            note = AS_MARKDOWN
        elif name in AROUND:
            out.append(AROUND[name])
            note = AS_MARKDOWN
        elif name in {"br", "li", "td", "p"}:
            out.append(" ")
        notes[note] = None
    out.append(text[at:])
    while opened:
        close(out, opened)
    return "".join(out)


def anchor(tag: re.Match[str], out: list[str], opened: list[tuple[int, str]]) -> str:
    if tag[1]:
        if opened:
            close(out, opened)
        return AS_MARKDOWN
    opened.append((len(out), attribute(tag[3], "href")))
    return AS_MARKDOWN


def close(out: list[str], opened: list[tuple[int, str]]) -> None:
    place, url = opened.pop()
    words = "".join(out[place:]).strip()
    out[place:] = [f"[{words}]({url})" if url and words else words]


def attribute(text: str, name: str) -> str:
    found = re.search(rf"""(?i)\b{name}\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", text)
    value = next((one for one in found.groups() if one), "") if found else ""
    return re.sub(r"\s", "%20", unescape(value).strip())


def bare(alt: str) -> str:
    return alt.replace("%20", " ").replace("[", "(").replace("]", ")")


def links_replaced(text: str, notes: dict[str, None]) -> str:
    pieces, at = [], 0
    for link in links_in(text):
        pieces += [text[at : link.start], replaced(text, link, notes)]
        at = link.end
    return "".join([*pieces, text[at:]])


def replaced(text: str, link: Link, notes: dict[str, None]) -> str:
    if link.image:
        return picture(link, notes)
    words = link.text
    if "![" in words:
        words = plain(words) or link.url.split("/")[2:3][0] if is_web(link.url) else plain(words)
        notes["a picture became the words of a link"] = None
    if is_web(link.url) or link.url.startswith("mailto:"):
        return text[link.start : link.end] if words == link.text else f"[{words}]({link.url})"
    notes[LINK_OWN if is_own(link.url) else LINK_BAD] = None
    return words


def picture(link: Link, notes: dict[str, None]) -> str:
    if is_web(link.url):
        notes[PICTURE_LINK] = None
        return f"[{plain(link.text) or 'Picture'}]({link.url})"
    notes[PICTURE_OUT if is_own(link.url) else PICTURE_BAD] = None
    return ""
