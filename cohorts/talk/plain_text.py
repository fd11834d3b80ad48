"""What learners write for each other, as safe HTML: plain text with code and links, no more.

Pure and total: every text comes out, in time linear in its length, and with no other tags than
p, br, pre, code and a. Three backticks on a line of their own begin and end a block of code;
`single ones` stand around code in a line; addresses of http and https become links.
"""

import re
from collections.abc import Iterator
from html import escape
from unicodedata import category

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_CHARACTERS = 5000
MOST_LINES = 300

FENCE = re.compile(r"```[\w+#.-]{0,20}\s*$")
# Each alternative ends where the next search begins, so that no character is looked at twice.
CODE_OR_LINK = re.compile(
    r"`(?P<code>[^`]+)`|(?P<link>\b[hH][tT][tT][pP][sS]?://[^\s\x00-\x1f\x7f<>\"'`]+)"
)
# Where it stands at the end of an address, it belongs to the sentence.
AFTER_LINK = ".,;:!?*_"
# Characters that turn the direction of what follows, beyond the text that holds them.
TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
UNREADABLE = gettext_lazy("It holds characters that cannot be shown. Type it again here.")


class PlainTextError(ValueError):
    """A text is too long, or holds what nobody can read; the message is for its writer."""


def render(text: str) -> str:
    """`text` as HTML, to be put into a page as it is."""
    return "".join(blocks(lines_of(text)))


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def blocks(lines: list[str]) -> Iterator[str]:
    """Paragraphs and blocks of code; a block that nothing ends goes to the end of the text."""
    gathered: list[str] = []
    fenced = False
    for line in lines:
        if fenced and line.strip() == "```":
            yield code_block(gathered)
        elif not fenced and FENCE.match(line):
            yield paragraph(gathered)
        elif not fenced and not line.strip():
            yield paragraph(gathered)
            gathered = []
            continue
        else:
            gathered.append(line)
            continue
        fenced, gathered = not fenced, []
    yield code_block(gathered) if fenced else paragraph(gathered)


def code_block(lines: list[str]) -> str:
    # Long lines scroll: the block can be reached by keyboard.
    return f'<pre tabindex="0"><code>{escape(chr(10).join(lines))}</code></pre>'


def paragraph(lines: list[str]) -> str:
    if not lines:
        return ""
    return f'<p dir="auto">{"<br>".join(inline(line) for line in lines)}</p>'


def inline(line: str) -> str:
    html: list[str] = []
    at = 0
    for found in CODE_OR_LINK.finditer(line):
        html.append(escape(line[at : found.start()]))
        code = found["code"]
        html.append(link(found["link"]) if code is None else f"<code>{escape(code)}</code>")
        at = found.end()
    html.append(escape(line[at:]))
    return "".join(html)


def link(address: str) -> str:
    address, rest = without_end(address)
    if address.endswith("//"):
        return escape(address + rest)
    shown = escape(address)
    return f'<a href="{shown}" rel="nofollow ugc noopener">{shown}</a>{escape(rest)}'


def without_end(address: str) -> tuple[str, str]:
    """An address and what of its end belongs to the sentence: a full stop, a bracket of it."""
    extra = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in AFTER_LINK or (address[end - 1] == ")" and extra > 0)):
        extra -= address[end - 1] == ")"
        end -= 1
    return address[:end], address[end:]


def cleaned(text: str) -> str:
    """`text` with one kind of line end, without characters that turn its direction.

    Raises PlainTextError for control characters, and beyond the bounds.
    """
    text = without_turns(text)
    lines = [line.rstrip() for line in lines_of(text)]
    text = "\n".join(lines).strip("\n")
    if has_controls(text):
        raise PlainTextError(UNREADABLE)
    if len(text) > MOST_CHARACTERS:
        message = _("Keep it to %(most)d characters: it has %(number)d.")
        raise PlainTextError(message % {"most": MOST_CHARACTERS, "number": len(text)})
    if len(lines) > MOST_LINES:
        message = _("Keep it to %(most)d lines: it has %(number)d.")
        raise PlainTextError(message % {"most": MOST_LINES, "number": len(lines)})
    return text


def without_turns(text: str) -> str:
    return text.translate(TURNS)


def has_controls(text: str) -> bool:
    """Other than line ends and tabs."""
    return any(category(one) in {"Cc", "Cs"} and one not in "\r\n\t" for one in text)
