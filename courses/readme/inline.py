"""Links, pictures and plain words within a line. Every scan here takes linear time."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

LONGEST_URL = 500
TOKEN = re.compile(r"\\.|!?\[|\]")
TICKS = re.compile(r"`+")
RUN = re.compile(r"[^\s\[\]<>\"]*")
TITLE = re.compile(r"\s+(?:\"[^\"\[\]]{0,300}\"|'[^'\[\]]{0,300}')\s*\)")
BARE = re.compile(r"<?(https?://[^\s<>\[\]()\"'`|]+)>?")
TAG = re.compile(r"<[^<>]*>")
EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|~~")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Link:
    """`[text](url)`, or a picture `![text](url)`, from `start` to before `end`."""

    start: int
    end: int
    text: str
    url: str
    image: bool = False


def links_in(text: str) -> list[Link]:
    """The outermost links and pictures, in order; none within code."""
    found = sorted(scan(text), key=lambda link: (link.start, -link.end))
    outer: list[Link] = []
    for link in found:
        if not outer or link.start >= outer[-1].end:
            outer.append(link)
    return outer


def scan(text: str) -> Iterator[Link]:
    code = code_ranges(text)
    opened: list[tuple[int, int]] = []
    for token in outside(TOKEN.finditer(text), code):
        if token[0].endswith("["):
            opened.append((token.start(), token.end()))
        elif token[0] == "]" and opened:
            start, inner = opened.pop()
            if (place := destination(text, token.end())) is not None:
                url, end = place
                yield Link(start, end, text[inner : token.start()], url, text[start] == "!")


def outside(
    found: Iterator[re.Match[str]], ranges: list[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    """The matches that begin in none of the sorted `ranges`."""
    at = 0
    for one in found:
        while at < len(ranges) and ranges[at][1] <= one.start():
            at += 1
        if at == len(ranges) or one.start() < ranges[at][0]:
            yield one


def code_ranges(text: str) -> list[tuple[int, int]]:
    """Where code stands between ticks: a run of them ends at the next run of its length."""
    runs = list(TICKS.finditer(text))
    places: dict[int, list[int]] = defaultdict(list)
    for index in range(len(runs) - 1, -1, -1):
        places[len(runs[index][0])].append(index)
    ranges = []
    index = 0
    while index < len(runs):
        later = places[len(runs[index][0])]
        while later and later[-1] <= index:
            later.pop()
        if later:
            ranges.append((runs[index].start(), runs[later[-1]].end()))
            index = later[-1]
        index += 1
    return ranges


def destination(text: str, at: int) -> tuple[str, int] | None:
    """The address in brackets that begins at `at`, and where it ends."""
    if text[at : at + 1] != "(":
        return None
    start = at + 1 + (text[at + 1 : at + 2] == "<")
    if (run := RUN.match(text, start)) is None:
        return None
    depth = 0
    for place in range(start, run.end()):
        if text[place] == "(":
            depth += 1
        elif text[place] == ")":
            if not depth:
                return text[start:place], place + 1
            depth -= 1
    if text[run.end() : run.end() + 2] == ">)":
        return run[0], run.end() + 2
    title = TITLE.match(text, run.end())
    return (run[0], title.end()) if title else None


def is_web(url: str) -> bool:
    """Whether a reference may point there: http or https, well formed, of a bearable length."""
    if len(url) > LONGEST_URL or not url.startswith(("http://", "https://")):
        return False
    try:
        web_address(url)
    except ValidationError:
        return False
    return True


def is_own(url: str) -> bool:
    """Whether it is a place of the README's own repository, or in the README itself."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def plain(text: str) -> str:
    """The words alone: no marks, addresses, tags or entities."""
    pieces, at = [], 0
    for link in links_in(text):
        pieces += [text[at : link.start], plain(link.text) if "](" in link.text else link.text]
        at = link.end
    bare = TAG.sub(" ", "".join([*pieces, text[at:]])).replace("`", "")
    return " ".join(unescape(ESCAPED.sub(r"\1", EMPHASIS.sub("", bare))).split())


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
