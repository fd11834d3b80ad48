"""What a text of the editor's form looks like on the reader's page. Pure.

The HTML comes from the page's own renderer and templates, so that a preview is the page's HTML to
the letter. It is not cached: nearly every text between two keystrokes is seen once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from courses.editor.counting import minutes_for, words_in
from courses.markdown import MarkdownError, render, render_inline
from courses.pages.lesson import Section
from courses.rows import SectionRow


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where it stands: `prefix` goes before its anchors, the rest is a section's."""

    source: str
    shape: str
    prefix: str = ""
    name: str = ""
    place: int = 1
    all: int = 1


@dataclass(frozen=True, slots=True)
class Preview:
    """`html` is None where there is nothing to show; `line`, from 1, is where the problem is."""

    html: str | None
    words: int
    minutes: int
    problem: str
    line: int | None


def preview(text: Text) -> Preview:
    """`text` as readers get it, or what is wrong with it in words; never raises."""
    problem = problem_in(text.source)
    words = words_in(text.source)
    return Preview(
        html=html_or_none(text),
        words=words,
        minutes=minutes_for(words),
        problem=str(problem or ""),
        line=problem.line if problem else None,
    )


def problem_in(source: str) -> MarkdownError | None:
    """What saving would refuse."""
    try:
        render(source, strict=True)
    except MarkdownError as error:
        return error
    return None


def html_or_none(text: Text) -> str | None:
    try:
        return SHAPES[text.shape](text)
    except MarkdownError:
        return None


def block(text: Text) -> str:
    return render(text.source, prefix=text.prefix).html


def section(text: Text) -> str:
    """With its heading, once it has a name."""
    html = block(text)
    if not text.name:
        return html
    shown = Section(0, text.prefix, text.name, "", mark_safe(html))  # noqa: S308  (rendered)
    row = SectionRow(shown, text.place, text.all, personal=False, ticked=False)
    return render_to_string("courses/_section.html", {"row": row})


def inline(text: Text) -> str:
    return render_inline(text.source)


def question(text: Text) -> str:
    """As quizzes ask it: whether its code runs is not said."""
    return render_inline(text.source, marks=False)


SHAPES: dict[str, Callable[[Text], str]] = {
    "section": section,
    "introduction": block,
    "note": inline,
    "fact": block,
    "prompt": question,
}
