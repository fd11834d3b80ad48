from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.content.documents import documents_of, name_of
from courses.history.recording import PAST, Change, catch_up, newest_of, record
from courses.models import Concept, Course, Image, Lesson, Revision, Status, Track
from tests.factories import (
    ConceptFactory,
    CourseFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TrackFactory,
)
from tests.quiz_factories import QuestionFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 8, 40, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def lesson() -> Lesson:
    made: Lesson = LessonFactory(slug="attention", track=TrackFactory(slug="scientist"))
    ConceptFactory(lesson=made, slug="queries", body="Old.\n")
    ReferenceFactory(lesson=made)
    return made


def edit(lesson: Lesson, body: str = "New.\n") -> None:
    Concept.objects.filter(lesson=lesson).update(body=body)


def rows() -> list[tuple[Any, ...]]:
    return list(Revision.objects.order_by("pk").values_list("name", "source", "note"))


def test_a_change_is_who_when_from_where_and_why(lesson: Lesson, editor: User) -> None:
    change = Change(Revision.Source.EDITOR, by=editor, mark="fix", note="A typo.")
    [made] = record(
        course=lesson.track.course, names=["scientist/attention.yaml"], change=change, now=NOW
    )
    stored = Revision.objects.get()
    assert stored == made
    assert (stored.course, stored.lesson, stored.version) == (lesson.track.course, lesson, 1)
    assert (stored.source, stored.mark, stored.note) == ("editor", "fix", "A typo.")
    assert (stored.made_at, stored.made_by, stored.public) == (NOW, editor, True)
    assert stored.data == documents_of(lesson.track.course)["scientist/attention.yaml"]


def test_recording_twice_is_recording_once(lesson: Lesson) -> None:
    course, names = lesson.track.course, [name_of(lesson)]
    assert len(record(course=course, names=names, change=PAST, now=NOW)) == 1
    assert record(course=course, names=names, change=PAST, now=LATER) == []
    edit(lesson)
    assert len(record(course=course, names=names, change=PAST, now=LATER)) == 1
    edit(lesson, "Old.\n")
    assert len(record(course=course, names=names, change=PAST, now=LATER)) == 1
    assert Revision.objects.count() == 3


def test_what_was_written_past_us_is_a_change_of_its_own(lesson: Lesson, editor: User) -> None:
    course, names = lesson.track.course, [name_of(lesson)]
    record(course=course, names=names, change=PAST, now=NOW)
    edit(lesson, "By a script.\n")
    catch_up(course=course, names=names, now=LATER)
    edit(lesson, "By Edda.\n")
    record(course=course, names=names, change=Change("editor", editor), now=LATER)
    bodies = [one.data["concepts"][0]["body"] for one in Revision.objects.order_by("pk")]
    assert bodies == ["Old.\n", "By a script.\n", "By Edda.\n"]
    assert [source for _, source, _ in rows()] == ["outside", "outside", "editor"]


def test_all_documents_of_a_course(lesson: Lesson) -> None:
    NotebookFactory(course=lesson.track.course)
    record(course=lesson.track.course, names=None, change=PAST, now=NOW)
    names = [name for name, *_ in rows()]
    assert names == ["course.yaml", "scientist/attention.yaml", "notebooks.yaml", "quizzes.yaml"]
    assert newest_of(lesson.track.course, names) == {
        one.name: one.pk for one in Revision.objects.all()
    }


def test_no_pictures_are_no_file_until_there_were_some() -> None:
    course: Course = CourseFactory()
    assert catch_up(course=course, names=["images.yaml"], now=NOW) == []
    row = {"width": 4, "height": 3, "size": 99, "alt": "Red"}
    image = Image.objects.create(course=course, name="red", uploaded_at=NOW, **row)
    [first] = record(course=course, names=["images.yaml"], change=Change("editor"), now=NOW)
    image.delete()
    [none] = record(course=course, names=["images.yaml"], change=Change("editor"), now=LATER)
    assert [len(one.data["images"]) for one in (first, none)] == [1, 0]


def test_what_readers_do_not_see_is_said(lesson: Lesson) -> None:
    course = lesson.track.course
    Lesson.objects.update(publish_at=LATER)
    [soon] = record(course=course, names=[name_of(lesson)], change=PAST, now=NOW)
    Lesson.objects.update(status=Status.ARCHIVED, publish_at=None, version=4)
    [gone] = record(course=course, names=[name_of(lesson)], change=PAST, now=LATER)
    assert (soon.public, soon.version) == (False, 1)
    assert (gone.public, gone.version, gone.data["status"]) == (False, 4, "archived")


def test_a_name_that_no_lesson_has_is_nothing(lesson: Lesson) -> None:
    other: Track = TrackFactory(course=CourseFactory(slug="other"), slug="scientist")
    LessonFactory(track=other, slug="elsewhere")
    names = ["scientist/elsewhere.yaml", "scientist/none.yaml", "none", "attention.yaml"]
    assert record(course=lesson.track.course, names=names, change=PAST, now=NOW) == []
    assert record(course=lesson.track.course, names=[], change=PAST, now=NOW) == []


def test_a_lesson_that_moves_keeps_its_history(lesson: Lesson) -> None:
    course = lesson.track.course
    record(course=course, names=[name_of(lesson)], change=PAST, now=NOW)
    Track.objects.filter(pk=lesson.track_id).update(slug="engineer")
    record(course=course, names=["engineer/attention.yaml"], change=PAST, now=LATER)
    assert [one.name for one in Revision.objects.of_lesson(lesson)] == [
        "engineer/attention.yaml",
        "scientist/attention.yaml",
    ]


# A savepoint and its end; the course; the lessons, concepts, what they need, references, slugs of
# quizzes, places in them, questions; the newest revisions; the lessons again, which are published;
# revisions.
@pytest.mark.parametrize("number", [1, 5])
def test_cost_does_not_grow_with_lessons_or_history(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    course: Course = CourseFactory()
    lessons = [LessonFactory(track=TrackFactory(course=course)) for _ in range(number)]
    for lesson in lessons:
        for _ in range(number):
            QuestionFactory(concept=ConceptFactory(lesson=lesson))
            ReferenceFactory(lesson=lesson)
    names = [name_of(lesson) for lesson in lessons]
    for past in range(number):
        Concept.objects.update(body=f"{past}\n")
        record(course=course, names=names, change=PAST, now=NOW)
    Concept.objects.update(body="New.\n")
    with django_assert_num_queries(15):
        assert len(record(course=course, names=names, change=PAST, now=LATER)) == number
