"""A line of a list of references: titles, addresses, authors and notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from courses.readme.inline import BARE, Link, is_web, links_in, plain
from courses.readme.words import BY, without_emoji

SEPARATED = re.compile(
    r"[\s,;|/&+·•、，和]*(?:\b(?:and|or|et|und|y|e)\b)?[\s,;|/&+·•]*", re.IGNORECASE
)
AUTHOR_END = re.compile(r"\s*[:：]|\s+[-–—]\s+|$")
LONGEST_AUTHOR = 100
KINDS = frozenset(
    {"paper", "papers", "video", "videos", "blog", "article", "book", "course", "code", "docs"}
    | {"repo", "github", "tutorial", "documentation", "website", "tool", "slides", "notebook"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """One reference of a line, as Markdown says it; `title` and `author` are plain words."""

    title: str
    url: str
    author: str = ""
    author_url: str = ""
    note: str = ""


def references_in(text: str) -> list[Found]:
    """The references of one line, none where it has no address that a browser may open."""
    links = [link for link in links_in(text) if not link.image and is_web(link.url)]
    if not links:
        return bare_addresses(text)
    return list(split(text, links))


def split(text: str, links: list[Link]) -> Iterator[Found]:
    """A link begins a reference of its own if nothing but a separator is before it."""
    starts = [0]
    for index in range(1, len(links)):
        gap = text[links[starts[-1]].end : links[index].start]
        if index == starts[-1] + 1 and separates(gap):
            starts.append(index)
    for place, index in enumerate(starts):
        begin = text[: links[index].start] if place == 0 else ""
        stop = links[starts[place + 1]].start if place + 1 < len(starts) else len(text)
        after = text[links[index].end : stop]
        between = place + 1 < len(starts) and not BY.match(after.lstrip())
        yield found(begin, links[index], "" if between else after.rstrip().rstrip(",;|"))


def separates(gap: str) -> bool:
    if by := BY.match(gap.lstrip()):
        rest = gap.lstrip()[by.end() :].rstrip()
        return rest.endswith((",", ";", "|")) and len(rest) <= LONGEST_AUTHOR and ":" not in rest
    return SEPARATED.fullmatch(gap[:60]) is not None and len(gap) <= 60 and bool(gap.strip())


def found(before: str, link: Link, after: str) -> Found:
    title = without_emoji(plain(link.text)) or host_of(link.url)
    author, author_url, note = author_and_note(after)
    lead = without_emoji(plain(before))
    name = lead.rstrip(" -–—:：").strip()
    if lead and not author and is_author(lead, name):
        author = name
    elif lead and name.casefold() not in KINDS:
        note = f"{before.strip()} {title} {note}".strip() if note else f"{before.strip()} {title}"
    return Found(title, link.url, author, author_url, note)


def is_author(lead: str, name: str) -> bool:
    ends = lead.endswith(("-", "–", "—", ":", "："))
    return ends and 0 < len(name) <= LONGEST_AUTHOR and name.casefold() not in KINDS


def author_and_note(after: str) -> tuple[str, str, str]:
    """`by Jay Alammar: A visual …` as author, the author's address, and note."""
    rest = after.strip()
    if not (by := BY.match(rest)):
        return "", "", note_of(rest)
    rest = rest[by.end() :]
    links = links_in(rest[:1000])
    if links and links[0].start <= 2:
        link = links[0]
        url = link.url if is_web(link.url) else ""
        return plain(link.text), url, note_of(rest[link.end :].lstrip("*_ "))
    end = AUTHOR_END.search(rest)
    name = plain(rest[: end.start()] if end else rest)
    if len(name) > LONGEST_AUTHOR:
        return "", "", after.strip()
    name = name if name.endswith("al.") else name.rstrip(".,;")
    return name, "", note_of(rest[end.start() :]) if end else ""


def note_of(text: str) -> str:
    return text.strip().lstrip(":：-–—,;").strip().removesuffix("|").strip()


def bare_addresses(text: str) -> list[Found]:
    """`Title: https://…`, an address without a link."""
    places = [one for one in BARE.finditer(text) if is_web(one[1].rstrip(".,;"))]
    if not places:
        return []
    first = places[0]
    url = first[1].rstrip(".,;")
    title = without_emoji(plain(text[: first.start()])).strip(" -–—:：(") or host_of(url)
    return [Found(title, url, note=note_of(text[first.end() :]))]


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
