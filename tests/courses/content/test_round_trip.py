"""What the database holds goes to files and comes back the same, whatever it is."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from pytest_django import Settings

from courses.content.bringing import bring
from courses.content.documents import digest_of, documents_of
from courses.content.exporting import export
from courses.content.loading import load
from courses.content.normal import normal
from courses.content.reading import read_course
from courses.content.saving import Changes
from courses.content.sides import Side
from courses.models import (
    Concept,
    Course,
    CourseFile,
    Image,
    Lesson,
    Need,
    Notebook,
    Reference,
    Revision,
    Term,
    Track,
)
from quizzes.models import Draw, Question, Quiz, QuizQuestion
from tests.courses.content.generated import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


# Whoever points at another comes before it.
ROWS = (
    Term,
    Image,
    Draw,
    QuizQuestion,
    Quiz,
    Question,
    Notebook,
    Reference,
    Need,
    Concept,
    Lesson,
    Track,
)


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def said(course: Course) -> dict[str, Any]:
    return dict(documents_of(course))


@budget(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_export_and_load(data: st.DataObject) -> None:
    with transaction.atomic(), tempfile.TemporaryDirectory() as made:
        comes_back(build(data.draw), Path(made))
        transaction.set_rollback(True)


def comes_back(course: Course, folder: Path) -> None:
    before = said(course)
    assert {name: normal(name, document) for name, document in before.items()} == before
    plan = export(course=course, folder=folder / "first")
    assert plan.problems == []
    files = read_course(folder / "first")

    loaded = load(files, now=timezone.now(), again=True)
    every = dict.fromkeys(files, Side.FILE)
    assert (loaded.changes, bring(course, files, every, timezone.now())[0]) == (
        Changes(),
        Changes(),
    )
    assert said(course) == before
    assert not Revision.objects.filter(source=Revision.Source.FILES).exists()
    assert not export(course=course, folder=folder / "first").changes

    for rows in ROWS:
        rows.objects.all().delete()
    CourseFile.objects.all().delete()
    Revision.objects.all().delete()
    course.delete()
    course = load(files, now=timezone.now()).course
    after = said(course)
    assert after == before
    assert {name: digest_of(one) for name, one in after.items()} == {
        name: digest_of(one) for name, one in before.items()
    }
    CourseFile.objects.all().delete()
    export(course=course, folder=folder / "second")
    assert contents(folder / "second") == contents(folder / "first")
