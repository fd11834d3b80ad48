from datetime import UTC, datetime
from typing import Any

import pytest

from courses.content.applying import apply, problems_in
from courses.content.documents import document, documents_of
from courses.content.problems import Problem
from courses.content.saving import Changes
from courses.models import Course, Lesson, Status, Track
from quizzes.models import Question, Quiz
from tests.factories import (
    ConceptFactory,
    CourseFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TrackFactory,
)
from tests.quiz_factories import QuestionFactory, quiz_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NAME = "one/first.yaml"


@pytest.fixture
def course() -> Course:
    course: Course = CourseFactory()
    lesson = LessonFactory(
        track=TrackFactory(course=course, slug="one"), slug="first", title="First", position=1
    )
    concept = ConceptFactory(lesson=lesson, slug="idea")
    quiz_of(QuestionFactory(concept=concept, slug="why"), slug="first", title="Quiz: First")
    ReferenceFactory(lesson=lesson)
    NotebookFactory(course=course).lessons.add(lesson)
    return course


def said(course: Course, name: str = NAME) -> dict[str, Any]:
    data = document(course, name)
    assert data is not None
    return data


def bring(course: Course, data: dict[str, Any], name: str = NAME, **more: Any) -> Changes:
    return apply(course=course, name=name, data=data, now=NOW, **more)


def test_what_is_there_changes_nothing(course: Course) -> None:
    for name, data in documents_of(course).items():
        assert problems_in(course, name, data) == []
        assert bring(course, data, name, whole=True) == Changes()
    assert Lesson.objects.values_list("version", flat=True).get() == 1


def test_a_change_of_text_makes_a_version(course: Course) -> None:
    data = {**said(course), "title": "Other", "introduction": "New.\n"}
    assert bring(course, data) == Changes(updated=2)
    lesson = Lesson.objects.get()
    assert (lesson.version, lesson.updated_at, lesson.introduction) == (2, NOW, "New.\n")
    assert Quiz.objects.get().title == "Quiz: Other"
    assert said(course) == data


def test_a_change_of_state_makes_none(course: Course) -> None:
    before = Course.objects.get().version
    assert bring(course, {**said(course), "status": "draft"}) == Changes(updated=1)
    assert Lesson.objects.values_list("version", "status").get() == (1, Status.DRAFT)
    assert Course.objects.get().version > before


def test_questions_that_are_not_said_stay_unless_the_data_is_whole(course: Course) -> None:
    data = {key: value for key, value in said(course).items() if key != "questions"}
    assert bring(course, data) == Changes()
    assert Question.objects.get().status == Status.PUBLISHED
    assert bring(course, data, whole=True) == Changes(archived=2)
    assert Question.objects.get().status == Status.ARCHIVED
    assert said(course) == data


def test_a_new_lesson_stands_behind_the_others(course: Course) -> None:
    data = {key: value for key, value in said(course).items() if key != "questions"}
    assert bring(course, data, "one/second.yaml").created == 3
    assert said(course, "course.yaml")["tracks"][0]["lessons"] == ["first", "second"]
    with pytest.raises(Track.DoesNotExist):
        bring(course, data, "two/second.yaml")


def test_the_order_of_the_course(course: Course) -> None:
    LessonFactory(track=Track.objects.get(), slug="second", position=2)
    data = said(course, "course.yaml")
    data["tracks"][0]["lessons"] = ["second", "first"]
    bring(course, data, "course.yaml")
    assert said(course, "course.yaml") == data
    data["tracks"][0]["lessons"] = ["second"]
    assert bring(course, data, "course.yaml") == Changes(archived=1)
    assert said(course, "course.yaml") == data
    assert said(course, "notebooks.yaml")["notebooks"][0].get("lessons") is None


def test_problems_are_found_before(course: Course) -> None:
    data = {**said(course), "minutes": 0, "mood": "good"}
    assert {problem.path for problem in problems_in(course, NAME, data)} == {
        ("minutes",),
        ("mood",),
    }
    other = {**said(course, "course.yaml"), "slug": "other"}
    assert problems_in(course, "course.yaml", other) == [
        Problem(("slug",), "is not “llm-course”: a course keeps its address.")
    ]
    row = {"slug": "a", "title": "A", "mode": "graded", "draws": [{"lesson": "one/third"}]}
    assert problems_in(course, "quizzes.yaml", {"quizzes": [row]}) == [
        Problem(("quizzes", 0, "draws", 0, "lesson"), "no lesson “one/third”.")
    ]
