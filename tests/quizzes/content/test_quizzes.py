from decimal import Decimal
from typing import Any

import pytest
import yaml
from django.conf import settings
from hypothesis import given

from courses.content.problems import Problem
from courses.content.saving import Changes
from courses.models import Lesson, Status
from quizzes.content.checking import validate_quizzes
from quizzes.content.quizzes import save_quizzes
from quizzes.models import Quiz
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import QuestionFactory
from tests.quizzes.content.test_questions import JSON

FILES = {
    "one/first": {"concepts": [{"slug": "idea"}], "questions": [{"slug": "why"}]},
    "one/second": {"concepts": [{"slug": "other"}]},
}


def row(**more: Any) -> dict[str, Any]:
    return {
        "slug": "start",
        "title": "Where to start",
        "mode": "placement",
        "draws": [{"lesson": "one/first", "number": 2}],
        **more,
    }


def problems(*rows: Any) -> list[Problem]:
    return list(validate_quizzes(list(rows), FILES))


@pytest.fixture
def lessons(db: None) -> dict[str, Lesson]:
    first = LessonFactory(slug="first", track__slug="one")
    second = LessonFactory(slug="second", track=first.track)
    QuestionFactory(concept=ConceptFactory(lesson=first, slug="idea"), slug="why")
    ConceptFactory(lesson=second, slug="other")
    return {"one/first": first, "one/second": second}


def save(lessons: dict[str, Lesson], *rows: dict[str, Any]) -> Changes:
    return save_quizzes(lessons["one/first"].track.course, list(rows), lessons)


def test_the_real_file_is_sound() -> None:
    root = settings.COURSE_DIR
    files = {
        file.relative_to(root).with_suffix("").as_posix(): yaml.safe_load(file.read_text("utf-8"))
        for file in root.glob("*/*.yaml")
    }
    rows = yaml.safe_load((root / "quizzes.yaml").read_text("utf-8"))["quizzes"]
    assert list(validate_quizzes(rows, files)) == []


@pytest.mark.parametrize(
    ("more", "path", "message"),
    [
        ({"draws": []}, (), "needs questions, draws, or both."),
        ({"track": "two"}, ("track",), "no track “two”."),
        ({"lesson": "one/third"}, ("lesson",), "no lesson “one/third”."),
        ({"mode": "exam"}, ("mode",), "“exam” is none of graded, placement, practice."),
        (
            {"pass_mark": 101},
            ("pass_mark",),
            "Ensure this value is less than or equal to 100.",
        ),
        ({"time_limit": "5"}, ("time_limit",), "must be a whole number, not “5”."),
        ({"draws": [{"lesson": "one/third"}]}, ("draws", 0, "lesson"), "no lesson “one/third”."),
        (
            {"draws": [{"lesson": "one/first", "concept": "other"}]},
            ("draws", 0, "concept"),
            "the lesson has no concept “other”.",
        ),
        (
            {"draws": [{"lesson": "one/first", "number": 0}]},
            ("draws", 0, "number"),
            "Ensure this value is greater than or equal to 1.",
        ),
        (
            {"questions": [{"lesson": "one/first", "question": "how"}]},
            ("questions", 0, "question"),
            "the lesson has no question “how”.",
        ),
        (
            {"questions": [{"lesson": "one/first", "question": "why", "points": True}]},
            ("questions", 0, "points"),
            "must be a number, not “True”.",
        ),
    ],
)
def test_what_is_wrong_is_named(more: dict[str, Any], path: tuple[Any, ...], message: str) -> None:
    assert problems(row(**more)) == [Problem((0, *path), message)]


@given(JSON)
def test_checking_is_total(rows: Any) -> None:
    for problem in validate_quizzes(rows, FILES):
        assert problem.message


def test_a_quiz_with_draws(lessons: dict[str, Lesson]) -> None:
    concept = {"lesson": "one/second", "concept": "other", "difficulty": 3, "points": 0.5}
    draws = [{"lesson": "one/first", "number": 2}, concept]
    settings = {"track": "one", "pass_mark": 80, "time_limit": 20, "attempts": 2, "counts": "last"}
    assert save(lessons, row(draws=draws, **settings)) == Changes(created=1)
    quiz = Quiz.objects.get()
    assert (quiz.track, quiz.lesson) == (lessons["one/first"].track, None)
    assert (quiz.pass_mark, quiz.time_limit, quiz.attempts_allowed) == (80, 20, 2)
    assert (quiz.mode, quiz.counts, quiz.status) == ("placement", "last", Status.PUBLISHED)
    drawn = quiz.draws.values_list(
        "lesson__slug", "concept__slug", "difficulty", "number", "points"
    )
    assert list(drawn) == [
        ("first", None, None, 2, Decimal(1)),
        (None, "other", 3, 1, Decimal("0.5")),
    ]


def test_a_quiz_with_a_list(lessons: dict[str, Lesson]) -> None:
    listed = [{"lesson": "one/first", "question": "why", "points": 2}]
    save(lessons, row(lesson="one/second", draws=[], questions=listed))
    place = Quiz.objects.get(lesson__slug="second").places.get()
    assert (place.question.slug, place.position, place.points) == ("why", 1, Decimal(2))


def test_an_editors_question_of_the_same_slug_is_not_meant(lessons: dict[str, Lesson]) -> None:
    QuestionFactory(concept=ConceptFactory(lesson=lessons["one/first"]), slug="why")
    save(lessons, row(draws=[], questions=[{"lesson": "one/first", "question": "why"}]))
    assert Quiz.objects.get().places.get().question.concept.slug == "idea"


def test_again_changes_nothing(lessons: dict[str, Lesson]) -> None:
    save(lessons, row())
    draw = Quiz.objects.get().draws.get().pk
    assert save(lessons, row()) == Changes()
    assert Quiz.objects.get().draws.get().pk == draw


@pytest.mark.parametrize(
    "more", [{"title": "Other"}, {"draws": [{"lesson": "one/first", "number": 3}]}]
)
def test_a_change_is_made_in_place(lessons: dict[str, Lesson], more: dict[str, Any]) -> None:
    save(lessons, row())
    quiz = Quiz.objects.get().pk
    assert save(lessons, row(**more)) == Changes(updated=1)
    assert Quiz.objects.get().pk == quiz


def test_what_is_no_longer_said_is_the_default_again(lessons: dict[str, Lesson]) -> None:
    save(lessons, row(time_limit=5))
    save(lessons, row())
    assert Quiz.objects.get().time_limit is None


def test_an_unlisted_quiz_is_archived_and_leaves_the_files(lessons: dict[str, Lesson]) -> None:
    save(lessons, row())
    assert save(lessons, row(slug="other")) == Changes(created=1, archived=1)
    found = Quiz.objects.order_by("slug").values_list("slug", "status", "in_files")
    assert list(found) == [("other", "published", True), ("start", "archived", False)]
    assert save(lessons, row(slug="other")) == Changes()


def test_a_quiz_that_is_not_of_the_files_stays(lessons: dict[str, Lesson]) -> None:
    save(lessons, row())
    Quiz.objects.update(in_files=False)
    assert save(lessons, row(slug="other")) == Changes(created=1)
    assert Quiz.objects.get(slug="start").status == Status.PUBLISHED
