from typing import Any

import pytest

from courses.links.uses import Use, addresses, uses_of
from courses.models import Lesson, Status
from tests.factories import CourseFactory, LessonFactory, NotebookFactory, ReferenceFactory

URL = "https://paper.example/1"


@pytest.fixture
def lesson(db: None) -> Any:
    return LessonFactory(title="Quantization")


def test_each_address_of_what_is_current_stands_once(lesson: Lesson) -> None:
    course = lesson.track.course
    ReferenceFactory(lesson=lesson, url=URL, author_url="https://author.example/")
    ReferenceFactory(lesson=LessonFactory(track=lesson.track, slug="two"), url=URL)
    ReferenceFactory(lesson=lesson, url="https://old.example/", archived=True)
    gone = LessonFactory(track=lesson.track, slug="three", status=Status.ARCHIVED)
    ReferenceFactory(lesson=gone, url="https://gone.example/")
    NotebookFactory(course=course, colab="https://colab.example/", article="", homepage=URL)
    other = CourseFactory(slug="other")
    ReferenceFactory(lesson__track__course=other, url="https://other.example/")
    found = {URL, "https://author.example/", "https://colab.example/"}
    assert addresses(course) == found
    assert addresses() == {*found, "https://other.example/"}


def test_a_track_in_the_archive_names_nothing(lesson: Lesson) -> None:
    ReferenceFactory(lesson=lesson, url=URL)
    lesson.track.archived = True
    lesson.track.save(update_fields=["archived"])
    assert addresses() == set()


def test_what_uses_an_address_is_told(lesson: Lesson) -> None:
    course = lesson.track.course
    paper: Any = ReferenceFactory(lesson=lesson, title="A paper", url=URL)
    own: Any = ReferenceFactory(
        lesson=lesson, title="Own", url="https://x.example/", author_url=URL
    )
    tool: Any = NotebookFactory(
        course=course, category="Tools", title="A tool", colab="", article=URL
    )
    assert uses_of({URL})[URL] == [
        Use(URL, "reference", "url", paper.pk, "A paper", "Quantization", course.pk),
        Use(URL, "reference", "author_url", own.pk, "Own", "Quantization", course.pk),
        Use(URL, "notebook", "article", tool.pk, "A tool", "Tools", course.pk),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_uses_cost_two_queries(number: int, lesson: Lesson, django_assert_num_queries: Any) -> None:
    made: list[Any] = [ReferenceFactory(lesson=lesson) for _ in range(number)]
    with django_assert_num_queries(2):
        assert len(uses_of([one.url for one in made])) == number
