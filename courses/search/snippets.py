"""What is shown of a find: escaped text with `<mark>` around the words that were looked for."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from courses.search.query import WORD, fold
from courses.search.statements import START, STOP

LENGTH = 220
BEFORE = 60
MARKERS = re.compile(f"[{START}{STOP}]")

Span = tuple[int, int]


def highlighted(text: str, marked: str, prefix: str) -> SafeString:
    return html_of(text, spans_of(text, marked, prefix))


def snippet(text: str, marked: str, prefix: str) -> SafeString:
    """About `LENGTH` characters of `text`, from where most of the marks are."""
    spans = spans_of(text, marked, prefix)
    start = densest(spans)
    start = 0 if start <= BEFORE else beginning_of_word(text, start - BEFORE)
    end = len(text)
    if end > start + LENGTH:
        end = max(text.rfind(" ", start, start + LENGTH), start + LENGTH // 2)
    inside = [(left - start, right - start) for left, right in spans if start <= left < end]
    html = html_of(text[start:end], inside)
    return mark_safe(("… " if start else "") + html + (" …" if end < len(text) else ""))  # noqa: S308


def spans_of(text: str, marked: str, prefix: str) -> list[Span]:
    """Where in `text` the database put marks, and where words begin with `prefix`.

    `marked` is `text` with marks, letter for letter, or it is not believed: a text that holds
    marks of its own comes out without any.
    """
    spans: list[Span] = []
    start = None
    removed = 0
    for found in MARKERS.finditer(marked):
        place = found.start() - removed
        removed += 1
        if found[0] == START and start is None:
            start = place
        elif found[0] == STOP and start is not None:
            spans.append((start, place))
            start = None
    if len(marked) - removed != len(text):
        spans = []
    if prefix:
        words = WORD.finditer(text)
        spans += [word.span() for word in words if fold(word[0]).lower().startswith(prefix)]
    return merged(spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    result: list[Span] = []
    for left, right in sorted(spans):
        # One letter apart, which is no letter of a word: one mark for both.
        if result and left <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(right, result[-1][1]))
        elif left < right:
            result.append((left, right))
    return result


def densest(spans: list[Span]) -> int:
    """The start of the span that most others follow within a snippet's length."""
    best = most = last = 0
    for first, (left, _) in enumerate(spans):
        last = max(last, first)
        while last < len(spans) and spans[last][1] <= left + LENGTH - BEFORE:
            last += 1
        if last - first > most:
            best, most = left, last - first
    return best


def beginning_of_word(text: str, place: int) -> int:
    blank = text.find(" ", place - 1, place + BEFORE)
    return place if blank < 0 else blank + 1


def html_of(text: str, spans: list[Span]) -> SafeString:
    parts, done = [], 0
    for left, right in spans:
        parts += [escape(text[done:left]), "<mark>", escape(text[left:right]), "</mark>"]
        done = right
    return mark_safe(MARKERS.sub("", "".join([*parts, escape(text[done:])])))  # noqa: S308
