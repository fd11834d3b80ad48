"""One text as YAML, in the most readable way that says it exactly. Pure.

YAML 1.1, as PyYAML reads it: every way is chosen only for texts of which its rules lose nothing;
whatever else comes is written in double quotes, which say everything.
"""

import json
import re
import textwrap

WIDTH = 100
# No block and no plain text keeps these: other line breaks than one, what cannot be printed, the
# mark of byte order, half a surrogate pair.
ODD = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# Plain texts begin with nothing that begins something else in YAML,
PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<.+0-9][^\n\t]*")
# hold nothing that ends them,
ENDS = re.compile(r": |:$| #|[ ]$")
# and are none of its words for something else than a text.
WORDS = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null"})


def is_plain(text: str) -> bool:
    return (
        PLAIN.fullmatch(text) is not None
        and ENDS.search(text) is None
        and ODD.search(text) is None
        and text.lower() not in WORDS
    )


def line(text: str) -> str:
    """A text on one line: plain where that says it, else in quotes."""
    return text if is_plain(text) else quoted(text)


def quoted(text: str) -> str:
    """In quotes: single ones where double ones would need backslashes before signs."""
    signs = "\\" in text or '"' in text
    if signs and "\n" not in text and "\t" not in text and not ODD.search(text):
        doubled = text.replace("'", "''")
        return f"'{doubled}'"
    return inside_quotes(text)


def inside_quotes(text: str) -> str:
    """In double quotes on one line, which can say every text."""
    return ODD.sub(lambda found: escaped(found[0]), json.dumps(text, ensure_ascii=False))


def escaped(letter: str) -> str:
    code = ord(letter)
    if code < 0x100:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def literal(text: str, indent: str) -> str:
    """A block that keeps its lines: paragraphs of Markdown. `indent` is that of its lines."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    if not body or body[0] in " \t\n" or ODD.search(text):
        return inside_quotes(text)
    mark = {0: "|-", 1: "|"}.get(ends, "|+")
    lines = [f"{indent}{one}" if one else "" for one in body.split("\n")]
    return "\n".join([mark, *lines, *[""] * (ends - 1)])


def folded(text: str, indent: str) -> str:
    """A block whose lines are one paragraph, for a text of words with single spaces between."""
    if not text or ODD.search(text) or re.search(r"\s\s|^\s|\s$|[\t\n]", text):
        return inside_quotes(text)
    width = max(WIDTH - len(indent), 20)
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join([">-", *(f"{indent}{one}" for one in lines)])
