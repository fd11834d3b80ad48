"""Bounds that keep python-markdown away from inputs that it takes seconds or a stack for."""

import re
from collections.abc import Iterator

from courses.markup.errors import MarkdownError

MAX_LENGTH = 60_000
MAX_LINE = 8_000
MAX_DEPTH = 8
# A paragraph's inline patterns are tried from every opening mark on, so their cost grows with the
# square of the marks in one block.
MAX_MARKS_IN_BLOCK = 400
MAX_COST = 2_000_000
# Lists, headings and definitions are cut off the front of a block one by one, and the rest is
# copied each time.
MAX_LINES_IN_BLOCK = 1_000
MAX_BLOCKS = 3_000

FENCE = re.compile(r"^ {0,12}(`{3,}|~{3,})")
QUOTES = re.compile(r"^(?: {0,3}>)+")
MARKS = re.compile(r"[\[\]<*_`!$&\\]")


def check_limits(source: str) -> None:
    """Raise MarkdownError, with the line, where `source` is too long, too deep or too dense."""
    if len(source) > MAX_LENGTH:
        raise MarkdownError(
            f"The text has {len(source):,} characters; {MAX_LENGTH:,} is the most. Divide it."
        )
    marks = lines = blocks = cost = 0
    for number, line in lines_outside_code(source):
        check_depth(line, number)
        if line.strip():
            marks += len(MARKS.findall(line))
            lines += 1
        else:
            cost, blocks = cost + marks**2 + lines**2, blocks + 1
            marks = lines = 0
        if marks > MAX_MARKS_IN_BLOCK:
            raise MarkdownError(
                f"The paragraph has over {MAX_MARKS_IN_BLOCK} marks such as [ * _ `. "
                "Divide it with an empty line.",
                line=number,
            )
        if lines > MAX_LINES_IN_BLOCK:
            raise MarkdownError(
                f"Over {MAX_LINES_IN_BLOCK:,} lines stand together. Divide them with empty lines.",
                line=number,
            )
        if blocks > MAX_BLOCKS or cost > MAX_COST:
            raise MarkdownError("The text up to here is too much for one. Divide it.", line=number)


def lines_outside_code(source: str) -> Iterator[tuple[int, str]]:
    """The lines, from 1, that are not in fenced code, each of a bearable length.

    A fence that nothing closes is none: the lines after it are text, and come last.
    """
    fence = ""
    fenced: list[tuple[int, str]] = []
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise MarkdownError(f"The line is over {MAX_LINE:,} characters long.", line=number)
        if opened := FENCE.match(line):
            mark = opened[1]
            if not fence:
                fence, fenced = mark, []
            elif mark.startswith(fence) and not line.strip().strip(mark[0]):
                fence = ""
        if fence:
            fenced.append((number, line))
        else:
            yield number, line
    if fence:
        yield from fenced


def check_depth(line: str, number: int) -> None:
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    quotes = QUOTES.match(line.lstrip())
    depth = max(indent // 4, quotes[0].count(">") if quotes else 0, line[:40].count(">") // 2)
    if depth > MAX_DEPTH:
        raise MarkdownError(f"Lists and quotes nest {MAX_DEPTH} levels at most.", line=number)
