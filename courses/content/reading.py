"""A whole course from its folder, checked; nothing of it touches the database."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from courses.content import needs, schema
from courses.content.files import File, Known, read
from courses.content.glossary import problems_of_glossary
from courses.content.normal import COURSE, GLOSSARY, IMAGES, NOTEBOOKS, QUIZZES
from courses.content.pictures import read_pictures
from courses.content.problems import ContentError, Problem
from courses.content.shapes import hidden_in


def read_course(root: Path, known: Known = frozenset()) -> dict[str, File]:
    """The files of the course under `root` by name: course.yaml, the lessons in their order,
    notebooks.yaml, glossary.yaml, quizzes.yaml, images.yaml, pictures.

    Of the last five only notebooks.yaml must be there. Raises ContentError that names file, line
    and key of every problem found. The texts of lessons that are `known` were checked before.
    """
    course = read(root, COURSE)
    refuse(said(course, schema.problems_of_course(course.data)))
    lines: list[str] = []
    lessons = dict(read_lessons(root, course.data, known, lines))
    refuse(lines)
    data = known_lessons(lessons)
    for name, file in lessons.items():
        if (name, file.digest) not in known:
            lines += said(file, schema.problems_of_lesson(file.data, data))
    lines += needs_said(lessons, data)
    notebooks = read(root, NOTEBOOKS)
    lines += said(notebooks, schema.problems_of_notebooks(notebooks.data, data))
    refuse(lines + strays(root, lessons))
    glossary = {GLOSSARY: read(root, GLOSSARY)} if (root / GLOSSARY).exists() else {}
    for file in glossary.values():
        refuse(said(file, problems_of_glossary(file.data, data)))
    quizzes = {QUIZZES: read(root, QUIZZES)} if (root / QUIZZES).exists() else {}
    for file in quizzes.values():
        refuse(said(file, schema.problems_of_quizzes(file.data, data)))
    images = {IMAGES: read(root, IMAGES)} if (root / IMAGES).exists() else {}
    for file in images.values():
        refuse(said(file, schema.problems_of_images(file.data)))
    pictures = read_pictures(root, images.get(IMAGES), lines)
    refuse(lines)
    lists = {NOTEBOOKS: notebooks, **glossary, **quizzes, **images}
    return {COURSE: course, **lessons, **lists, **pictures}


def names_listed(course: Mapping[str, Any]) -> Iterator[str]:
    """The names of the files of the lessons that the data of course.yaml lists."""
    for track in course["tracks"]:
        for slug in track["lessons"]:
            yield f"{track['slug']}/{slug}.yaml"


def read_lessons(
    root: Path, course: Mapping[str, Any], known: Known, lines: list[str]
) -> Iterator[tuple[str, File]]:
    for name in names_listed(course):
        try:
            yield name, read(root, name, known)
        except ContentError as error:
            lines += error.lines


def known_lessons(files: Mapping[str, File]) -> dict[str, Any]:
    """The data of lessons by `track/lesson`; of what is no lesson at all, nothing."""
    return {
        name.removesuffix(".yaml"): file.data if isinstance(file.data, dict) else {}
        for name, file in files.items()
    }


def needs_said(files: Mapping[str, File], data: Mapping[str, Any]) -> list[str]:
    """What is wrong with what concepts need, in all lessons: one that is as it was may name a
    concept that another has no more."""
    edges = needs.edges_of(data)
    lines = [
        line
        for name, lesson in zip(files, data, strict=True)
        for line in said(files[name], needs.problems_of_needs(lesson, data[lesson], edges))
    ]
    if found := needs.circle(edges):
        lesson = found[0].rpartition("/")[0]
        lines += said(files[f"{lesson}.yaml"], [needs.at(lesson, data[lesson], found)])
    return lines


def strays(root: Path, listed: Mapping[str, File]) -> list[str]:
    """Files that no track lists: more likely forgotten there than meant to be ignored."""
    found = {file.relative_to(root) for file in root.glob("*/*.yaml")}
    return [
        f"{file}: is in no track of course.yaml; list it there or take the file away."
        for file in sorted(found)
        if file.as_posix() not in listed
    ]


def said(file: File, problems: Iterable[Problem]) -> list[str]:
    return [file.says(problem) for problem in (*hidden_in(file.data), *problems)]


def refuse(lines: list[str]) -> None:
    if lines:
        raise ContentError(lines)
