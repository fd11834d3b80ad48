"""A lesson as its editors have it before them: what readers have, and what waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.content.documents import PARTS, Document, digest_of, name_of, text_document
from courses.editor.parts import Parts, Seen, parts_of, read, seen_of, text_of, written
from courses.history.recording import catch_up
from courses.history.touching import documents_touched
from courses.models import Course, Lesson, LessonDraft, Revision, Status

COURSE = "track__course"


@dataclass(frozen=True, slots=True)
class Saw:
    """What an editor had before them when they began: it goes with the form and comes back."""

    seen: Seen
    # Whether saving meant a draft beside what readers have.
    waits: bool
    # The newest revision and the draft's count of saves then: who saved since is told by them.
    base: int = 0
    edit: int = 0

    def written(self) -> dict[str, str]:
        return {
            "seen": written(self.seen) if self.seen.orders else "",
            "waits": "1" if self.waits else "",
            "base": str(self.base),
            "edit": str(self.edit),
        }


def saw_of(data: Any) -> Saw | None:
    """What a form brought back, or None where it did not."""
    seen = read(data.get("seen", ""))
    base, edit = (data.get(name, "") for name in ("base", "edit"))
    if seen is None or not (base.isdecimal() and edit.isdecimal() and len(base + edit) < 19):
        return None
    return Saw(seen, data.get("waits") == "1", int(base), int(edit))


@dataclass(frozen=True, slots=True)
class Desk:
    lesson: Lesson
    draft: LessonDraft | None
    # What the lesson's rows say, without its state: what readers have, if they have the lesson.
    rows: Document
    newest: Revision | None

    @property
    def text(self) -> Document:
        """What is edited."""
        return text_of(self.draft.data) if self.draft else self.rows

    @property
    def waits(self) -> bool:
        """Whether what is saved waits beside the rows, or goes into them."""
        return self.draft is not None or self.lesson.status == Status.PUBLISHED

    @property
    def is_stale(self) -> bool:
        """Whether the rows have changed since the draft was begun."""
        return self.draft is not None and text_of(self.draft.base.data) != self.rows

    @property
    def saw(self) -> Saw:
        base = self.newest.pk if self.newest else 0
        return Saw(seen_of(self.text), self.waits, base, self.draft.edit if self.draft else 0)

    @property
    def stamp(self) -> str:
        """Of all that publishing depends on; changes when any of it does."""
        state = text_document(self.lesson) if self.draft else {}
        return digest_of({"text": self.text, "rows": self.rows, "state": str(state), **self.state})

    @property
    def state(self) -> Document:
        """The part of the lesson's document that its form leaves alone."""
        document = text_document(self.lesson)
        return {key: document[key] for key in ("status", "publish_at") if key in document}

    @property
    def name(self) -> str:
        return name_of(self.lesson)

    @property
    def course(self) -> Course:
        return self.lesson.track.course

    def touched(self) -> set[str]:
        return documents_touched(self.lesson, COURSE)

    def is_with_readers(self, now: datetime) -> bool:
        """Whether readers have the lesson at `now`, not only from a later time on."""
        due = self.lesson.publish_at is None or self.lesson.publish_at <= now
        return self.lesson.status == Status.PUBLISHED and due


def desk_of(lesson_id: int) -> Desk | None:
    """Five queries, whatever the number of concepts and references."""
    lessons = Lesson.objects.select_related("track__course")
    lesson = lessons.prefetch_related(*PARTS).filter(pk=lesson_id).first()
    if lesson is None:
        return None
    drafts = LessonDraft.objects.select_related("base", "updated_by")
    newest = Revision.objects.of_lesson(lesson).select_related("made_by")
    return Desk(
        lesson=lesson,
        draft=drafts.filter(lesson=lesson).first(),
        rows=text_of(text_document(lesson)),
        newest=newest.first(),
    )


def locked(lesson_id: int, now: datetime) -> Desk:
    """The same, while nobody else changes the course's content, of a lesson that is there.

    What was never recorded is recorded first. To be called in a transaction. The row of the
    course is what every writer of content locks, so that no two wait for each other.
    """
    courses = Course.objects.select_for_update(of=("self",))
    course = courses.get(tracks__lessons=lesson_id)
    lesson = Lesson.objects.select_related("track__course").get(pk=lesson_id)
    catch_up(course=course, names=documents_touched(lesson, COURSE), now=now)
    desk = desk_of(lesson_id)
    if desk is None:
        raise Lesson.DoesNotExist
    return desk


def differing(before: Parts, after: Parts) -> Iterator[tuple[str, ...]]:
    """The paths at which two texts differ; that of a row where only one of them has it."""
    for path, value in after.values.items():
        if len(path) == 1 and before.values[path] != value:
            yield path
    for name, keys in after.orders.items():
        old = before.orders[name]
        for key in dict.fromkeys([*keys, *old]):
            mine, theirs = before.row(name, key), after.row(name, key)
            if mine is None or theirs is None:
                yield (name, key)
            else:
                yield from ((name, key, one) for one in mine if mine[one] != theirs[one])
        if [key for key in keys if key in old] != [key for key in old if key in keys]:
            yield (name,)


def differences(before: Document, after: Document) -> list[tuple[str, ...]]:
    return list(differing(parts_of(before), parts_of(after)))
