"""A whole course from its folder, checked; nothing of it touches the database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.content import schema
from courses.content.files import Document, read
from courses.content.problems import ContentError, Problem
from courses.content.shapes import SLUG, problems_of

QuestionCheck = Callable[[list[Any], set[str]], Iterable[Problem]]
# Rows of quizzes.yaml, and the data of each lesson's file by `track/lesson`.
QuizCheck = Callable[[list[Any], Mapping[str, dict[str, Any]]], Iterable[Problem]]


@dataclass(frozen=True)
class LessonFile:
    track: str
    slug: str
    position: int
    document: Document

    @property
    def data(self) -> dict[str, Any]:
        return dict(self.document.data)


@dataclass(frozen=True)
class CourseFiles:
    course: Document
    notebooks: Document
    lessons: tuple[LessonFile, ...]
    quiz_list: Document | None

    @property
    def documents(self) -> list[Document]:
        of_lessons = [lesson.document for lesson in self.lessons]
        return [self.course, self.notebooks, *of_lessons, *filter(None, [self.quiz_list])]


def read_course(
    root: Path, check_questions: QuestionCheck, check_quizzes: QuizCheck
) -> CourseFiles:
    """The course under `root`: course.yaml, notebooks.yaml, <track>/<lesson>.yaml, quizzes.yaml.

    Only the last may be missing. `check_questions` answers for the questions of a lesson,
    `check_quizzes` for the quizzes that belong to no single one.
    Raises ContentError that names file, line and key of every problem found.
    """
    course = read(root, "course.yaml")
    refuse(said(course, schema.problems_of_course(course.data)))
    lines: list[str] = []
    lessons = tuple(read_lessons(root, course, lines))
    refuse(lines)
    for lesson in lessons:
        lines += said(lesson.document, schema.problems_of_lesson(lesson.document.data))
        lines += said(lesson.document, problems_of_questions(lesson, check_questions))
    notebooks = read(root, "notebooks.yaml")
    known = {f"{lesson.track}/{lesson.slug}": lesson.document.data for lesson in lessons}
    lines += said(notebooks, schema.problems_of_notebooks(notebooks.data, set(known)))
    refuse(lines + strays(root, set(known)))
    quizzes = read(root, "quizzes.yaml") if (root / "quizzes.yaml").exists() else None
    if quizzes:
        refuse(said(quizzes, problems_of_quizzes(quizzes.data, known, check_quizzes)))
    return CourseFiles(course, notebooks, lessons, quizzes)


def read_lessons(root: Path, course: Document, lines: list[str]) -> Iterable[LessonFile]:
    for number, track in enumerate(course.data["tracks"]):
        seen: set[str] = set()
        for place, slug in enumerate(track["lessons"]):
            path = ("tracks", number, "lessons", place)
            if not isinstance(slug, str) or not SLUG.fullmatch(slug) or slug in seen:
                lines += said(course, [Problem(path, f"“{slug}” is no address, or here twice.")])
                continue
            seen.add(slug)
            try:
                document = read(root, f"{track['slug']}/{slug}.yaml")
            except ContentError as error:
                lines += error.lines
            else:
                yield LessonFile(track["slug"], slug, place + 1, document)


def problems_of_questions(lesson: LessonFile, check: QuestionCheck) -> Iterable[Problem]:
    data = lesson.document.data
    rows = data.get("questions") if isinstance(data, dict) else None
    if isinstance(rows, list):
        concepts = data.get("concepts")
        concepts = concepts if isinstance(concepts, list) else ()
        slugs = {str(row.get("slug")) for row in concepts if isinstance(row, dict)}
        yield from (problem.under("questions") for problem in check(rows, slugs))


def problems_of_quizzes(
    data: Any, lessons: Mapping[str, dict[str, Any]], check: QuizCheck
) -> Iterable[Problem]:
    yield from problems_of(data, schema.QUIZZES)
    rows = data.get("quizzes") if isinstance(data, dict) else None
    if isinstance(rows, list):
        yield from (problem.under("quizzes") for problem in check(rows, lessons))


def strays(root: Path, known: set[str]) -> list[str]:
    """Files that no track lists: more likely forgotten there than meant to be ignored."""
    found = {file.relative_to(root) for file in root.glob("*/*.yaml")}
    return [
        f"{file}: is in no track of course.yaml; list it there or take the file away."
        for file in sorted(found)
        if file.with_suffix("").as_posix() not in known
    ]


def said(document: Document, problems: Iterable[Problem]) -> list[str]:
    return [document.says(problem) for problem in problems]


def refuse(lines: list[str]) -> None:
    if lines:
        raise ContentError(lines)
