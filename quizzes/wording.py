"""The Markdown of a question version as HTML, kept under its digest: versions never change.

Its code says its language only: whether it runs may be what is asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from courses import markdown
from courses.pages.shared import Shelf
from quizzes.kinds import KINDS
from quizzes.kinds.gapped import render_piece
from quizzes.models import QuestionVersion

# In this process: out of the cache framework each would be copied at every reading.
wordings = Shelf(2000)


@dataclass(frozen=True, slots=True)
class Wording:
    """Safe HTML: the prompt, the explanation, and each text of the payload by its source."""

    prompt: SafeString
    explanation: SafeString
    texts: dict[str, SafeString]


def words_of(versions: Iterable[QuestionVersion]) -> dict[int, Wording]:
    """The wording of each version by its id, rendered where this process has not met it."""
    return {version.pk: wording_of(version) for version in versions}


def wording_of(version: QuestionVersion) -> Wording:
    key = (markdown.VERSION, version.digest)
    kept: Wording | None = wordings.get(key)
    if kept is None:
        kept = put_in_words(version)
        wordings.put(key, kept)
    return kept


def put_in_words(version: QuestionVersion) -> Wording:
    kind = KINDS[version.kind]
    return Wording(
        prompt=in_line(version.prompt),
        explanation=as_block(version.explanation),
        texts={source: in_line(source) for source in kind.sources(version.payload)}
        | {source: as_block(source) for source in kind.blocks(version.payload)}
        | {source: to_html(source, render_piece) for source in kind.pieces(version.payload)},
    )


def in_line(source: str) -> SafeString:
    return to_html(source, lambda text: markdown.render_inline(text, marks=False))


def as_block(source: str) -> SafeString:
    return to_html(source, lambda text: markdown.render(text, marks=False).html)


def to_html(source: str, render: Callable[[str], str]) -> SafeString:
    """What was once asked must stay readable, whatever bounds the renderer sets later."""
    try:
        return mark_safe(render(source))  # noqa: S308  (from the one renderer)
    except markdown.MarkdownError:
        return escape(source)
