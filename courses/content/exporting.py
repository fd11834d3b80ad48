"""What the database holds as files: the bytes they had, where they still say the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.db import transaction

from courses.content import needs, schema
from courses.content.bringing import NOTHING
from courses.content.documents import documents_of
from courses.content.files import NAMES, digest
from courses.content.folder import Plan, planned, put
from courses.content.glossary import problems_of_glossary
from courses.content.keeping import keep
from courses.content.loading import base_document, said
from courses.content.normal import COURSE, GLOSSARY, IMAGES, NOTEBOOKS, QUIZZES, Document
from courses.content.pictures import stored_pictures
from courses.content.problems import Problem, spelled
from courses.content.shapes import hidden_in
from courses.content.writing import to_yaml
from courses.models import Course, CourseFile


@dataclass(frozen=True, slots=True)
class Files:
    """The bytes of every file, and what is wrong with those that are written anew."""

    bytes: Mapping[str, bytes]
    problems: tuple[str, ...]


@transaction.atomic
def export(*, course: Course, folder: Path, check: bool = False, overwrite: bool = False) -> Plan:
    """Write the course to `folder`; with `check` only say what would be written.

    What is loaded from there next is measured against what is written now. Raises FolderError
    where the folder is another's, or has changes that were never loaded and `overwrite` is not
    said.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    files = files_of(course)
    known = dict(CourseFile.objects.filter(course=course).values_list("name", "digest"))
    plan = planned(folder, course.slug, files.bytes, known, overwrite=overwrite or check)
    plan.problems.extend(files.problems)
    if not check:
        put(folder, plan, files.bytes)
        changed = {name: raw for name, raw in files.bytes.items() if known.get(name) != digest(raw)}
        keep(course, changed)
        CourseFile.objects.filter(course=course).exclude(name__in=list(files.bytes)).delete()
    return plan


def files_of(course: Course) -> Files:
    """The course as files. Where a file says what the database says, its bytes as they were last
    loaded or exported; otherwise, and where they are not known, as `to_yaml` writes it."""
    documents = documents_of(course)
    known = {one.name: one.content for one in CourseFile.objects.filter(course=course)}
    files: dict[str, bytes] = {}
    written: list[str] = []
    for name, document in documents.items():
        content = known.get(name)
        if content is not None and is_said(name, bytes(content), document):
            files[name] = bytes(content)
        elif name != QUIZZES or name in known or document != NOTHING[name]:
            files[name] = to_yaml(name, document).encode()
            written.append(name)
    files |= said_nothing(known, documents) | stored_pictures(course)
    return Files(files, tuple(refusals(documents, written)))


def said_nothing(
    known: Mapping[str, bytes | memoryview | None], documents: Mapping[str, Document]
) -> dict[str, bytes]:
    """The bytes of files that say of lists which the course does not have that they are empty."""
    absent = {name: known.get(name) for name in NOTHING if name not in documents}
    return {
        name: bytes(content)
        for name, content in absent.items()
        if content is not None and is_said(name, bytes(content), NOTHING[name])
    }


def is_said(name: str, content: bytes, document: Document) -> bool:
    return said(name, base_document(name, content, document)) == said(name, document)


def refusals(documents: Mapping[str, Document], names: list[str]) -> Iterator[str]:
    """Why a load would refuse the files with these names, a line each."""
    for name in names:
        for problem in (*hidden_in(documents[name]), *problems_of(documents, name)):
            yield f"{name}: {spelled(problem.path)}: {problem.message}"


def problems_of(documents: Mapping[str, Document], name: str) -> Iterator[Problem]:
    lessons = {
        one.removesuffix(".yaml"): data for one, data in documents.items() if one not in NAMES
    }
    if name == COURSE:
        return schema.problems_of_course(documents[name])
    if name == NOTEBOOKS:
        return schema.problems_of_notebooks(documents[name], set(lessons))
    if name == GLOSSARY:
        return problems_of_glossary(documents[name], lessons)
    if name == IMAGES:
        return schema.problems_of_images(documents[name])
    if name == QUIZZES:
        return schema.problems_of_quizzes(documents[name], lessons)
    own = name.removesuffix(".yaml")
    edges = needs.edges_of(lessons)
    more = needs.problems_of_needs(own, documents[name], edges)
    return chain(schema.problems_of_lesson(documents[name], lessons), more)
