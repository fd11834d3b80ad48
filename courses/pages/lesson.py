"""A lesson as every reader sees it.

These objects are equal only to themselves, which makes them quick keys of rendered parts.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe

from courses.content.documents import PARTS, Document
from courses.glossary.page import glossary_of
from courses.glossary.sections import with_links
from courses.markdown import rendered
from courses.models import Concept, Lesson, Notebook, Reference, Status, Track
from courses.pages.learning import Exercise, FactLine, exercise, facts, outcomes
from courses.pages.needs import NeedLine, needs_of, needs_said
from courses.pages.references import ReferenceGroup, groups
from courses.pages.shared import kept


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One concept on the lesson's page."""

    id: int
    slug: str
    name: str
    claim: str
    html: SafeString
    needs: tuple[NeedLine, ...] = ()


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
    outcomes: tuple[SafeString, ...]
    introduction: SafeString
    sections: tuple[Section, ...]
    facts: tuple[FactLine, ...]
    exercise: Exercise | None
    references: tuple[ReferenceGroup, ...]
    notebooks: tuple[NotebookLine, ...]
    outline: tuple[Neighbour, ...]
    previous: Neighbour | None
    next: Neighbour | None
    # Behind the last lesson of a track, where the course goes on.
    next_track: Neighbour | None = None
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
        .prefetch_related(*PARTS, "notebooks")
        .first()
    )


def build(lesson: Lesson, now: datetime) -> LessonPage:
    track = lesson.track
    outline = outline_of(lesson, now)
    place = next((i for i, item in enumerate(outline) if item.id == lesson.pk), len(outline))
    concepts = [one for one in lesson.concepts.all() if not one.archived]
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
        outcomes=outcomes(lesson.outcomes),
        introduction=introduction(lesson.introduction),
        sections=tuple(
            section(one, needs_of(one, track.course.get_absolute_url(), now)) for one in concepts
        ),
        facts=facts(concepts),
        exercise=exercise(lesson.exercise_task, lesson.exercise_answer),
        references=tuple(groups(one for one in lesson.references.all() if not one.archived)),
        notebooks=tuple(
            line(notebook) for notebook in lesson.notebooks.all() if not notebook.archived
        ),
        outline=outline,
        previous=outline[place - 1] if 0 < place < len(outline) else None,
        next=outline[place + 1] if place + 1 < len(outline) else None,
        next_track=track_after(track) if place + 1 == len(outline) else None,
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
    ids = {concept.slug: concept.pk for concept in lesson.concepts.all()}
    concepts = [concept_of(row, ids.get(row["slug"], 0)) for row in data.get("concepts") or ()]
    needs = needs_said(lesson, data, now)
    task = data.get("exercise") or {}
    references = {reference.url: reference.pk for reference in lesson.references.all()}
    page = replace(
        build(lesson, now),
        title=data.get("title", ""),
        summary=data.get("summary", ""),
        minutes=data.get("minutes", lesson.minutes),
        draft=True,
        quiz_required=data.get("quiz_required", True),
        outcomes=outcomes(data.get("outcomes") or ()),
        introduction=introduction(data.get("introduction", "")),
        sections=tuple(section(one, needs.get(one.slug, ())) for one in concepts),
        facts=facts(concepts),
        exercise=exercise(task.get("task", ""), task.get("answer", "")),
        references=tuple(
            groups(
                Reference(pk=references.get(row["url"], 0), **row)
                for row in data.get("references") or ()
            )
        ),
    )
    return linked_page(page, now)


def concept_of(row: Document, pk: int) -> Concept:
    fact = row.get("fact") or {}
    return Concept(
        pk=pk,
        slug=row["slug"],
        name=row["name"],
        claim=row.get("claim", ""),
        body=row.get("body", ""),
        fact_prompt=fact.get("prompt", ""),
        fact_answer=fact.get("answer", ""),
    )


def introduction(source: str) -> SafeString:
    return mark_safe(rendered(source, prefix="introduction").html)  # noqa: S308


def outline_of(lesson: Lesson, now: datetime) -> tuple[Neighbour, ...]:
    lessons = Lesson.objects.published(now).filter(track=lesson.track_id).in_order()
    return tuple(
        Neighbour(other.pk, other.title, other.get_absolute_url())
        for other in lessons.select_related("track__course")
    )


def track_after(track: Track) -> Neighbour | None:
    later = Q(position__gt=track.position) | Q(position=track.position, pk__gt=track.pk)
    found = track.course.tracks.current().filter(later).first()
    return Neighbour(found.pk, found.title, found.get_absolute_url()) if found else None


def section(concept: Concept, needs: tuple[NeedLine, ...]) -> Section:
    html = mark_safe(rendered(concept.body, prefix=concept.slug).html)  # noqa: S308
    return Section(concept.pk, concept.slug, concept.name, concept.claim, html, needs)


def line(notebook: Notebook) -> NotebookLine:
    return NotebookLine(notebook.title, notebook.description, notebook.colab, notebook.article)
