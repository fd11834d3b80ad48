"""Two states of the whole course: editions, or what it says today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from courses.changes.comparing import compare
from courses.changes.entries import Part, Passage, parts_of, passages
from courses.changes.public import is_readable, readable
from courses.changes.words import number_of_words, words
from courses.content.documents import COURSE, GLOSSARY, NOTEBOOKS, Document, documents_of, name_of
from courses.models import Course, Edition, Lesson
from courses.pages.course import CoursePage
from courses.pages.shared import kept


@dataclass(frozen=True, slots=True)
class State:
    """The documents by name as readers see them, and which lesson each of the lessons' is."""

    documents: Mapping[str, Document]
    lessons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many words of a lesson's text stayed, came and went."""

    kept: int
    added: int
    removed: int

    @property
    def after_added(self) -> int:
        return self.kept + self.added

    @property
    def total(self) -> int:
        return self.after_added + self.removed


@dataclass(frozen=True, slots=True, eq=False)
class ComparedLesson:
    """`before` and `after` are documents, empty where the lesson is not in that state."""

    name: str
    title: str
    kind: str
    bar: Bar
    parts: tuple[Part, ...]
    before: Document
    after: Document

    @property
    def former_title(self) -> str:
        was = str(self.before.get("title", ""))
        return was if was and was != self.title else ""

    @property
    def passages(self) -> tuple[Passage, ...]:
        return passages(self.before, self.after)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    lessons: tuple[ComparedLesson, ...]
    same: int
    notebooks: tuple[Part, ...]
    glossary: tuple[Part, ...]
    course: tuple[Part, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.lessons or self.notebooks or self.glossary or self.course)

    @property
    def most_words(self) -> int:
        """What the longest bar stands for."""
        return max((one.bar.total for one in self.lessons), default=0) or 1

    def lesson(self, name: str) -> ComparedLesson | None:
        return next((one for one in self.lessons if one.name == name), None)


def comparison(
    course: CoursePage, before: Edition, after: Edition | None, now: datetime
) -> Comparison:
    """Of an edition with another, or with today; made once a content version and shared."""

    def make() -> Comparison:
        new = state_of(after) if after else state_today(course.id, now)
        return compared(state_of(before), new)

    found = kept(course.slug, f"compare:{before.pk}:{after.pk if after else 0}", now, make)
    return found or make()


def state_of(edition: Edition) -> State:
    rows = list(edition.revisions.values_list("name", "lesson", "data"))
    return State(
        {
            name: data
            for name, lesson, data in rows
            if lesson is None or is_readable(data, edition.made_at)
        },
        {name: lesson for name, lesson, data in rows if lesson},
    )


def state_today(course_id: int, now: datetime) -> State:
    course = Course.objects.get(pk=course_id)
    lessons = Lesson.objects.published(now).filter(track__course=course).select_related("track")
    ids = {name_of(lesson): lesson.pk for lesson in lessons}
    documents = documents_of(course)
    return State(
        {name: data for name, data in documents.items() if "/" not in name or name in ids}, ids
    )


def compared(before: State, after: State) -> Comparison:
    lessons = list(compared_lessons(before, after))
    return Comparison(
        lessons=tuple(one for one in lessons if one.kind != "same"),
        same=sum(one.kind == "same" for one in lessons),
        notebooks=parts_between(before, after, NOTEBOOKS),
        glossary=parts_between(before, after, GLOSSARY),
        course=parts_between(before, after, COURSE),
    )


def parts_between(before: State, after: State, name: str) -> tuple[Part, ...]:
    old, new = before.documents.get(name, {}), after.documents.get(name, {})
    return parts_of(compare(readable(old), readable(new)), "")


def compared_lessons(before: State, after: State) -> Iterator[ComparedLesson]:
    """In the order of the newer state; those that are not in it any more come last."""
    former = {lesson: name for name, lesson in before.lessons.items() if name in before.documents}
    left = set(former.values())
    for name, new in after.documents.items():
        if "/" in name:
            was = former.get(after.lessons.get(name, 0), name)
            left.discard(was)
            yield compared_lesson(name, was, before.documents.get(was, {}), new)
    for name in before.documents:
        if name in left:
            yield compared_lesson(name, name, before.documents[name], {})


def compared_lesson(name: str, was: str, before: Document, after: Document) -> ComparedLesson:
    old, new = readable(before), readable(after)
    parts = parts_of(compare(old, new), "") if old and new else ()
    kind = "changed" if parts else "renamed" if name != was else "same"
    if not (old and new):
        kind = "added" if new else "removed"
    title = str((after or before).get("title", name))
    return ComparedLesson(name, title, kind, bar_of(old, new), parts, before, after)


def bar_of(before: Document, after: Document) -> Bar:
    found = {"same": 0, "added": 0, "removed": 0}
    for piece in words(text_of(before), text_of(after)):
        found[piece.kind] += number_of_words(piece.text)
    return Bar(found["same"], found["added"], found["removed"])


def text_of(document: Document) -> str:
    bodies = [row.get("body", "") for row in document.get("concepts") or ()]
    return "\n\n".join([document.get("introduction", ""), *bodies])
