"""What was changed on both sides, in words for a terminal."""

from collections.abc import Iterator

from courses.changes.comparing import Difference, compare
from courses.changes.words import Piece, words
from courses.content.normal import Document
from courses.content.sides import Standing

# How much of an unchanged text stands around a change, and how much is shown at all.
AROUND = 40
MOST = 12


def told(conflicts: list[Standing]) -> str:
    """Both sides of every file of `conflicts`, a paragraph each."""
    return "\n".join("\n".join(lines_of(one)) for one in conflicts)


def lines_of(conflict: Standing) -> Iterator[str]:
    yield conflict.name
    if conflict.base is None:
        yield "  from here to the file (what was loaded before is not known):"
        yield from changed(conflict.here, conflict.file)
        return
    if conflict.here == conflict.base:
        yield "  changed here, and the file is as it was before:"
        known = conflict.file is not None
        yield from changed(conflict.file, conflict.here) if known else ["    it is new."]
        return
    yield "  changed here:"
    yield from changed(conflict.base, conflict.here)
    yield "  changed in the file:"
    yield from changed(conflict.base, conflict.file)


def changed(before: Document | None, after: Document | None) -> Iterator[str]:
    if after is None:
        yield "    it is gone."
        return
    found = compare(before or {}, after)
    for difference in found[:MOST]:
        yield f"    {difference.label}: {excerpt(difference)}"
    if len(found) > MOST:
        yield f"    and {len(found) - MOST} more."


def excerpt(difference: Difference) -> str:
    """The changed words in their surroundings: [-gone-] and {+new+}."""
    if difference.kind == "moved":
        return f"moved from {difference.before} to {difference.after}"
    pieces = words(difference.before, difference.after)
    text = "".join(shown(piece, at, len(pieces)) for at, piece in enumerate(pieces))
    return " ".join(text.split())[: 10 * AROUND]


def shown(piece: Piece, at: int, number: int) -> str:
    if piece.kind == "removed":
        return f"[-{piece.text}-]"
    if piece.kind == "added":
        return f"{{+{piece.text}+}}"
    if len(piece.text) <= 2 * AROUND:
        return piece.text
    head = piece.text[:AROUND] if at else ""
    tail = piece.text[-AROUND:] if at < number - 1 else ""
    return f"{head}…{tail}"
