"""Two texts, word by word. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from courses.changes.aligning import Step, align, joined, readable

# “left” stands for what is the same and left out.
Kind = Literal["same", "added", "removed", "left"]
SECONDS = 0.2
# A word; a sign of a script that has no spaces between words; a run of space; any other sign.
IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(
    rf"[{IDEOGRAPH}]|(?:(?![{IDEOGRAPH}])\w)[^\W{IDEOGRAPH}]*(?:['’](?![{IDEOGRAPH}])\w+)*[\u0300-\u036f]*"
    r"|\n+|[^\S\n]+|."
)
WORD = re.compile(rf"[{IDEOGRAPH}]|[^\W_{IDEOGRAPH}]+(?:['’.,][^\W_{IDEOGRAPH}]+)*")
LINE = re.compile(r"[^\n]*\n+|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that lead from `before` to `after`, what was removed ahead of what was added.

    The same and the removed joined are `before`, the same and the added `after`. Lines are
    compared first, and words where lines differ; at most about half a second for what forms allow.
    """
    old, new = LINE.findall(before), LINE.findall(after)
    a_character = SECONDS / max(1, len(before) + len(after))
    pieces: list[Piece] = []
    for step in align(old, new, SECONDS):
        texts = "".join(old[i] for i in step.before), "".join(new[j] for j in step.after)
        pieces += [Piece("same", texts[0])] if step.same else words_of_change(*texts, a_character)
    return tuple(merged(pieces))


def folded(pieces: Iterable[Piece], around: int = 160) -> Iterator[Piece]:
    """`pieces` with about `around` characters of what is the same beside each change.

    The rest is left out where it is long; it ends and begins at a line or, in long ones, a space.
    """
    listed = list(pieces)
    for at, piece in enumerate(listed):
        before = around if at else 0
        after = around if at < len(listed) - 1 else 0
        if piece.kind != "same" or len(piece.text) <= before + after + around:
            yield piece
            continue
        if before:
            yield Piece("same", cut(piece.text[:before]))
        yield Piece("left", "")
        if after:
            yield Piece("same", cut(piece.text[-after:][::-1])[::-1])


def cut(text: str) -> str:
    """`text` up to its last line end in the second half, or else its last space there."""
    half = len(text) // 2
    found = max(text.rfind("\n", half), 0) or max(text.rfind(" ", half), 0)
    return text[:found] if found else text


def words_of_change(before: str, after: str, a_character: float) -> Iterator[Piece]:
    """`a_character` is how many seconds each may take."""
    old, new = tokens(before), tokens(after)
    steps = align(old, new, a_character * (len(before) + len(after)))
    steps = readable(steps, lambda i: weight(old[i]), lambda j: weight(new[j]))
    for step in joined(steps):
        yield from pieces_of(step, old, new)


def pieces_of(step: Step, old: list[str], new: list[str]) -> Iterator[Piece]:
    before, after = "".join(old[i] for i in step.before), "".join(new[j] for j in step.after)
    if step.same:
        yield Piece("same", before)
        return
    if before:
        yield Piece("removed", before)
    if after:
        yield Piece("added", after)


def merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """With one piece for neighbours of the same kind."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def tokens(text: str) -> list[str]:
    """`text` in words, spaces and signs; joined they are `text`."""
    return TOKEN.findall(text)


def weight(token: str) -> int:
    """How much there is to read in a token: its length, or 0 for space and signs."""
    return len(token) if WORD.match(token) else 0


def number_of_words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))
