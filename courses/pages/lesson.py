"""A lesson as every reader sees it.

These objects are equal only to themselves, which makes them quick keys of rendered parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from courses.content.documents import Document
from courses.glossary.page import glossary_of
from courses.glossary.sections import with_links
from courses.links.health import archive_url, dead_among
from courses.markdown import render_inline, rendered
from courses.models import Concept, Lesson, Notebook, Reference, Status
from courses.pages.shared import kept

ICONS = {
    Reference.Kind.VIDEO: "video",
    Reference.Kind.ARTICLE: "newspaper",
    Reference.Kind.PAPER: "file-text",
    Reference.Kind.DOCUMENTATION: "book-marked",
    Reference.Kind.COURSE: "graduation-cap",
    Reference.Kind.BOOK: "book-open",
    Reference.Kind.REPOSITORY: "git-branch",
    Reference.Kind.TOOL: "wrench",
    Reference.Kind.LEADERBOARD: "list",
}


HEADINGS = {
    Reference.Kind.VIDEO: _("Videos"),
    Reference.Kind.ARTICLE: _("Articles"),
    Reference.Kind.PAPER: _("Papers"),
    Reference.Kind.DOCUMENTATION: _("Documentation"),
    Reference.Kind.COURSE: _("Courses"),
    Reference.Kind.BOOK: _("Books"),
    Reference.Kind.REPOSITORY: _("Repositories"),
    Reference.Kind.TOOL: _("Tools"),
    Reference.Kind.LEADERBOARD: _("Leaderboards"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One concept on the lesson's page."""

    id: int
    slug: str
    name: str
    claim: str
    html: SafeString


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceLine:
    id: int
    title: str
    url: str
    author: str
    author_url: str
    note: SafeString
    # Where the address is dead: since when, and where to look instead.
    dead_since: date | None
    archive_url: str


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceGroup:
    heading: str
    icon: str
    references: tuple[ReferenceLine, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NotebookLine:
    title: str
    description: str
    colab: str
    article: str


@dataclass(frozen=True, slots=True, eq=False)
class Neighbour:
    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True, eq=False)
class LessonPage:
    id: int
    course_id: int
    course: str
    course_title: str
    track_id: int
    track: str
    track_title: str
    track_url: str
    slug: str
    title: str
    url: str
    number: int
    summary: str
    minutes: int
    version: int
    updated_at: datetime
    draft: bool
    quiz_required: bool
    introduction: SafeString
    sections: tuple[Section, ...]
    references: tuple[ReferenceGroup, ...]
    notebooks: tuple[NotebookLine, ...]
    outline: tuple[Neighbour, ...]
    previous: Neighbour | None
    next: Neighbour | None
    # The address of the course's glossary, where it has terms.
    glossary: str = ""

    @property
    def reference_ids(self) -> list[int]:
        return [line.id for group in self.references for line in group.references]


def lesson_page(course: str, track: str, slug: str, now: datetime) -> LessonPage | None:
    """The published lesson at this address, from the cache when its content is known."""

    def make() -> LessonPage | None:
        lesson = at_address(course, track, slug)
        published = Lesson.objects.published(now).filter(pk=lesson.pk) if lesson else None
        there = lesson and published and published.exists()
        return linked_page(build(lesson, now), now) if lesson and there else None

    return kept(course, f"lesson:{track}/{slug}", now, make)


def draft_page(course: str, track: str, slug: str, now: datetime) -> LessonPage | None:
    """The lesson at this address as an editor may see it before it is published."""
    lesson = at_address(course, track, slug)
    if lesson is None or lesson.status == Status.ARCHIVED or lesson.track.archived:
        return None
    return linked_page(build(lesson, now), now)


def at_address(course: str, track: str, slug: str) -> Lesson | None:
    return (
        Lesson.objects.filter(track__course__slug=course, track__slug=track, slug=slug)
        .select_related("track__course")
        .prefetch_related("concepts", "references", "notebooks")
        .first()
    )


def build(lesson: Lesson, now: datetime) -> LessonPage:
    track = lesson.track
    outline = outline_of(lesson, now)
    place = next((i for i, item in enumerate(outline) if item.id == lesson.pk), len(outline))
    return LessonPage(
        id=lesson.pk,
        course_id=track.course_id,
        course=track.course.slug,
        course_title=track.course.title,
        track_id=track.pk,
        track=track.slug,
        track_title=track.title,
        track_url=track.get_absolute_url(),
        slug=lesson.slug,
        title=lesson.title,
        url=lesson.get_absolute_url(),
        number=place + 1,
        summary=lesson.summary,
        minutes=lesson.minutes,
        version=lesson.version,
        updated_at=lesson.updated_at,
        draft=lesson.status != Status.PUBLISHED,
        quiz_required=lesson.quiz_required,
        introduction=introduction(lesson.introduction),
        sections=tuple(
            section(concept) for concept in lesson.concepts.all() if not concept.archived
        ),
        references=tuple(groups(one for one in lesson.references.all() if not one.archived)),
        notebooks=tuple(
            line(notebook) for notebook in lesson.notebooks.all() if not notebook.archived
        ),
        outline=outline,
        previous=outline[place - 1] if 0 < place < len(outline) else None,
        next=outline[place + 1] if place + 1 < len(outline) else None,
    )


def linked_page(page: LessonPage, now: datetime) -> LessonPage:
    """With links from its texts to the glossary."""
    glossary = glossary_of(page.course, now)
    if not glossary.entries:
        return page
    introduction, sections = with_links(glossary, page.id, page.introduction, page.sections)
    return replace(page, introduction=introduction, sections=sections, glossary=glossary.url)


def page_of_document(lesson: Lesson, data: Document, now: datetime) -> LessonPage:
    """The page that the lesson would have if its document were `data`; nothing of it is kept.

    What the lesson does not have yet, a concept or a reference, has the id 0.
    """
    concepts = {concept.slug: concept.pk for concept in lesson.concepts.all()}
    references = {reference.url: reference.pk for reference in lesson.references.all()}
    page = replace(
        build(lesson, now),
        title=data.get("title", ""),
        summary=data.get("summary", ""),
        minutes=data.get("minutes", lesson.minutes),
        draft=True,
        quiz_required=data.get("quiz_required", True),
        introduction=introduction(data.get("introduction", "")),
        sections=tuple(
            section(concept_of(row, concepts.get(row["slug"], 0)))
            for row in data.get("concepts") or ()
        ),
        references=tuple(
            groups(
                Reference(pk=references.get(row["url"], 0), **row)
                for row in data.get("references") or ()
            )
        ),
    )
    return linked_page(page, now)


def concept_of(row: Document, pk: int) -> Concept:
    return Concept(
        pk=pk,
        slug=row["slug"],
        name=row["name"],
        claim=row.get("claim", ""),
        body=row.get("body", ""),
    )


def introduction(source: str) -> SafeString:
    return mark_safe(rendered(source, prefix="introduction").html)  # noqa: S308


def outline_of(lesson: Lesson, now: datetime) -> tuple[Neighbour, ...]:
    lessons = Lesson.objects.published(now).filter(track=lesson.track_id).in_order()
    return tuple(
        Neighbour(other.pk, other.title, other.get_absolute_url())
        for other in lessons.select_related("track__course")
    )


def section(concept: Concept) -> Section:
    html = rendered(concept.body, prefix=concept.slug).html
    return Section(concept.pk, concept.slug, concept.name, concept.claim, mark_safe(html))  # noqa: S308


def groups(references: Iterable[Reference]) -> Iterable[ReferenceGroup]:
    """References by kind, in the order in which each kind first appears."""
    by_kind: dict[str, list[ReferenceLine]] = {}
    listed = list(references)
    dead = dead_among([reference.url for reference in listed])
    for reference in listed:
        link = dead.get(reference.url)
        by_kind.setdefault(reference.kind, []).append(
            ReferenceLine(
                reference.pk,
                reference.title,
                reference.url,
                reference.author,
                reference.author_url,
                mark_safe(render_inline(reference.note)),  # noqa: S308
                link.failing_since if link else None,
                archive_url(reference.url) if link else "",
            )
        )
    for kind, lines in by_kind.items():
        known = Reference.Kind(kind)
        yield ReferenceGroup(str(HEADINGS[known]), ICONS[known], tuple(lines))


def line(notebook: Notebook) -> NotebookLine:
    return NotebookLine(notebook.title, notebook.description, notebook.colab, notebook.article)
