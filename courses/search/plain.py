"""Markdown without its marks: what a search index reads and a snippet shows."""

import re
import unicodedata
from html import unescape

# Every pattern takes time in proportion to the text: what repeats is possessive or bounded.
FENCED = re.compile(
    r"^ {0,12}(`{3,}+|~{3,}+)[^\n]*+\n(.*?)(?:^ {0,12}\1[`~]*[ \t]*$|\Z)", re.M | re.S
)
CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^\n]{1,300}?)(?<!`)\1(?!`)")
LINE_MARKS = [
    (re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M), ""),
    (re.compile(r"^[ \t]*(?:#{1,6}|[-*+]|\d{1,3}[.)])[ \t]+", re.M), ""),
    (re.compile(r"^:::(?:note|tip|caution)?", re.M), ""),
    (re.compile(r"^\[[^\]\n]+\]:[ \t]+https?:\S*.*$", re.M), ""),
    (re.compile(r"^\[\^[^\]\n]+\]:", re.M), ""),
    (re.compile(r"^[ \t]*+\|?[ \t]*+:?-{2,}+[-:| \t]*+$", re.M), ""),
    (re.compile(r"^[ \t]*\||\|[ \t]*$", re.M), ""),
    (re.compile(r"[ \t]\|[ \t]"), " "),
]
# [text](address "title"), the address with a pair of brackets at most, or [text][name]; images too.
LINK = re.compile(
    r"!?\[([^\[\]\n]*(?:\n[^\[\]\n]+)?)\]"
    r"(?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?: \"[^\"\n]*\")?\)|\[[^\]\n]*\])"
)
INLINE_MARKS = [
    (re.compile(r"\$\$.+?\$\$", re.S), " "),
    (re.compile(r"(?<![\\$\w])\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?!\w)"), r"\1"),
    (re.compile(r"\\times\b"), "×"),
    (re.compile(r"\\(?:[a-zA-Z]+|[,;: ])"), " "),
    (re.compile(r"\{([^{}\n]*)\}"), r"\1"),
    (re.compile(r"\[\^[^\[\]\n]+\]"), ""),
    (LINK, r"\1"),
    (re.compile(r"<(?:https?|mailto):[^>\s]*>"), ""),
    (re.compile(r"(?<![\\*\w])(\*{1,3})(?=\S)([^*]+?)(?<=\S)\1(?![*\w])"), r"\2"),
    (re.compile(r"(?<![\\_\w])(_{1,3})(?=\S)([^_]+?)(?<=\S)\1(?![_\w])"), r"\2"),
    (re.compile(r"\\([^\w\s])"), r"\1"),
]
BLANKS = re.compile(r"[\s\x00-\x1f\x7f\ue000-\uf8ff]+")


def plain_text(source: str) -> str:
    """`source` on one line: its words and code without Markdown, its formulas simplified."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[2])
        return f"\ue000{len(kept) - 1}\ue001"

    text = source.replace("\ue000", " ").replace("\ue001", " ")
    text = CODE.sub(keep, FENCED.sub(keep, text))
    for pattern, instead in [*LINE_MARKS, *INLINE_MARKS]:
        text = pattern.sub(instead, text)
    text = re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], unescape(text))
    return one_line(text)


def one_line(text: str) -> str:
    """`text` with single blanks, composed letters, and none of the characters that mark finds."""
    return BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
