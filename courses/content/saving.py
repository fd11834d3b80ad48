"""Sound documents into rows: matched by natural key, updated in place, archived when gone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from courses.content.documents import name_of, names_of
from courses.content.guests import Lessons, guest
from courses.content.normal import time_of
from courses.content.order import positions
from courses.models import (
    Concept,
    Course,
    CourseFile,
    Lesson,
    Notebook,
    Reference,
    Status,
    Term,
    Track,
)

Data = Mapping[str, Any]
# What of a lesson, beside its parts, makes a new version of it when it changes.
TEXT = {"title": "", "summary": "", "introduction": "", "minutes": 0, "outcomes": []}


@dataclass(frozen=True)
class Changes:
    """How many things were created, updated and archived."""

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


def save_top(course: Course, data: Data) -> Changes:
    """The course itself and its tracks; not yet the order of lessons."""
    values = {"title": data["title"], **{key: data.get(key, "") for key in ("edition", "summary")}}
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


def arrange_lessons(course: Course, data: Data, *, keep: Collection[str] = ()) -> Changes:
    """The lessons that course.yaml lists in its order; archive others of its tracks.

    A listed lesson that is not there yet is left out: its own file brings it. What is no longer
    listed has no file any more, though an editor may have archived it before; files to `keep` are
    neither listed nor archived.
    """
    lessons = Lesson.objects.filter(track__course=course, track__archived=False)
    there = {name_of(lesson): lesson for lesson in lessons.select_related("track")}
    moved: list[Lesson] = []
    for track in data["tracks"]:
        names = [f"{track['slug']}/{slug}.yaml" for slug in track["lessons"]]
        listed = [there.pop(name) for name in names if name in there]
        places = positions([(lesson.position, lesson.pk) for lesson in listed])
        moved += [
            one for one, at in zip(listed, places, strict=True) if assign(one, {"position": at})
        ]
    Lesson.objects.bulk_update(moved, ["position"])
    gone = [name for name in there if name not in keep]
    return archive_lessons(course, gone) + Changes(updated=len(moved))


def archive_lessons(course: Course, names: Collection[str]) -> Changes:
    """The lessons whose files with these names left; their files are forgotten."""
    CourseFile.objects.filter(course=course, name__in=names).delete()
    lessons = Lesson.objects.filter(track__course=course).exclude(status=Status.ARCHIVED)
    gone = [one.pk for one in lessons.select_related("track") if name_of(one) in names]
    found = Lesson.objects.filter(pk__in=gone)
    return Changes(archived=found.update(status=Status.ARCHIVED) if gone else 0)


def lesson_at(track: Track, slug: str) -> Lesson:
    """The lesson with this address in the track; where there is none a new one, behind the others,
    that is not saved yet."""
    found = Lesson.objects.filter(track=track, slug=slug).select_related("track__course").first()
    if found:
        return found
    last = track.lessons.aggregate(last=models.Max("position"))["last"] or 0
    return Lesson(track=track, slug=slug, position=last + 1)


def save_lesson(lesson: Lesson, data: Data, now: datetime) -> Changes:
    """A lesson without what guests keep in it, and without what its concepts need."""
    new, title = lesson.pk is None, lesson.title
    text = {name: data.get(name, none) for name, none in TEXT.items()}
    changed = assign(lesson, {**text, **exercise_of(data)})
    state = assign(
        lesson,
        {
            "status": data.get("status", Status.PUBLISHED),
            "publish_at": time_of(data.get("publish_at")),
            "quiz_required": data.get("quiz_required", True),
        },
    )
    if new:
        lesson.updated_at = now
    if new or changed or state:
        lesson.save()
    parts = save_parts(lesson, data)
    if not new and (changed or parts):
        lesson.version += 1
        lesson.updated_at = now
        lesson.save(update_fields=["version", "updated_at"])
    changes = parts + Changes(created=int(new), updated=int(bool(changed or state) and not new))
    renamed = guest().renamed
    if renamed and not new and "title" in changed:
        changes += renamed(lesson, title)
    return changes


def exercise_of(data: Data) -> dict[str, str]:
    """The fields of a lesson that its exercise is kept in."""
    said = data.get("exercise") or {}
    return {f"exercise_{name}": said.get(name, "") for name in ("task", "answer")}


def save_parts(lesson: Lesson, data: Data) -> Changes:
    rows = [concept_of(row) for row in data["concepts"]]
    concepts = sync(Concept, {"lesson": lesson}, "slug", rows, {"claim": ""})
    blank = {"author": "", "author_url": "", "level": "", "note": ""}
    return concepts + sync(
        Reference, {"lesson": lesson}, "url", data.get("references") or [], blank
    )


def concept_of(row: Data) -> dict[str, Any]:
    """A row of a file as the fields of a concept."""
    fact = row.get("fact") or {"prompt": "", "answer": ""}
    fields = {key: value for key, value in row.items() if key not in ("fact", "needs")}
    return {**fields, "fact_prompt": fact["prompt"], "fact_answer": fact["answer"]}


def save_notebooks(course: Course, rows: list[dict[str, Any]], lessons: Lessons) -> Changes:
    """`lessons` are all that files have; what a notebook has beside them is left alone."""
    blank = {"description": "", "colab": "", "article": "", "homepage": ""}
    plain = [{key: value for key, value in row.items() if key != "lessons"} for row in rows]
    changes = sync(Notebook, {"course": course}, "slug", plain, blank)
    notebooks = {
        notebook.slug: notebook for notebook in course.notebooks.prefetch_related("lessons")
    }
    in_files = {lesson.pk for lesson in lessons.values()}
    moved = 0
    for row in rows:
        notebook = notebooks[row["slug"]]
        found = {lesson.pk for lesson in notebook.lessons.all()}
        wanted = {lessons[name].pk for name in row.get("lessons") or ()}
        if wanted != found & in_files:
            notebook.lessons.set(wanted | (found - in_files))
            moved += 1
    return changes + Changes(updated=max(0, moved - changes.created))


def save_terms(course: Course, rows: Sequence[Data], lessons: Lessons) -> Changes:
    """`lessons` are all that files have; a term that points past them still does, unless told."""
    names = {lesson.pk: name for name, lesson in lessons.items()}
    concepts = Concept.objects.current().filter(lesson__in=names)
    known = {
        f"{names[lesson]}/{slug}": pk
        for pk, lesson, slug in concepts.values_list("pk", "lesson", "slug")
    }
    there = dict(course.terms.values_list("slug", "concept"))
    past = {slug: pk for slug, pk in there.items() if pk not in known.values()}
    fields = [
        {
            **{key: value for key, value in row.items() if key != "concept"},
            "concept_id": known[row["concept"]] if row.get("concept") else past.get(row["slug"]),
        }
        for row in rows
    ]
    return sync(Term, {"course": course}, "slug", fields, {"also": []}, placed=False)


def sync(
    model: type[models.Model],
    owner: Mapping[str, models.Model],
    key: str,
    rows: Sequence[Data],
    blank: Data,
    *,
    placed: bool = True,
) -> Changes:
    """Make `owner`'s objects of `model` what `rows` say, in their order; archive the others.

    `key` tells rows and objects apart; `blank` is what an absent key of a row stands for. Without
    `placed` their order is none of theirs.
    """
    manager = model._default_manager
    found: dict[Any, Any] = {getattr(thing, key): thing for thing in manager.filter(**owner)}
    listed = [found.pop(row[key], None) for row in rows]
    places = positions([one and (one.position, one.pk) for one in listed]) if placed else ()
    new: list[Any] = []
    changed: list[Any] = []
    fields = {"archived"}
    for at, (thing, row) in enumerate(zip(listed, rows, strict=True)):
        place = {"position": places[at]} if placed else {}
        values = {**blank, **row, **place, "archived": False}
        if thing is None:
            new.append(model(**owner, **values))
        elif names := assign(thing, values):
            changed.append(thing)
            fields.update(names)
    gone = [thing for thing in found.values() if assign(thing, {"archived": True})]
    manager.bulk_create(new)
    if changed or gone:
        manager.bulk_update([*changed, *gone], sorted(fields))
    return Changes(len(new), len(changed), len(gone))


def assign(thing: models.Model, values: Data) -> list[str]:
    """Set `values` on `thing`; the names of those that differed."""
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, values[name])
    return changed


def by_name(lessons: Collection[Lesson]) -> dict[str, Lesson]:
    """The lessons by `track/lesson`."""
    names = names_of(lessons)
    return {names[lesson.pk]: lesson for lesson in lessons}
