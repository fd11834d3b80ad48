"""Questions as a table: every kind out and in, checked as in the files."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import Revision
from courses.tables.plan import Plan
from courses.tables.reading import read_table
from courses.tables.running import carry_out, run
from courses.tables.writing import csv_of, xlsx_of
from quizzes.models import Question
from quizzes.question_versions import versions_of
from quizzes.tables.questions import QuestionTable
from tests.courses.tables.tables import agree, preview, table
from tests.factories import ConceptFactory, LessonFactory, TrackFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACE = {
    "course": "llm-course",
    "track": "scientist",
    "lesson": "quantization",
    "concept": "rounding",
}
NEW = {
    **PLACE,
    "slug": "new",
    "kind": "single",
    "prompt": "Which?",
    "option_1": "This",
    "option_2": "That",
    "right": "2",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def concept() -> Any:
    lesson = LessonFactory(slug="quantization", track=TrackFactory(slug="scientist"))
    return ConceptFactory(lesson=lesson, slug="rounding")


def resource(data: bytes, name: str = "t.csv", **options: Any) -> QuestionTable:
    read = read_table(data, name, QuestionTable.columns, QuestionTable.key)
    return QuestionTable(read, now=NOW, **options)


def take(by: User, *rows: dict[str, str]) -> Plan:
    agreed = run(resource(table(list(rows)))).digest
    return carry_out(resource(table(list(rows)), by=by, writes=True), agreed)


@pytest.mark.parametrize(("write", "name"), [(csv_of, "t.csv"), (xlsx_of, "t.xlsx")])
def test_every_kind_goes_out_and_comes_in_unchanged(
    write: Any, name: str, concept: Any, editor: User
) -> None:
    for kind, payload in PAYLOADS.items():
        QuestionFactory(concept=concept, kind=kind, payload=payload, slug=kind, prompt=" =Why? ")
    QuestionFactory(concept=concept, slug="later", status="scheduled", publish_at=NOW)
    QuestionFactory(concept=concept, slug="gone", status="archived")
    before = list(Question.objects.order_by("pk").values())
    rows = QuestionTable.of(Question.objects.select_related("concept__lesson__track__course"))
    found = run(resource(write(rows), name, by=editor, writes=True))
    assert (found.count("unchanged"), found.does, found.problems) == (len(before), (), ())
    assert list(Question.objects.order_by("pk").values()) == before


def test_a_new_question_is_a_draft(concept: Any, editor: User) -> None:
    assert take(editor, NEW).count("new") == 1
    made = Question.objects.get()
    assert (made.concept, made.slug, made.status, made.difficulty) == (concept, "new", "draft", 2)
    assert made.payload == {
        "options": [
            {"id": "a", "text": "This", "right": False},
            {"id": "b", "text": "That", "right": True},
        ]
    }
    revision = Revision.objects.get(source=Revision.Source.TABLE)
    assert (revision.name, revision.made_by) == ("scientist/quantization.yaml", editor)
    assert revision.data["questions"][0]["slug"] == "new"


def test_a_changed_question_keeps_its_versions(concept: Any, editor: User) -> None:
    question: Any = QuestionFactory(concept=concept, slug="new", prompt="Which one?")
    asked = versions_of([question], now=NOW)[0]
    take(editor, NEW)
    question.refresh_from_db()
    asked.refresh_from_db()
    assert (question.prompt, asked.prompt) == ("Which?", "Which one?")
    assert versions_of([question], now=NOW)[0] != asked


def test_columns_that_are_not_there_leave_the_answers_alone(concept: Any, editor: User) -> None:
    question: Any = QuestionFactory(concept=concept, slug="x", kind="single")
    payload = question.payload
    take(editor, {**PLACE, "slug": "x", "difficulty": "3"})
    question.refresh_from_db()
    assert (question.difficulty, question.payload) == (3, payload)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ({"concept": "none"}, "concept", "The lesson has no concept “none”."),
        ({"slug": "Ä"}, "slug", "use small letters"),
        ({"kind": "riddle"}, "kind", "“riddle” is none of"),
        ({"difficulty": "4"}, "difficulty", "must be"),
        ({"prompt": ""}, "prompt", "is empty"),
        ({"status": "live"}, "status", "is none of"),
        ({"status": "scheduled"}, "publish_at", "is empty, though the question is scheduled."),
        ({"publish_at": "tomorrow"}, "publish_at", "with its zone"),
        ({"publish_at": "9999-12-31T23:59:59-12:00"}, "publish_at", "with its zone"),
        ({"option_2": "[" * 2000}, "option_2", ""),
        ({"right": "1 2"}, "right", ""),
        ({"right": "x"}, "right", "must be the numbers"),
        ({"kind": "boolean", "option_1": "", "option_2": "", "right": ""}, "payload", ""),
    ],
)
def test_what_is_wrong_names_its_column(
    row: dict[str, str], column: str, message: str, concept: Any
) -> None:
    found = run(resource(table([{**NEW, **row}])))
    assert [(one.number, one.column) for one in found.problems] == [(2, column)]
    assert message in found.problems[0].message


def test_an_editor_sends_a_table(client: Client, editor: User, concept: Any) -> None:
    client.force_login(editor)
    shown = preview(client, "quizzes_question", table([NEW]))
    assert "1 new, 0 changed, 0 moved, 0 unchanged." in shown.content.decode()
    agree(client, shown)
    assert Question.objects.get().slug == "new"
    out = client.get(reverse("admin:quizzes_question_export", args=["csv"]))
    assert (
        out.content.decode("utf-8-sig")
        .splitlines()[1]
        .startswith(
            "llm-course,scientist,quantization,rounding,new,single,2,draft,,Which?,This,That,"
        )
    )
