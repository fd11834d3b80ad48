"""What questions leave wanting, said before a lesson is published."""

from typing import Any

import pytest

from courses.content.documents import documents_of, name_of
from courses.editor.checks import checks_of
from quizzes.editor.checks import remarks
from quizzes.models import Question
from tests.factories import ConceptFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory, option

LONG = "It is scaled before rounding, because the error of the largest channel dominates"


def of(*options: Any) -> dict[str, Any]:
    return {"options": list(options)}


@pytest.mark.parametrize(
    ("kind", "payload", "found"),
    [
        ("single", PAYLOADS["single"], []),
        ("single", of(option("a", right=True, text=LONG), option("b", text="No")), ["long"]),
        ("single", of(option("a", right=True, text="A b"), option("b", text="No")), []),
        ("multiple", of(option("a", right=True), option("b")), ["alone"]),
        ("single", of(option("a", right=True), {**option("b"), "feedback": ""}), ["1 wrong"]),
        ("numeric", PAYLOADS["numeric"], []),
        ("single", {"options": [1, {}]}, ["1 wrong"]),
        ("single", [], []),
    ],
)
def test_remarks(kind: str, payload: Any, found: list[str]) -> None:
    messages = [message for message, _field in remarks(kind, payload)]
    assert len(messages) == len(found)
    assert all(words in message for words, message in zip(found, messages, strict=True))


@pytest.mark.django_db
def test_a_lesson_is_told_what_its_questions_lack(django_assert_num_queries: Any) -> None:
    question = QuestionFactory(explanation="", prompt="Why?")
    lesson = question.concept.lesson
    bare = ConceptFactory(lesson=lesson, name="Bare", slug="bare")
    QuestionFactory(concept=bare, status="draft")
    QuestionFactory(concept=bare, status="archived", explanation="")
    document = documents_of(lesson.track.course)[name_of(lesson)]
    with django_assert_num_queries(1):  # its questions; there is no link to look up
        found = checks_of(document, lesson.track.course, name_of(lesson))
    said = [
        (one.message, one.target)
        for one in found
        if "question" in one.target or "Bare" in one.message
    ]
    where = f"/admin/quizzes/question/{question.pk}/change/#id_explanation"
    assert ("“Why?” has no explanation.", where) in said
    assert (
        "“Bare” has no published question: nobody can check what they know of it.",
        "#id_concepts-1-name",
    ) in said
    assert Question.objects.count() == 3
