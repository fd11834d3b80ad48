"""The Markdown of a question version as HTML, kept under its digest: versions never change."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from courses import markdown
from quizzes.kinds import KINDS
from quizzes.kinds.gapped import render_piece
from quizzes.models import QuestionVersion

SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Wording:
    """Safe HTML: the prompt, the explanation, and each text of the payload by its source."""

    prompt: SafeString
    explanation: SafeString
    texts: dict[str, SafeString]


def words_of(versions: Collection[QuestionVersion]) -> dict[int, Wording]:
    """The wording of each version by its id, in one question to the cache."""
    keys = {version.pk: f"wording:{markdown.VERSION}:{version.digest}" for version in versions}
    found: dict[str, Wording] = cache.get_many(keys.values())
    missing = {
        keys[version.pk]: put_in_words(version)
        for version in versions
        if keys[version.pk] not in found
    }
    if missing:
        cache.set_many(missing, SECONDS)
    return {pk: found.get(key) or missing[key] for pk, key in keys.items()}


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
    return to_html(source, markdown.render_inline)


def as_block(source: str) -> SafeString:
    return to_html(source, lambda text: markdown.render(text).html)


def to_html(source: str, render: Callable[[str], str]) -> SafeString:
    """What was once asked must stay readable, whatever bounds the renderer sets later."""
    try:
        return mark_safe(render(source))  # noqa: S308  (from the one renderer)
    except markdown.MarkdownError:
        return escape(source)
