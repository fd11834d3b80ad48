from dataclasses import fields
from datetime import UTC, datetime

import pytest

from courses.content.documents import Document, documents_of, name_of
from courses.models import Lesson, Reference
from courses.pages.lesson import LessonPage, Section, lesson_page, page_of_document
from courses.pages.shared import pages
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory, TrackFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def lesson() -> Lesson:
    lesson = LessonFactory(track=TrackFactory(slug="scientist"), slug="quantization")
    ConceptFactory(lesson=lesson, slug="base", name="Base")
    ReferenceFactory(lesson=lesson, url="https://known.example/")
    return lesson


def document(lesson: Lesson) -> Document:
    return documents_of(lesson.track.course)[name_of(lesson)]


def values(thing: object) -> object:
    """`thing` as plain values: pages are equal only to themselves."""
    if isinstance(thing, tuple):
        return [values(one) for one in thing]
    if hasattr(thing, "__dataclass_fields__"):
        return {field.name: values(getattr(thing, field.name)) for field in fields(thing)}
    return thing


def test_the_page_of_its_own_document_is_the_lessons_page(lesson: Lesson) -> None:
    page = page_of_document(lesson, document(lesson), NOW)
    published = lesson_page("llm-course", "scientist", "quantization", NOW)
    assert values(page) == {**values(published), "draft": True}


def test_what_only_the_document_has(lesson: Lesson) -> None:
    data = document(lesson)
    data["title"] = "Fewer bits"
    data["concepts"].append({"slug": "new", "name": "New", "body": "*Text*"})
    data["references"].insert(
        0, {"title": "Talk", "url": "https://new.example/", "kind": Reference.Kind.VIDEO}
    )
    page = page_of_document(lesson, data, NOW)
    assert page.title == "Fewer bits"
    assert values(page.sections[1]) == values(Section(0, "new", "New", "", "<p><em>Text</em></p>"))
    known = lesson.references.get().pk
    assert page.reference_ids == [0, known]
    assert [group.heading for group in page.references] == ["Videos", "Articles"]


def test_nothing_of_it_is_kept(lesson: Lesson) -> None:
    page_of_document(lesson, document(lesson) | {"title": "Secret"}, NOW)
    assert [name for _course, _stamp, name, _language in pages.items] == ["glossary"]
    found = lesson_page("llm-course", "scientist", "quantization", NOW)
    assert isinstance(found, LessonPage)
    assert found.title == lesson.title
