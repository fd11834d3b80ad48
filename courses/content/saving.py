"""Checked files into the database: matched by natural key, updated in place, archived when gone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models, transaction

from courses import versions
from courses.content.files import Document
from courses.content.reading import CourseFiles, LessonFile
from courses.models import Concept, Course, Lesson, Notebook, Reference, Status, Track

SaveQuestions = Callable[[Lesson, list[dict[str, Any]]], "Changes"]
SaveQuizzes = Callable[[Course, list[dict[str, Any]], Mapping[str, Lesson]], "Changes"]


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


def is_loaded(digests: Mapping[str, str]) -> bool:
    """Whether these very files are what some course was last loaded from."""
    return digests in Course.objects.values_list("loaded_files", flat=True)


@transaction.atomic
def save_course(
    files: CourseFiles,
    *,
    save_questions: SaveQuestions,
    save_quizzes: SaveQuizzes,
    now: datetime,
    again: bool = False,
) -> Changes:
    """Bring the database to what `files` say, in one transaction.

    A file that was loaded before and has not changed since is left alone, so that what an editor
    corrected stays; `again` loads every file all the same.
    """
    data = files.course.data
    course, created = Course.objects.select_for_update().get_or_create(
        slug=data["slug"], defaults={"title": data["title"]}
    )
    known: dict[str, str] = {} if again else course.loaded_files
    changes = Changes(created=int(created))
    if is_new(files.course, known):
        changes += save_top(course, data)
    changes = replace(changes, updated=0) if created else changes
    lessons, more = save_lessons(course, files.lessons, known, save_questions, now)
    changes += more + archive_lessons(course, keep=[lesson.pk for lesson in lessons.values()])
    if is_new(files.notebooks, known):
        changes += save_notebooks(course, files.notebooks.data["notebooks"], lessons)
    if files.quiz_list and is_new(files.quiz_list, known):
        changes += save_quizzes(course, files.quiz_list.data["quizzes"], lessons)
    if changes:
        versions.bump(course.pk)
    digests = {document.file.as_posix(): document.digest for document in files.documents}
    # An update sends no signal: knowing the files is no change of content.
    Course.objects.filter(pk=course.pk).update(loaded_files=digests)
    return changes


def is_new(document: Document, known: Mapping[str, str]) -> bool:
    return known.get(document.file.as_posix()) != document.digest


def save_top(course: Course, data: Mapping[str, Any]) -> Changes:
    values = {key: data.get(key, "").strip() for key in ("title", "edition", "summary")}
    changed = assign(course, values)
    if changed:
        course.save(update_fields=changed)
    rows = [
        {key: value for key, value in track.items() if key != "lessons"} for track in data["tracks"]
    ]
    blank = {"icon": "", "tagline": "", "summary": "", "optional": False}
    return sync(Track, {"course": course}, "slug", rows, blank) + Changes(
        updated=int(bool(changed))
    )


def save_lessons(
    course: Course,
    files: Sequence[LessonFile],
    known: Mapping[str, str],
    save_questions: SaveQuestions,
    now: datetime,
) -> tuple[dict[str, Lesson], Changes]:
    """The lessons by `track/lesson`, those of changed files brought up to them."""
    tracks = {track.slug: track for track in course.tracks.all()}
    there = {
        (lesson.track_id, lesson.slug): lesson
        for lesson in Lesson.objects.filter(track__course=course).select_related("track__course")
    }
    lessons: dict[str, Lesson] = {}
    changes = Changes()
    for file in files:
        track = tracks[file.track]
        lesson = there.get((track.pk, file.slug)) or Lesson(track=track, slug=file.slug)
        placed = assign(lesson, {"position": file.position})
        if is_new(file.document, known):
            changes += save_lesson(lesson, file.data, bool(placed), now)
            changes += save_questions(lesson, file.data.get("questions") or [])
        elif placed:
            lesson.save(update_fields=placed)
            changes += Changes(updated=1)
        lessons[f"{file.track}/{file.slug}"] = lesson
    return lessons, changes


def save_lesson(lesson: Lesson, data: Mapping[str, Any], placed: bool, now: datetime) -> Changes:
    new = lesson.pk is None
    values = {
        "title": data["title"],
        "summary": data.get("summary", "").strip(),
        "introduction": data["introduction"],
        "minutes": data["minutes"],
        "status": data.get("status", Status.PUBLISHED),
        "quiz_required": data.get("quiz_required", True),
    }
    changed = bool(assign(lesson, values)) or placed
    if changed or new:
        lesson.save()
    parts = save_parts(lesson, data)
    if changed or parts:
        lesson.version += int(not new)
        lesson.updated_at = now
        lesson.save(update_fields=["version", "updated_at"])
    return parts + Changes(created=int(new), updated=int(changed and not new))


def save_parts(lesson: Lesson, data: Mapping[str, Any]) -> Changes:
    rows = [concept_of(row) for row in data["concepts"]]
    concepts = sync(Concept, {"lesson": lesson}, "slug", rows, {"claim": ""})
    blank = {"author": "", "author_url": "", "note": ""}
    return concepts + sync(
        Reference, {"lesson": lesson}, "url", data.get("references") or [], blank
    )


def concept_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a file as the fields of a concept."""
    fact = row.get("fact") or {"prompt": "", "answer": ""}
    fields = {key: value for key, value in row.items() if key != "fact"}
    return {**fields, "fact_prompt": fact["prompt"], "fact_answer": fact["answer"]}


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
    moved = 0
    for row in rows:
        wanted = {lessons[name].pk for name in row.get("lessons") or ()}
        notebook = notebooks[row["slug"]]
        if wanted != {lesson.pk for lesson in notebook.lessons.all()}:
            notebook.lessons.set(wanted)
            moved += 1
    return changes + Changes(updated=max(0, moved - changes.created))


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
