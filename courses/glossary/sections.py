"""The texts of a lesson's page with links to the glossary, and without them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from courses.glossary.linking import linked, unlinked
from courses.glossary.page import Glossary

if TYPE_CHECKING:
    from courses.pages.lesson import Section

Texts = tuple[SafeString, tuple["Section", ...]]


def with_links(
    glossary: Glossary, lesson: int, introduction: str, sections: Sequence["Section"]
) -> Texts:
    """The introduction and the sections of the lesson with this id, the first use of each term as
    a link. What is marked as gone has none."""
    # The introduction explains no concept.
    terms = glossary.linkables(lesson, ["", *(section.slug for section in sections)])
    texts = iter(linked([introduction, *(section.html for section in sections)], terms))
    return changed(introduction, sections, lambda html: next(texts))


def without_links(introduction: str, sections: Sequence["Section"]) -> Texts:
    return changed(introduction, sections, unlinked)


def changed(
    introduction: str, sections: Sequence["Section"], change: Callable[[str], str]
) -> Texts:
    """A section in which nothing changes stays the same object."""
    html = safe(change(introduction))
    texts = [(section, safe(change(section.html))) for section in sections]
    return html, tuple(
        section if text == section.html else replace(section, html=text) for section, text in texts
    )


def safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  (the renderer's, and links of ours)
