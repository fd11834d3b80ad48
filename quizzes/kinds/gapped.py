"""A line of Markdown with gaps such as [[a]], cut there before it is rendered.

Each piece is rendered by itself, so whatever a gap holds never meets the renderer.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from courses.markdown import MarkdownError, render_inline
from quizzes.kinds.payload import Path, PayloadError

GAP = re.compile(r"\[\[([a-z0-9-]{1,20})\]\]")
# Stands at both ends of a piece while it is rendered: keeps the spaces there, and what would
# begin a list or a quotation at the start of a line. No letter to Markdown, seen by nobody.
GUARD = "\u2060"


def cut(source: str) -> tuple[list[str], list[str]]:
    """The pieces of `source`, and between each two of them the name of a gap."""
    found = GAP.split(re.sub(r"\s+", " ", source).replace(GUARD, "").strip())
    return found[::2], found[1::2]


def render_piece(piece: str) -> str:
    """As `render_inline`, with the spaces around it. Raises MarkdownError."""
    return render_inline(f"{GUARD}{piece}{GUARD}").replace(GUARD, "")


def check_pieces(pieces: Sequence[str], path: Path) -> None:
    """Raise PayloadError where Markdown is broken, or a mark of it spans a gap."""
    try:
        whole = render_inline(GUARD + (2 * GUARD).join(pieces) + GUARD).replace(GUARD, "")
        apart = "".join(render_piece(piece) for piece in pieces)
    except MarkdownError as error:
        raise PayloadError(path, str(error)) from error
    if whole != apart:
        raise PayloadError(
            path, _("A mark such as * or $ begins before a gap and ends behind it. End it before.")
        )
