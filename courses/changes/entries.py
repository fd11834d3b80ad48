"""An event of the course as its readers are told it: in a list, in a feed, in full."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from courses.changes.comparing import Difference, compare, counts
from courses.changes.marked import marked
from courses.changes.public import changed_questions, readable
from courses.changes.timeline import Event, Row
from courses.changes.wording import excerpts, html_of, unanchored
from courses.changes.words import Piece, words
from courses.content.documents import COURSE, GLOSSARY, NOTEBOOKS, QUIZZES, Document
from courses.models import Revision
from courses.pages.course import CoursePage, LessonLine

MOST_PARTS = 12
TITLES: Mapping[str, Promise] = {
    COURSE: _("The course"),
    NOTEBOOKS: _("Notebooks"),
    GLOSSARY: _("Glossary"),
    QUIZZES: _("Quizzes"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a document that changed; without an address where it is no longer there."""

    name: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """`lessons` and `concepts` are numbers where the whole course came, else 0."""

    id: int
    at: datetime
    title: str
    url: str
    of_lesson: bool = False
    new: bool = False
    mark: str = ""
    note: str = ""
    parts: tuple[Part, ...] = ()
    more: int = 0
    changed_questions: int = 0
    added: int = 0
    removed: int = 0
    lessons: int = 0
    concepts: int = 0

    @property
    def says_something(self) -> bool:
        return bool(self.new or self.lessons or self.parts or self.changed_questions)


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A difference to be read: `html` of what is Markdown, else `pieces`."""

    label: str
    kind: str
    html: SafeString | None
    pieces: tuple[Piece, ...]


def entries(course: CoursePage, events: Sequence[Event]) -> tuple[Entry, ...]:
    """Two queries, however many; without those of which readers can be told nothing."""
    data = documents([row for event in events for row in event.rows])
    lessons = {lesson.id: lesson for lesson in course.lessons}
    found = (entry(course, event, lessons, data) for event in events)
    return tuple(one for one in found if one.says_something)


def documents(rows: Iterable[Row]) -> dict[int, Document]:
    """What the rows say and said before, by the ids of the revisions."""
    wanted = {pk for row in rows for pk in (row.id, row.before) if pk}
    return dict(Revision.objects.filter(pk__in=wanted).values_list("pk", "data"))


def entry(
    course: CoursePage,
    event: Event,
    lessons: Mapping[int, LessonLine],
    data: Mapping[int, Document],
) -> Entry:
    if event.loaded:
        return loaded(course, event, data)
    (row,) = event.rows
    lesson = lessons.get(row.lesson)
    title = lesson.title if lesson else str(TITLES.get(row.name, row.name))
    plain = Entry(
        id=row.id,
        at=row.at,
        title=title,
        url=lesson.url if lesson else url_of(course, row.name),
        of_lesson=bool(lesson),
        mark=row.mark,
        note=row.note,
    )
    if not row.before:
        return replace(plain, new=True)
    return with_parts(plain, data.get(row.before, {}), data.get(row.id, {}))


def with_parts(plain: Entry, before: Document, after: Document) -> Entry:
    found = compare(readable(before), readable(after))
    parts = parts_of(found, plain.url)
    added, removed = counts(found)
    return replace(
        plain,
        parts=parts[:MOST_PARTS],
        more=max(0, len(parts) - MOST_PARTS),
        changed_questions=changed_questions(before, after),
        added=added,
        removed=removed,
    )


def url_of(course: CoursePage, name: str) -> str:
    """Where readers find what stands in the course's file `name`, which is no lesson's."""
    return course.glossary_url if name == GLOSSARY else course.url


def loaded(course: CoursePage, event: Event, data: Mapping[int, Document]) -> Entry:
    lessons = [row for row in event.rows if row.lesson]
    return Entry(
        event.id,
        event.at,
        course.title,
        course.url,
        note=next((row.note for row in lessons if row.note), ""),
        lessons=len(lessons),
        concepts=sum(len(data.get(row.id, {}).get("concepts") or ()) for row in lessons),
    )


def parts_of(found: Iterable[Difference], url: str) -> tuple[Part, ...]:
    """One for each concept, term, reference or field, however much of it changed; `url` is that of
    the page on which they are, if there is one."""
    parts: dict[tuple[str | int, ...], Part] = {}
    for one in found:
        row = one.path[:2] if len(one.path) > 1 else one.path
        whole = one.path == row
        label = one.label if whole else one.owner
        kind = one.kind if whole else "changed"
        there = one.path[0] in {"concepts", "terms"} and kind != "removed" and bool(url)
        parts.setdefault(row, Part(label, kind, f"{url}#{one.path[1]}" if there else ""))
    return tuple(parts.values())


def passages(before: Document, after: Document) -> tuple[Passage, ...]:
    """Everything that readers saw change, to be read side by side in one text."""
    return tuple(map(passage, compare(readable(before), readable(after))))


def passage(one: Difference) -> Passage:
    if one.kind == "moved":
        return Passage(one.label, one.kind, None, (Piece("same", f"{one.before} → {one.after}"),))
    if not one.markdown:
        return Passage(one.label, one.kind, None, words(one.before, one.after))
    html = excerpts(unanchored(marked(html_of(one.before), html_of(one.after))))
    return Passage(one.label, one.kind, mark_safe(html), ())  # noqa: S308  (our renderer's)


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """One change of one lesson in full; the first one has no passages."""

    id: int
    at: datetime
    new: bool
    mark: str
    note: str
    passages: tuple[Passage, ...]
    changed_questions: int


def story(lesson: int, events: Sequence[Event]) -> tuple[Chapter, ...]:
    """What these events changed in the lesson with the id `lesson`. One query."""
    rows = [row for event in events for row in event.rows if row.lesson == lesson]
    data = documents(rows)
    return tuple(
        Chapter(
            row.id,
            row.at,
            not row.before,
            row.mark,
            row.note,
            passages(data[row.before], data[row.id]) if row.before else (),
            changed_questions(data[row.before], data[row.id]) if row.before else 0,
        )
        for row in rows
    )
