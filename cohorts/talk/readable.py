"""Markdown as text that is read as it stands, in a mail."""

import re

LINK = re.compile(r"!?\[([^\[\]\n]{1,300})\]\((https?://[^\s()]{1,500})\)")
AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,500})>")
STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1")
HEADING = re.compile(r"#{1,6}\s+")
FENCE = re.compile(r"\s{0,3}(```|~~~)")


def readable(source: str) -> str:
    """Pure. Links with their address behind them, headings and bold text without marks; code, lists
    and quotes as they were written."""
    lines: list[str] = []
    fenced = False
    for line in source.splitlines():
        if FENCE.match(line):
            fenced = not fenced
            continue
        lines.append(f"    {line}" if fenced else in_words(line))
    return "\n".join(lines).strip("\n")


def in_words(line: str) -> str:
    line = HEADING.sub("", line, count=1) if line.startswith("#") else line
    line = LINK.sub(r"\1 (\2)", line)
    return STRONG.sub(r"\2", AUTOLINK.sub(r"\1", line))
