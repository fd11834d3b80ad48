from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from courses.content.documents import documents_of, name_of
from courses.editing import set_status
from courses.history.recording import PAST, record
from courses.history.restoring import RefusedError, restore
from courses.models import Concept, ConceptTick, Course, Lesson, Reference, Revision, Status, Track
from quizzes.models import Attempt, Question, QuestionVersion
from tests.factories import (
    ConceptFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TrackFactory,
)
from tests.quiz_factories import QuestionFactory, chosen, payload, quiz_of

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
NOW = FIRST + timedelta(days=200)
FILE = "scientist/attention.yaml"


@pytest.fixture
def lesson() -> Lesson:
    """With a first version that has one concept, one reference and one question."""
    track = TrackFactory(slug="scientist", title="Scientist")
    made: Lesson = LessonFactory(track=track, slug="attention", introduction="Old.\n", minutes=30)
    concept = ConceptFactory(lesson=made, slug="queries", name="Queries", body="Old.\n", position=1)
    ReferenceFactory(lesson=made, position=1)
    QuestionFactory(concept=concept, slug="first", explanation="Because.\n")
    keep(made.track.course)
    return made


def keep(course: Course) -> None:
    record(course=course, names=None, change=PAST, now=FIRST)


def edited(lesson: Lesson) -> None:
    """The lesson says more, and other things."""
    Lesson.objects.filter(pk=lesson.pk).update(introduction="New.\n", summary="A summary.")
    Concept.objects.filter(lesson=lesson).update(body="New.\n")
    ConceptFactory(lesson=lesson, slug="keys", name="Keys", body="Keys.\n", position=2)
    Reference.objects.filter(lesson=lesson).update(archived=True)
    QuestionFactory(
        concept=lesson.concepts.get(slug="queries"), slug="second", explanation="Because.\n"
    )
    keep(lesson.track.course)


def versions() -> list[Revision]:
    """Of the lesson, the oldest first."""
    return list(Revision.objects.filter(name=FILE).order_by("pk"))


def again(revision: Revision, by: User | None = None, **more: Any) -> list[Revision]:
    return restore(revision=revision, by=by, note="", now=NOW, **more)


def test_there_and_back_again(lesson: Lesson, editor: User) -> None:
    edited(lesson)
    course = lesson.track.course
    first, newest = versions()
    [back] = again(first, editor)
    assert (back.data, back.digest) == (first.data, first.digest)
    assert (back.source, back.made_by, back.made_at) == ("restored", editor, NOW)
    assert back.note == "Restored the version of 3 May 2026, 14:05"
    assert documents_of(course)[FILE] == first.data
    [forth] = again(newest, editor)
    assert forth.data == newest.data == documents_of(course)[FILE]
    assert again(newest, editor) == []
    lesson.refresh_from_db()
    assert (lesson.version, lesson.introduction) == (3, "New.\n")


def test_what_came_later_is_archived(lesson: Lesson) -> None:
    edited(lesson)
    again(versions()[0])
    assert dict(Concept.objects.values_list("slug", "archived")) == {
        "queries": False,
        "keys": True,
    }
    assert Reference.objects.get().archived is False
    assert dict(Question.objects.values_list("slug", "status")) == {
        "first": Status.PUBLISHED,
        "second": Status.ARCHIVED,
    }


def test_learners_keep_what_they_did(lesson: Lesson, learner: User) -> None:
    edited(lesson)
    keys = Concept.objects.get(slug="keys")
    ConceptTick.objects.create(user=learner, concept=keys, ticked_at=NOW)
    asked = Question.objects.get(slug="second")
    attempt = Attempt.objects.create(user=learner, quiz=quiz_of(asked), seed=1, started_at=NOW)
    version = QuestionVersion.objects.create(
        question=asked, digest="", kind="single", prompt="?", payload=payload(), created_at=NOW
    )
    attempt.responses.create(position=1, version=version, answer=chosen("a"), score=1)
    again(versions()[0])
    again(versions()[1])
    assert ConceptTick.objects.get().concept == keys
    kept = attempt.responses.values_list("version", "answer", "score").get()
    assert kept == (version.pk, chosen("a"), 1)


def test_questions_stay_as_they_are_unless_wanted(lesson: Lesson) -> None:
    edited(lesson)
    [made] = again(versions()[0], questions=False)
    assert made.data["introduction"] == "Old.\n"
    assert [one["slug"] for one in made.data["questions"]] == ["first", "second"]
    assert Question.objects.get(slug="second").status == Status.PUBLISHED


def test_readers_keep_a_lesson_that_was_a_draft_then(lesson: Lesson) -> None:
    Lesson.objects.update(status=Status.DRAFT, introduction="Draft.\n")
    keep(lesson.track.course)
    Lesson.objects.update(status=Status.PUBLISHED, introduction="New.\n")
    keep(lesson.track.course)
    _first, draft, newest = versions()
    again(draft)
    stored = Lesson.objects.get()
    assert (stored.introduction, stored.status) == ("Draft.\n", Status.PUBLISHED)
    again(newest)
    again(draft, state=True)
    assert Lesson.objects.get().status == Status.DRAFT


def test_of_a_lesson_that_moved(lesson: Lesson) -> None:
    edited(lesson)
    first = versions()[0]
    Track.objects.update(slug="engineer")
    made = again(Revision.objects.get(pk=first.pk))
    assert [one.name for one in made] == ["engineer/attention.yaml"]
    assert made[0].data == first.data


def test_the_course_itself(lesson: Lesson) -> None:
    course = lesson.track.course
    LessonFactory(track=lesson.track, slug="pruning", position=99)
    Lesson.objects.filter(pk=lesson.pk).update(position=100)
    Track.objects.update(title="Other")
    keep(course)
    before, after = Revision.objects.of_file(course, "course.yaml").order_by("pk")
    names = {one.name for one in again(before)}
    assert names == {"course.yaml", "scientist/pruning.yaml"}
    assert Lesson.objects.get(slug="pruning").status == Status.ARCHIVED
    assert documents_of(course)["course.yaml"] == before.data
    again(after)
    assert documents_of(course)["course.yaml"] == after.data


def test_the_notebooks(lesson: Lesson) -> None:
    course = lesson.track.course
    NotebookFactory(course=course).lessons.add(lesson)
    keep(course)
    empty, full = Revision.objects.of_file(course, "notebooks.yaml").order_by("pk")
    again(empty)
    assert documents_of(course)["notebooks.yaml"] == {"notebooks": []}
    again(full)
    assert documents_of(course)["notebooks.yaml"] == full.data


def test_what_no_longer_fits_is_refused(lesson: Lesson) -> None:
    course = lesson.track.course
    NotebookFactory(course=course).lessons.add(lesson)
    keep(course)
    full = Revision.objects.of_file(course, "notebooks.yaml")[0]
    set_status(things=[lesson], status=Status.ARCHIVED, course="track__course")
    keep(course)
    before = Revision.objects.count()
    with pytest.raises(RefusedError) as refused:
        again(full)
    assert [problem.message for problem in refused.value.problems] == [
        f"no lesson “{name_of(lesson).removesuffix('.yaml')}”."
    ]
    assert Revision.objects.count() == before
