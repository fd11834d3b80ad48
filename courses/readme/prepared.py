"""What each line of a README is: heading, list item, row of a table, text, or nothing of ours."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from courses.readme.decoding import MAX_LINE
from courses.readme.inline import BARE, plain
from courses.readme.tidying import attribute, tidied

ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
HTML_HEADING = re.compile(r"\s*(?:<[^<>]*>\s*)?<h([1-6])\b[^<>]*>", re.IGNORECASE)
FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
QUOTE = re.compile(r" {0,3}>[ \t]?")
DEFINITION = re.compile(
    r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*<?([^\s<>]{1,500})>?[ \t]*(?:\"[^\"]*\")?$"
)
# What swallows the lines up to its end: (how it begins, how it ends, why its lines are dropped).
SWALLOWING = (
    (re.compile(r"\s*<!--"), "-->", "a comment"),
    (re.compile(r"\s*<script\b", re.IGNORECASE), "</script", "a script: a page never runs one"),
    (re.compile(r"\s*<style\b", re.IGNORECASE), "</style", "a stylesheet"),
    (re.compile(r"\s*<svg\b", re.IGNORECASE), "</svg", "a drawing in HTML"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """Line `number`, from 1. `text` is its Markdown without marks of its kind.

    Kinds: blank, gone (`why`), heading (of `level`), summary, rule, code, row, item, quote, text.
    """

    number: int
    source: str
    kind: str
    text: str = ""
    indent: int = 0
    level: int = 0
    notes: tuple[str, ...] = ()
    why: str = ""
    ordered: bool = False


def prepare(lines: Sequence[str]) -> list[Line]:
    """A Line for each of `lines`, in order. Total, in linear time."""
    definitions = dict(definitions_in(lines))
    found: list[Line] = []
    swallowed = Swallowed(lines)
    at = 0
    while at < len(lines):
        end, kind, why = swallowed.from_line(at)
        if end > at:
            found += [Line(n + 1, lines[n], kind, lines[n], why=why) for n in range(at, end)]
            at = end
            continue
        found.append(line_of(lines, at, definitions))
        at += 1
    return with_underlined(found)


def definitions_in(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.lstrip().startswith("[") and (found := DEFINITION.match(line)):
            yield found[1].strip().casefold(), found[2]


class Swallowed:
    """Where code, comments and scripts end, found once from the end of the file."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.ends = {end: nearest(lines, holds(end)) for _, end, _ in SWALLOWING}
        self.fences = {mark: longest_after(lines, mark) for mark in "`~"}
        # A tag that is not closed in its section is no block.
        self.headings = nearest(lines, lambda line: bool(ATX.match(line)))

    def from_line(self, at: int) -> tuple[int, str, str]:
        """Up to where the lines from `at` are swallowed (`at` itself if not), as what and why."""
        line = self.lines[at]
        if (fence := FENCE.match(line)) and self.fences[fence[1][0]][at + 1] >= len(fence[1]):
            return self.end_of_fence(at, fence[1]), "code", ""
        for begins, end, why in SWALLOWING:
            if begins.match(line) and (last := self.ends[end][at]) < len(self.lines):
                if last == at and end == "-->" and not line.rstrip().endswith(end):
                    return at, "", ""  # text goes on behind the comment
                if end == "-->" or last < self.headings[at]:
                    return last + 1, "gone", why
        return at, "", ""

    def end_of_fence(self, at: int, mark: str) -> int:
        at += 1
        while closing(self.lines[at], mark[0]) < len(mark):
            at += 1
        return at + 1


def nearest(lines: Sequence[str], wanted: Callable[[str], bool]) -> list[int]:
    """For each line the next one, from itself on, that is wanted."""
    found = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        found[at] = at if wanted(lines[at]) else found[at + 1]
    return found


def holds(end: str) -> Callable[[str], bool]:
    return lambda line: end in line.lower()


def longest_after(lines: Sequence[str], mark: str) -> list[int]:
    """For each line the longest fence of `mark` that closes there or later."""
    found = [0] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        found[at] = max(closing(lines[at], mark), found[at + 1])
    return found


def closing(line: str, mark: str) -> int:
    bare = line.strip()
    return len(bare) if len(bare) >= 3 and not bare.strip(mark) else 0


def line_of(lines: Sequence[str], at: int, definitions: Mapping[str, str]) -> Line:
    source, number = lines[at], at + 1
    if not source.strip():
        return Line(number, source, "blank")
    if RULE.fullmatch(source[:200]) and len(source) < 200:
        return Line(number, source, "rule")
    if source.lstrip().startswith("[") and DEFINITION.match(source):
        return Line(number, source, "gone", why="the address of a link, put where it is used")
    if heading := HTML_HEADING.match(source[:500]):
        return Line(number, source, "heading", title_of(source), level=int(heading[1]))
    if heading := ATX.match(source):
        title = title_of(source[heading.end() :].rstrip("# \t"))
        return Line(number, source, "heading", title, level=len(heading[1]))
    if "<summary" in source[:500].lower():
        return Line(number, source, "summary", plain(source[:1000]))
    text, notes = tidied(source, definitions) if len(source) <= MAX_LINE else (source, ())
    if not text.strip():
        return Line(number, source, "gone", why="; ".join(notes) or "layout only")
    return typed(number, source, text, notes, is_row(lines, at))


def title_of(source: str) -> str:
    words = plain(source[:2000])
    return words or attribute(source[:2000], "alt").replace("%20", " ")


def typed(number: int, source: str, text: str, notes: tuple[str, ...], row: bool) -> Line:
    if row:
        return Line(number, source, "row", text.strip(), notes=notes)
    if quote := QUOTE.match(text):
        return Line(number, source, "quote", text[quote.end() :], notes=notes)
    expanded = text.expandtabs(4)
    indent = len(expanded) - len(expanded.lstrip())
    if item := ITEM.match(text):
        ordered = text[len(item[1])].isdigit()
        words = text[item.end() :].rstrip()
        return Line(number, source, "item", words, indent, notes=notes, ordered=ordered)
    return Line(number, source, "text", text.strip(), indent, notes=notes)


def is_row(lines: Sequence[str], at: int) -> bool:
    """Whether the line belongs to a table: it has bars, and bars are around it."""
    if "|" not in lines[at]:
        return False
    if lines[at].lstrip().startswith("|") and lines[at].count("|") > 1:
        return True
    around = [*lines[max(0, at - 1) : at + 2]]
    return any(is_delimiter(one) for one in around)


def is_delimiter(line: str) -> bool:
    """Whether it is the `|---|:--|` below the head of a table."""
    return "|" in line and "-" in line and not line.strip(" \t|:-")


def with_underlined(found: list[Line]) -> list[Line]:
    """A line of text that stands alone and is underlined is a heading, too."""
    for at in range(len(found) - 1):
        line, below = found[at], found[at + 1]
        alone = at == 0 or found[at - 1].kind in {"blank", "rule", "gone", "heading"}
        if line.kind == "text" and alone and len(line.text) < 200 and (level := underline(below)):
            found[at] = Line(line.number, line.source, "heading", plain(line.text), level=level)
            found[at + 1] = Line(below.number, below.source, "gone", why="underlines a heading")
    return found


def underline(below: Line) -> int:
    bare = below.source.strip()
    if len(bare) < 3 or below.source.startswith("    "):
        return 0
    return 1 if not bare.strip("=") else 2 if not bare.strip("-") else 0


def has_address(text: str) -> bool:
    return "](" in text or bool(BARE.search(text))
