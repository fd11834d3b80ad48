"""The rows of a course to what its files say: lessons first, then what names them."""

from collections.abc import Mapping
from datetime import datetime

from courses.content.documents import lessons_in_files
from courses.content.files import File
from courses.content.guests import guest
from courses.content.keeping import remember
from courses.content.normal import COURSE, GLOSSARY, IMAGES, NOTEBOOKS, QUIZZES, Document
from courses.content.pictures import bring_pictures
from courses.content.saving import (
    Changes,
    Data,
    archive_lessons,
    arrange_lessons,
    by_name,
    lesson_at,
    save_lesson,
    save_notebooks,
    save_terms,
    save_top,
)
from courses.content.saving_needs import save_needs
from courses.content.sides import Side
from courses.models import Course, Lesson

# Files that may be missing, or say nothing, without anything being meant by it.
NOTHING: Mapping[str, Document] = {
    NOTEBOOKS: {"notebooks": []},
    GLOSSARY: {"terms": []},
    QUIZZES: {"quizzes": []},
    IMAGES: {"images": []},
}


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
    rows = data[IMAGES]["images"] if IMAGES in data else []
    changes += bring_pictures(course, rows, files, now)
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
        if name in (COURSE, *NOTHING):
            continue
        if track not in tracks:
            missing.append(name)
            continue
        lessons[name] = lesson_at(tracks[track], slug)
        changes += save_lesson(lessons[name], data[name], now)
        if save_questions:
            changes += save_questions(lessons[name], data[name])
    said = [(lesson, data[name]) for name, lesson in lessons.items()]
    changes += save_needs(course, said, now, whole=True)
    return lessons, missing, changes


def bring_lists(course: Course, data: Mapping[str, Data], lessons: Mapping[str, Lesson]) -> Changes:
    """What names lessons and questions, once all of them are there."""
    host, known, changes = guest(), by_name(lessons_in_files(course)), Changes()
    if NOTEBOOKS in data:
        changes += save_notebooks(course, data[NOTEBOOKS]["notebooks"], known)
    if GLOSSARY in data:
        changes += save_terms(course, data[GLOSSARY]["terms"], known)
    if QUIZZES in data and host.save_quizzes:
        changes += host.save_quizzes(course, data[QUIZZES]["quizzes"], known)
    for name, lesson in lessons.items():
        if host.save_quiz:
            changes += host.save_quiz(lesson, data[name], known)
    return changes
