from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from courses.content.problems import Problem
from courses.content.saving import Changes
from courses.models import Concept, Lesson, Status
from quizzes.content.questions import save_questions as save_rows
from quizzes.content.questions import validate_questions
from quizzes.content.quizzes import save_own_quiz
from quizzes.kinds import KINDS
from quizzes.models import Question, Quiz
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import payload
from tests.quizzes.attempts.test_attempts import begin, hand_in, save
from tests.quizzes.sql import queries

LESSONS = sorted(Path(settings.COURSE_DIR).glob("*/*.yaml"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def row(slug: str = "one", concept: str = "tokens", **more: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "concept": concept,
        "kind": "single",
        "difficulty": 2,
        "prompt": f"What is {slug}?\n",
        "payload": payload(),
        "explanation": "Because.\n",
        **more,
    }


def problems(*rows: Any) -> list[Problem]:
    return list(validate_questions(list(rows), concepts={"tokens", "models"}))


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in row().items() if name != key}


@pytest.fixture
def lesson(db: None) -> Lesson:
    lesson = LessonFactory(slug="tokenizing", title="Tokenizing")
    ConceptFactory(lesson=lesson, slug="tokens")
    ConceptFactory(lesson=lesson, slug="models")
    return Lesson.objects.select_related("track__course").get(pk=lesson.pk)


def asked(lesson: Lesson) -> list[str]:
    quiz = Quiz.objects.get(lesson=lesson)
    return [place.question.slug for place in quiz.places.askable().select_related("question")]


def save_questions(lesson: Lesson, rows: list[dict[str, Any]], **quiz: Any) -> Changes:
    """As a load does: the questions, then the quiz that asks them."""
    data = {"title": lesson.title, "questions": rows, "quiz": quiz}
    return save_rows(lesson, data) + save_own_quiz(lesson, data, {})


# Checking


@pytest.mark.parametrize("file", LESSONS, ids=lambda file: file.stem)
def test_files_of_the_course_are_sound(file: Path) -> None:
    data = yaml.safe_load(file.read_text())
    concepts = {concept["slug"] for concept in data["concepts"]}
    assert list(validate_questions(data["questions"], concepts=concepts)) == []
    assert len(data["questions"]) >= 5


def test_sound_rows_have_no_problems() -> None:
    assert problems(row(), row("two", "models", kind="multiple", payload=payload("ab", "c"))) == []
    assert problems(without("difficulty")) == []


@pytest.mark.parametrize(
    ("broken", "path", "message"),
    [
        ("text", (1,), "must be keys with values"),
        (row(hint="x"), (1, "hint"), "is not a key here"),
        (without("prompt"), (1,), "the key “prompt” is missing."),
        (row("One!"), (1, "slug"), "use small letters, digits and single hyphens."),
        (row(concept="other"), (1, "concept"), "the lesson has no concept “other”."),
        (row(kind="essay"), (1, "kind"), f"“essay” is none of {', '.join(sorted(KINDS))}."),
        (row(difficulty=4), (1, "difficulty"), "must be 1 (recall), 2 (apply) or 3 (reason)."),
        (row(difficulty=True), (1, "difficulty"), "must be a whole number, not “True”."),
        (row(prompt=" "), (1, "prompt"), "is empty."),
        (row(prompt=" [" * 900), (1, "prompt"), "Line 1: The paragraph has over 400 marks"),
        (row(explanation=7), (1, "explanation"), "must be text, not “7”."),
        (row(payload=[]), (1, "payload"), "must be keys, not “[]”."),
        (
            row(payload=payload("ab", "c")),
            (1, "payload", "options"),
            "Exactly one option must be right.",
        ),
        (
            row(payload={"options": [*payload()["options"][:2], {"id": "c", "text": 9}]}),
            (1, "payload", "options", 2, "right"),
            "This field is missing.",
        ),
        (row("first"), (1, "slug"), "“first” stands here twice."),
    ],
)
def test_problem_is_named(broken: Any, path: tuple[str | int, ...], message: str) -> None:
    found = problems(row("first"), broken)
    assert [problem.path for problem in found] == [path]
    assert found[0].message.startswith(message)


def test_every_problem_is_told() -> None:
    found = problems(row(kind="essay", concept="other"), row("two", difficulty=9, prompt=""))
    assert {problem.path for problem in found} == {
        (0, "kind"),
        (0, "concept"),
        (1, "difficulty"),
        (1, "prompt"),
    }


@given(JSON | st.lists(st.dictionaries(st.sampled_from(sorted(row())), JSON)))
def test_checking_is_total(rows: Any) -> None:
    for problem in validate_questions(rows, concepts={"tokens"}):
        assert problem.message


# Saving


def test_save_makes_questions_and_the_quiz(lesson: Lesson) -> None:
    assert save_questions(lesson, [row(), row("two", "models")]) == Changes(created=3)
    quiz = Quiz.objects.get()
    assert (quiz.slug, quiz.title, quiz.lesson, quiz.course, quiz.status) == (
        "tokenizing",
        "Quiz: Tokenizing",
        lesson,
        lesson.track.course,
        Status.PUBLISHED,
    )
    assert asked(lesson) == ["one", "two"]
    question = Question.objects.get(slug="two")
    assert (question.concept.slug, question.prompt, question.payload, question.status) == (
        "models",
        "What is two?\n",
        payload(),
        Status.PUBLISHED,
    )


def test_save_again_changes_and_writes_nothing(lesson: Lesson) -> None:
    rows = [row(), row("two", "models")]
    save_questions(lesson, rows)
    # Concepts; questions; the lesson's quizzes; questions that may be named; places; draws.
    with queries(6):
        assert save_questions(lesson, deepcopy(rows)) == Changes()


def test_save_updates_in_place(lesson: Lesson) -> None:
    save_questions(lesson, [row()])
    before = Question.objects.get()
    assert save_questions(lesson, [row(prompt="Else?", difficulty=3)]) == Changes(updated=1)
    after = Question.objects.get()
    assert (after.pk, after.prompt, after.difficulty) == (before.pk, "Else?", 3)


def test_save_moves_a_question_to_another_concept(lesson: Lesson) -> None:
    save_questions(lesson, [row()])
    before = Question.objects.get()
    assert save_questions(lesson, [row(concept="models")]) == Changes(updated=1)
    assert Question.objects.get().concept == Concept.objects.get(slug="models")
    assert Question.objects.get().pk == before.pk


def test_save_keeps_the_order_of_the_file(lesson: Lesson) -> None:
    save_questions(lesson, [row(), row("two")])
    assert save_questions(lesson, [row("two"), row()]) == Changes(updated=1)
    assert asked(lesson) == ["two", "one"]


def test_save_archives_what_left_the_file(lesson: Lesson) -> None:
    save_questions(lesson, [row(), row("two")])
    assert save_questions(lesson, [row()]) == Changes(archived=1)
    assert Question.objects.get(slug="two").status == Status.ARCHIVED
    assert asked(lesson) == ["one"]
    assert save_questions(lesson, [row()]) == Changes()
    assert save_questions(lesson, [row(), row("two")]) == Changes(updated=1)
    assert Question.objects.get(slug="two").status == Status.PUBLISHED
    assert asked(lesson) == ["one", "two"]


def test_save_archives_the_quiz_without_questions(lesson: Lesson) -> None:
    assert save_questions(lesson, []) == Changes()
    save_questions(lesson, [row()])
    assert save_questions(lesson, []) == Changes(archived=2)
    assert Quiz.objects.get().status == Status.ARCHIVED
    assert save_questions(lesson, [row()]) == Changes(updated=2)
    assert Quiz.objects.get().status == Status.PUBLISHED


def test_save_follows_the_title_and_takes_the_settings_of_the_file(lesson: Lesson) -> None:
    save_questions(lesson, [row()], pass_mark=90)
    lesson.title = "Cutting text"
    assert save_questions(lesson, [row()], pass_mark=90) == Changes(updated=1)
    found = Quiz.objects.values_list("title", "pass_mark")
    assert found.get() == ("Quiz: Cutting text", 90)
    save_questions(lesson, [row()], title="How to cut")
    assert found.get() == ("How to cut", 70)


def test_save_puts_the_track_before_an_address_that_is_taken(lesson: Lesson) -> None:
    other = LessonFactory(slug="tokenizing", track__slug="engineer")
    ConceptFactory(lesson=other, slug="tokens")
    save_questions(lesson, [row()])
    save_questions(other, [row()])
    assert Quiz.objects.get(lesson=other).slug == "engineer-tokenizing"
    assert save_questions(other, [row()]) == Changes()


def test_save_leaves_other_lessons_alone(lesson: Lesson) -> None:
    other = LessonFactory(slug="other")
    ConceptFactory(lesson=other, slug="tokens")
    save_questions(other, [row()])
    assert save_questions(lesson, [row("two")]) == Changes(created=2)
    assert Question.objects.get(slug="one").status == Status.PUBLISHED


def test_save_does_not_touch_attempts(lesson: Lesson, learner: Any) -> None:
    save_questions(lesson, [row(), row("two")])
    attempt = begin(learner, Quiz.objects.get())
    save(attempt, "a")
    save_questions(lesson, [row(payload=payload("b", "ac"))])
    assert attempt.responses.count() == 2
    assert hand_in(attempt).score == 0.5
