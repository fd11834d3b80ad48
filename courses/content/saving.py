"""Checked files into the database: matched by natural key, updated in place, archived when gone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from courses import versions
from courses.content.files import Document
from courses.content.reading import CourseFiles, LessonFile
from courses.models import Concept, Course, Lesson, Notebook, Reference, Status, Track

SaveQuestions = Callable[[Lesson, list[dict[str, Any]]], "Changes"]


@dataclass(frozen=True)
class Changes:
    """How many things a load created, updated and archived."""

    created: int = 0
    updated: int = 0
    archived: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.created + other.created,
            self.updated + other.updated,
            self.archived + other.archived,
        )

    def __bool__(self) -> bool:
        return bool(self.created or self.updated or self.archived)


@transaction.atomic
def save_course(
    files: CourseFiles, *, save_questions: SaveQuestions, now: datetime, again: bool = False
) -> Changes:
    """Bring the database to what `files` say, in one transaction.

    A file that was loaded before and has not changed since is left alone, so that what an editor
    corrected stays; `again` loads every file all the same.
    """
    course, changes = save_top(files.course, again=again)
    tracks = {track.slug: track for track in course.tracks.all()}
    lessons: dict[str, Lesson] = {}
    for file in files.lessons:
        lesson, more = save_lesson(
            tracks[file.track], file, save_questions=save_questions, now=now, again=again
        )
        lessons[f"{file.track}/{file.slug}"] = lesson
        changes += more
    changes += archive_lessons(course, keep=[lesson.pk for lesson in lessons.values()])
    changes += save_notebooks(course, files.notebooks.data["notebooks"], lessons)
    if changes:
        versions.bump(course.pk)
    return changes


def save_top(document: Document, *, again: bool) -> tuple[Course, Changes]:
    data = document.data
    course, created = Course.objects.get_or_create(
        slug=data["slug"], defaults={"title": data["title"]}
    )
    if course.loaded_digest == document.digest and not again:
        return course, Changes()
    values = {key: data.get(key, "") for key in ("title", "edition", "summary")}
    changed = assign(course, {**values, "loaded_digest": document.digest})
    if changed:
        Course.objects.filter(pk=course.pk).update(
            **{name: getattr(course, name) for name in changed}
        )
    rows = [
        {key: value for key, value in track.items() if key != "lessons"} for track in data["tracks"]
    ]
    tracks = sync(
        Track,
        {"course": course},
        "slug",
        rows,
        {"icon": "", "tagline": "", "summary": "", "optional": False},
    )
    return course, tracks + Changes(
        created=int(created), updated=int(bool(changed) and not created)
    )


def save_lesson(
    track: Track, file: LessonFile, *, save_questions: SaveQuestions, now: datetime, again: bool
) -> tuple[Lesson, Changes]:
    lesson = Lesson.objects.filter(track=track, slug=file.slug).first()
    new = lesson is None
    lesson = lesson or Lesson(track=track, slug=file.slug)
    placed = assign(lesson, {"position": file.position})
    if lesson.loaded_digest == file.document.digest and not again:
        if placed:
            lesson.save(update_fields=placed)
        return lesson, Changes(updated=int(bool(placed)))
    data = file.data
    changed = placed + assign(
        lesson,
        {
            "title": data["title"],
            "summary": data.get("summary", "").strip(),
            "introduction": data["introduction"],
            "minutes": data["minutes"],
            "status": data.get("status", Status.PUBLISHED),
            "quiz_required": data.get("quiz_required", True),
        },
    )
    lesson.loaded_digest = file.document.digest
    lesson.save()
    parts = save_parts(lesson, data)
    if (changed or parts) and not new:
        lesson.version += 1
    if changed or parts:
        lesson.updated_at = now
    lesson.save(update_fields=["version", "updated_at"])
    parts += save_questions(lesson, data.get("questions") or [])
    return lesson, parts + Changes(created=int(new), updated=int(bool(changed) and not new))


def save_parts(lesson: Lesson, data: Mapping[str, Any]) -> Changes:
    concepts = sync(Concept, {"lesson": lesson}, "slug", data["concepts"], {"claim": ""})
    blank = {"author": "", "author_url": "", "note": ""}
    return concepts + sync(
        Reference, {"lesson": lesson}, "url", data.get("references") or [], blank
    )


def archive_lessons(course: Course, *, keep: Sequence[int]) -> Changes:
    gone = Lesson.objects.filter(track__course=course).exclude(pk__in=keep)
    return Changes(archived=gone.exclude(status=Status.ARCHIVED).update(status=Status.ARCHIVED))


def save_notebooks(
    course: Course, rows: list[dict[str, Any]], lessons: Mapping[str, Lesson]
) -> Changes:
    blank = {"description": "", "colab": "", "article": "", "homepage": ""}
    plain = [{key: value for key, value in row.items() if key != "lessons"} for row in rows]
    changes = sync(Notebook, {"course": course}, "slug", plain, blank)
    notebooks = {
        notebook.slug: notebook for notebook in course.notebooks.prefetch_related("lessons")
    }
    for row in rows:
        wanted = {lessons[name].pk for name in row.get("lessons") or ()}
        notebook = notebooks[row["slug"]]
        if wanted != {lesson.pk for lesson in notebook.lessons.all()}:
            notebook.lessons.set(wanted)
            changes += Changes(updated=1)
    return changes


def sync(
    model: type[models.Model],
    owner: Mapping[str, models.Model],
    key: str,
    rows: list[dict[str, Any]],
    blank: Mapping[str, Any],
) -> Changes:
    """Make `owner`'s objects of `model` what `rows` say, in their order; archive the others.

    `key` tells rows and objects apart; `blank` is what an absent key of a row stands for.
    """
    manager = model._default_manager
    found = {getattr(thing, key): thing for thing in manager.filter(**owner)}
    new, changed, fields = [], [], set()
    for position, row in enumerate(rows, 1):
        values = {**blank, **row, "position": position, "archived": False}
        thing = found.pop(row[key], None)
        if thing is None:
            new.append(model(**owner, **values))
        elif names := assign(thing, values):
            changed.append(thing)
            fields.update(names)
    gone = [thing for thing in found.values() if assign(thing, {"archived": True})]
    manager.bulk_create(new)
    if changed or gone:
        manager.bulk_update([*changed, *gone], sorted(fields | {"archived"}))
    return Changes(len(new), len(changed), len(gone))


def assign(thing: models.Model, values: Mapping[str, Any]) -> list[str]:
    """Set `values` on `thing`; the names of those that differed."""
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, values[name])
    return changed
