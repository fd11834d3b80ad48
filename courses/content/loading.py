"""Files into the database: what changed, in one transaction, unless both sides changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml
from django.db import transaction

from courses.content.documents import documents_called, lessons_in_files, name_of
from courses.content.files import File, digest, parsed
from courses.content.guests import guest
from courses.content.normal import COURSE, NOTEBOOKS, QUIZZES, Document, normal
from courses.content.saving import (
    Changes,
    Data,
    archive_lessons,
    arrange_lessons,
    by_name,
    lesson_at,
    save_lesson,
    save_notebooks,
    save_top,
)
from courses.content.sides import ConflictError, Side, Standing, Take
from courses.history.recording import Change, catch_up, record
from courses.models import Course, CourseFile, Lesson, Revision
from courses.signals import renew

LISTS = (COURSE, NOTEBOOKS, QUIZZES)
# Files that may be missing, or say nothing, without anything being meant by it.
NOTHING: Mapping[str, Document] = {NOTEBOOKS: {"notebooks": []}, QUIZZES: {"quizzes": []}}


@dataclass(frozen=True, slots=True)
class Loaded:
    """`left` are the files over which the database was given the word though both had changed;
    `missing` those of lessons whose track is nowhere."""

    course: Course
    changes: Changes
    left: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def course_loaded(digests: Mapping[str, str]) -> Course | None:
    """The course that was last loaded from, or exported to, these very files."""
    found: dict[int, dict[str, str]] = {}
    for course, name, known in CourseFile.objects.values_list("course", "name", "digest"):
        found.setdefault(course, {})[name] = known
    ids = [course for course, files in found.items() if files == digests]
    return Course.objects.filter(pk__in=ids).first()


@transaction.atomic
def load(
    files: Mapping[str, File], *, now: datetime, take: Take | None = None, again: bool = False
) -> Loaded:
    """Bring the database to what the sound `files` say, and record it.

    A file that is as it was when last loaded or exported is left alone, so that what an editor
    changed stays; `again` loads every file. Raises ConflictError where file and database both
    changed and `take` does not say whose word counts.
    """
    data = files[COURSE].data
    top = {key: data.get(key, "") for key in ("title", "edition", "summary")}
    course, created = Course.objects.select_for_update().get_or_create(
        slug=data["slug"], defaults=top
    )
    chosen = dict.fromkeys(files, Side.FILE)
    left: list[str] = []
    if not created:
        chosen, left = sides(course, files, take or Take(), again)
    names = {name for name, side in chosen.items() if side is Side.FILE}
    touched = {*names, *LISTS}
    if names and not created:
        catch_up(course=course, names=touched, now=now)
    changes, missing = bring(course, files, chosen, now)
    if names:
        record(course=course, names=touched, change=Change(Revision.Source.FILES), now=now)
    if changes:
        renew(course.pk)
    return Loaded(course, changes + Changes(created=int(created)), tuple(left), tuple(missing))


def bring(
    course: Course, files: Mapping[str, File], chosen: Mapping[str, Side], now: datetime
) -> tuple[Changes, list[str]]:
    """Rows to what the files that were `chosen` say; also the files for which there is no place."""
    data = {
        name: files[name].data
        for name, side in chosen.items()
        if side is Side.FILE
        if name in files
    }
    changes = save_top(course, data[COURSE]) if COURSE in data else Changes()
    lessons, missing, more = bring_lessons(course, data, now)
    kept = [name for name, side in chosen.items() if side is Side.DATABASE]
    gone = [name for name, side in chosen.items() if side is Side.FILE and name not in files]
    changes += more
    if COURSE in data:
        changes += arrange_lessons(course, data[COURSE], keep=kept)
    changes += archive_lessons(course, gone)
    remember(course, {name: file for name, file in files.items() if name not in missing})
    gone_lists = {name: NOTHING[name] for name in gone if name in NOTHING}
    return changes + bring_lists(course, {**data, **gone_lists}, lessons), missing


def bring_lessons(
    course: Course, data: Mapping[str, Data], now: datetime
) -> tuple[dict[str, Lesson], list[str], Changes]:
    """The lessons by the names of their files, those whose track is nowhere, and what changed."""
    tracks = {track.slug: track for track in course.tracks.all()}
    save_questions = guest().save_questions
    lessons: dict[str, Lesson] = {}
    missing: list[str] = []
    changes = Changes()
    for name in data:
        track, _, slug = name.removesuffix(".yaml").partition("/")
        if name in LISTS:
            continue
        if track not in tracks:
            missing.append(name)
            continue
        lessons[name] = lesson_at(tracks[track], slug)
        changes += save_lesson(lessons[name], data[name], now)
        if save_questions:
            changes += save_questions(lessons[name], data[name])
    return lessons, missing, changes


def bring_lists(course: Course, data: Mapping[str, Data], lessons: Mapping[str, Lesson]) -> Changes:
    """What names lessons and questions, once all of them are there."""
    host, known, changes = guest(), by_name(lessons_in_files(course)), Changes()
    if NOTEBOOKS in data:
        changes += save_notebooks(course, data[NOTEBOOKS]["notebooks"], known)
    if QUIZZES in data and host.save_quizzes:
        changes += host.save_quizzes(course, data[QUIZZES]["quizzes"], known)
    for name, lesson in lessons.items():
        if host.save_quiz:
            changes += host.save_quiz(lesson, data[name], known)
    return changes


def remember(course: Course, files: Mapping[str, File]) -> None:
    """Keep the bytes of each file, which the next change is measured against."""
    known = dict(CourseFile.objects.filter(course=course).values_list("name", "digest"))
    keep(course, {name: file.raw for name, file in files.items() if known.get(name) != file.digest})
    CourseFile.objects.filter(course=course).exclude(name__in=list(files)).delete()


def remember_bytes(course: Course, root: Path) -> None:
    """Keep the bytes of files of which only the digests were kept, and that are still the same."""
    known = CourseFile.objects.filter(course=course, content=None).values_list("name", flat=True)
    keep(course, {name: (root / name).read_bytes() for name in known})


def keep(course: Course, files: Mapping[str, bytes]) -> None:
    if not files:
        return
    CourseFile.objects.bulk_create(
        [
            CourseFile(course=course, name=name, content=raw, digest=digest(raw))
            for name, raw in files.items()
        ],
        update_conflicts=True,
        unique_fields=["course", "name"],
        update_fields=["content", "digest"],
    )


def sides(
    course: Course, files: Mapping[str, File], take: Take, again: bool
) -> tuple[dict[str, Side], list[str]]:
    """Whose word counts, for each file that changed, and where that was for `take` to say and it
    said the database's. Raises ConflictError where it says nothing."""
    known = {one.name: one for one in CourseFile.objects.filter(course=course)}
    there = dict.fromkeys((*files, *known))
    changed = [name for name in there if again or is_changed(files.get(name), known.get(name))]
    standings = list(standings_of(course, files, known, changed))
    if again:
        settled = {one.name: Side.FILE for one in standings if one.side() is not Side.SAME}
        return settled, []
    chosen = {one.name: take.side(one) for one in standings}
    if conflicts := [one for one in standings if chosen[one.name] is Side.OPEN]:
        raise ConflictError(conflicts)
    opened = [one.name for one in standings if one.side() is Side.OPEN]
    return chosen, [name for name in opened if chosen[name] is Side.DATABASE]


def is_changed(file: File | None, known: CourseFile | None) -> bool:
    return file is None or known is None or file.digest != known.digest


def standings_of(
    course: Course, files: Mapping[str, File], known: Mapping[str, CourseFile], names: list[str]
) -> Iterable[Standing]:
    in_files = {name_of(lesson) for lesson in lessons_in_files(course)}
    here = documents_called(course, [name for name in names if name in in_files or name in LISTS])
    for name in names:
        file = normal(name, files[name].data) if name in files else None
        base = known[name].content if name in known else None
        standing = Standing(
            name,
            said(name, base_document(name, base, here.get(name))),
            said(name, file),
            said(name, here.get(name)),
        )
        yield standing


def said(name: str, document: Document | None) -> Document | None:
    """A list of nothing is as good as no list."""
    return None if document == NOTHING.get(name) else document


def base_document(
    name: str, content: bytes | memoryview | None, here: Document | None
) -> Document | None:
    """What the file said when it was last loaded; the slow reader has the last word."""
    if content is None:
        return None
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        document = normal(name, parsed(name, bytes(content), loader).data)
        if document == here:
            break
    return document
