"""Lines of a README as one text that our renderer shows: lists apart, nested by four columns."""

import re
from dataclasses import dataclass, field

from courses.markdown import MarkdownError, render
from courses.markup.limits import MAX_LENGTH, check_limits

LONGEST = MAX_LENGTH - 2_000
LONGEST_LINE = 4_000
DEEPEST = 6
# Formulas; what only looks like one must be told before it is stored.
RISKY = re.compile(r"\$|\\[(\[]")
UNREADABLE = "our renderer cannot read it as Markdown: it is shown as it was written"
CUT = "the text is longer than a section may be: the rest is left out"
DOLLARS = "dollar signs are meant as such, and not as formulas"


@dataclass(slots=True)
class Piece:
    """One line of a text: `kind` is text, item, code, row or blank; `indent` in columns."""

    kind: str
    text: str
    indent: int = 0
    ordered: bool = False


@dataclass(slots=True)
class Text:
    """A text that grows line by line; `lines` are their numbers in the README."""

    pieces: list[Piece] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, number: int, piece: Piece) -> None:
        self.pieces.append(piece)
        self.lines.append(number)

    def blank(self) -> None:
        if self.pieces and self.pieces[-1].kind != "blank":
            self.pieces.append(Piece("blank", ""))

    def __bool__(self) -> bool:
        return any(piece.text.strip() for piece in self.pieces)

    def markdown(self) -> str:
        """The text, ending with a line break; what had to be done is in `notes`."""
        text, self.notes = fitted("\n".join(laid_out(self.pieces)).strip("\n"))
        return text.strip("\n") + "\n" if text.strip() else ""


def laid_out(pieces: list[Piece]) -> list[str]:
    """Lines with an empty one wherever a list, a table or code begins or ends."""
    lines: list[str] = []
    levels: list[int] = []
    before = "blank"
    for piece in pieces:
        if piece.kind == "blank":
            lines.append("")
        else:
            nested = piece.kind == "item" and bool(levels) and piece.indent > 0
            if before not in {"blank", piece.kind} and not nested and not continues(piece, before):
                lines.append("")
            lines.append(indented(piece, levels))
        before = piece.kind
    return lines


def continues(piece: Piece, before: str) -> bool:
    return piece.kind == "text" and before == "item" and piece.indent > 0


def indented(piece: Piece, levels: list[int]) -> str:
    """The line at four columns for each level of the list that it is in."""
    if piece.kind == "code":
        return piece.text
    if piece.kind != "item":
        if not piece.indent:
            levels.clear()
        depth = min(len(levels), DEEPEST) if piece.indent else 0
        return " " * 4 * depth + piece.text
    while levels and levels[-1] >= piece.indent:
        levels.pop()
    depth = min(len(levels), DEEPEST)
    levels.append(piece.indent)
    return " " * 4 * depth + ("1. " if piece.ordered else "- ") + piece.text


def fitted(text: str) -> tuple[str, list[str]]:
    """`text` as our renderer takes it, and what was done for that, in words."""
    notes: list[str] = []
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit("\n", 1)[0]
        notes.append(CUT)
    if is_readable(text):
        return text, notes
    escaped = re.sub(r"(?<!\\)\$", r"\\$", text)
    if escaped != text and is_readable(escaped):
        return escaped, [*notes, DOLLARS]
    return as_code(text), [*notes, UNREADABLE]


def is_readable(text: str) -> bool:
    """Whether it can be shown. Rendering is tried only where more than its bounds can refuse it."""
    try:
        check_limits(text)
        if RISKY.search(text) or text.count("[") > 50 or text.count(">") > 50:
            render(text, strict=True)
    except MarkdownError:
        return False
    return True


def as_code(text: str) -> str:
    """The very letters, in lines of a bearable length."""
    lines = [
        line[start : start + LONGEST_LINE]
        for line in text.replace("`", "'").replace("~", "-").split("\n")
        for start in range(0, max(1, len(line)), LONGEST_LINE)
    ]
    return "\n".join(["```text", *lines, "```"])
