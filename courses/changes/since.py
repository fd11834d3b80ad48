"""What changed in a lesson since the version that a learner read, the passages marked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from courses.changes.marked import marked
from courses.changes.public import readable_by
from courses.changes.telling import Kind, strongest
from courses.changes.wording import html_of
from courses.content.documents import Document
from courses.glossary.page import glossary_of
from courses.glossary.sections import with_links, without_links
from courses.models import Revision
from courses.pages.learning import Exercise, exercise, outcomes
from courses.pages.lesson import LessonPage, Section
from courses.pages.shared import kept


@dataclass(frozen=True, slots=True)
class Note:
    """What an editor said about a change."""

    made_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ChangedConcept:
    slug: str
    name: str
    new: bool


@dataclass(frozen=True, slots=True, eq=False)
class LessonChanges:
    """The same for all who read that version: `introduction` and `sections` have the marks.

    Where it is not `known` what the lesson said then, they are as ever.
    """

    known: bool
    kind: Kind
    notes: tuple[Note, ...]
    introduced_anew: bool
    # Whether what one can do afterwards, or the exercise, is another.
    outcomes: bool
    exercise: bool
    concepts: tuple[ChangedConcept, ...]
    gone: tuple[str, ...]
    references: int
    introduction: SafeString
    sections: tuple[Section, ...]

    @property
    def in_text(self) -> bool:
        return self.introduced_anew or bool(self.concepts)

    def __bool__(self) -> bool:
        """Whether there is anything to tell: an edit may have been taken back."""
        around = self.outcomes or self.exercise or self.gone or self.references or self.notes
        return not self.known or self.in_text or bool(around)


def changes_since(page: LessonPage, version: int, now: datetime) -> LessonChanges | None:
    """Made once for each version of the content and shared; two queries then, and none later."""
    name = f"changes:{page.track}/{page.slug}:{version}"
    found = kept(page.course, name, now, lambda: build(page, version, now))
    return found or None


def build(page: LessonPage, version: int, now: datetime) -> LessonChanges:
    revisions = readable_by(Revision.objects.filter(lesson=page.id), now).order_by("-pk")
    before = revisions.filter(version__lte=version).values_list("data", flat=True).first()
    later = list(revisions.filter(version__gt=version).only("mark", "note", "made_at"))
    nothing = LessonChanges(
        known=before is not None,
        kind=strongest(revision.mark for revision in later),
        notes=tuple(Note(one.made_at, one.note) for one in later if one.note),
        introduced_anew=False,
        outcomes=False,
        exercise=False,
        concepts=(),
        gone=(),
        references=0,
        introduction=page.introduction,
        sections=page.sections,
    )
    return nothing if before is None else marked_and_linked(nothing, page, before, now)


def marked_and_linked(
    nothing: LessonChanges, page: LessonPage, before: Document, now: datetime
) -> LessonChanges:
    """Marks come first: whether a term is linked says nothing of what changed in a text."""
    introduction, sections = without_links(page.introduction, page.sections)
    found = told(nothing, replace(page, introduction=introduction, sections=sections), before)
    glossary = glossary_of(page.course, now)
    introduction, sections = with_links(glossary, page.id, found.introduction, found.sections)
    return replace(found, introduction=introduction, sections=sections)


def told(nothing: LessonChanges, page: LessonPage, before: Document) -> LessonChanges:
    concepts = {row["slug"]: row for row in before.get("concepts") or ()}
    introduction = marked(
        html_of(before.get("introduction", ""), "introduction"), page.introduction
    )
    sections = tuple(marked_section(one, concepts.get(one.slug)) for one in page.sections)
    pairs = zip(page.sections, sections, strict=True)
    here = {section.slug for section in page.sections}
    return replace(
        nothing,
        introduced_anew=introduction != page.introduction,
        outcomes=outcomes(before.get("outcomes") or ()) != page.outcomes,
        exercise=is_another(before.get("exercise") or {}, page.exercise),
        concepts=tuple(
            ChangedConcept(old.slug, old.name, old.slug not in concepts)
            for old, new in pairs
            if old is not new
        ),
        gone=tuple(row["name"] for slug, row in concepts.items() if slug not in here),
        references=changed_references(page, before),
        introduction=introduction,
        sections=sections,
    )


def marked_section(section: Section, before: Mapping[str, Any] | None) -> Section:
    """The section itself where nothing in it changed."""
    was = html_of(before["body"], section.slug) if before else ""
    renamed = before is not None and before["name"] != section.name
    if was == section.html and not renamed:
        return section
    return replace(section, html=marked(was, section.html))


def is_another(before: Mapping[str, str], now: Exercise | None) -> bool:
    was = exercise(before.get("task", ""), before.get("answer", ""))
    if was is None or now is None:
        return was is not now
    return (was.task, was.answer) != (now.task, now.answer)


def changed_references(page: LessonPage, before: Document) -> int:
    """How many came or went."""
    now = {line.url for group in page.references for line in group.references}
    return len(now ^ {row["url"] for row in before.get("references") or ()})
