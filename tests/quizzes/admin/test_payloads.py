from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from quizzes.admin.payload_text import dump
from quizzes.admin.payloads import IN_ROWS
from quizzes.models import Question
from tests.courses.test_admin import change, errors
from tests.factories import ConceptFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory
from tests.quizzes.test_admin import ADD, row

in_yaml = pytest.mark.parametrize("kind", [kind for kind in PAYLOADS if kind not in IN_ROWS])


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def made(kind: str) -> Question:
    return QuestionFactory(kind=kind, payload=PAYLOADS[kind], prompt="What?\n", explanation="So.\n")


def sent(question: Question, **fields: Any) -> dict[str, Any]:
    """What a browser would send back of the question's form, with its line ends."""
    return {
        "concept": question.concept_id,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "status": question.status,
        "slug": question.slug,
        "prompt": question.prompt.replace("\n", "\r\n"),
        "explanation": question.explanation.replace("\n", "\r\n"),
        "payload-source": dump(question.payload).replace("\n", "\r\n"),
        **fields,
    }


@in_yaml
def test_saving_what_was_there_changes_nothing(as_editor: Client, kind: str) -> None:
    question = made(kind)
    before = Question.objects.values().get()
    answer = as_editor.post(change(question), sent(question))
    assert answer.status_code == 302, errors(answer)
    assert Question.objects.values().get() == before
    assert question.payload == before["payload"]


@in_yaml
def test_the_form_shows_what_would_be_sent(as_editor: Client, kind: str) -> None:
    question = made(kind)
    response = as_editor.get(change(question))
    form = response.context["adminform"].form
    assert (
        form["payload"]
        .field.widget.value_from_datadict(
            {"payload-source": dump(question.payload)}, None, "payload"
        )
        .payload(kind)
        == question.payload
    )
    assert '<textarea id="id_payload-source" name="payload-source"' in response.content.decode()


@in_yaml
def test_a_question_of_any_kind_is_written(as_editor: Client, kind: str) -> None:
    data = {
        "concept": ConceptFactory().pk,
        "kind": kind,
        "difficulty": 2,
        "status": "draft",
        "slug": "",
        "prompt": "What?",
        "explanation": "So.",
        "payload-source": dump(PAYLOADS[kind]),
    }
    answer = as_editor.post(ADD, data)
    assert answer.status_code == 302, errors(answer)
    assert Question.objects.get().payload == PAYLOADS[kind]


def test_another_kind_in_place_of_rows(as_editor: Client) -> None:
    """The rows are still in the form, and count no more."""
    question = QuestionFactory()
    rows = row(0, "Yes", right=True, name="a") | row(1, "No", name="b")
    data = sent(question, kind="numeric", **rows) | {"payload-source": 'value: "8"'}
    assert as_editor.post(change(question), data).status_code == 302
    question.refresh_from_db()
    assert (question.kind, question.payload) == ("numeric", {"value": "8"})


def test_rows_in_place_of_another_kind(as_editor: Client) -> None:
    question = made("numeric")
    rows = row(0, "Yes", right=True) | row(1, "No")
    assert (
        as_editor.post(change(question), sent(question, kind="single", **rows)).status_code == 302
    )
    question.refresh_from_db()
    assert [one["text"] for one in question.payload["options"]] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("kind", "source", "message"),
    [
        ("numeric", "", "Describe the answer as YAML; there is an example below it."),
        (
            "numeric",
            "value: [",
            "Line 1 is not YAML: expected the node content, but found '<stream end>'.",
        ),
        ("numeric", "value: 6.5", "value: Expected text; put numbers in quotation marks."),
        (
            "numeric",
            'value: "1"\nmistakes:\n- value: "1"\n  feedback: No.',
            "Mistake 1, value: This counts as right.",
        ),
        ("text", "accepted: [a, '']", "Accepted answer 2: Write something here."),
        ("boolean", "right: perhaps", "right: Say true or false."),
        (
            "ordering",
            "items:\n- {id: b, text: B}\n- {id: a, text: A}\n- {id: c}",
            "Item 3, text: This field is missing.",
        ),
        (
            "matching",
            "left: [{id: a, text: A}, {id: b, text: B}]\n"
            "right: [{id: x, text: X}, {id: x, text: Y}]\nkey: {a: x, b: x}",
            "Right 2, id: Another one has this id.",
        ),
        (
            "blanks",
            "text: '[[a]]'\nblanks: {a: {kind: numeric, value: many}}",
            "blanks, a, value: Write a number such as 6.5 or 1.2e9, in quotation marks.",
        ),
        ("free", "model_answer: A\ncriteria: [' ']", "Criterion 1: Write something here."),
    ],
)
def test_errors_name_the_field_and_keep_what_was_typed(
    as_editor: Client, kind: str, source: str, message: str
) -> None:
    question = made("free")
    answer = as_editor.post(
        change(question), sent(question, kind=kind) | {"payload-source": source}
    )
    assert answer.status_code == 200
    assert errors(answer) == {"payload": [message]}
    kept = answer.context["adminform"].form["payload"].value().source
    assert kept == source
    assert Question.objects.get().payload == PAYLOADS["free"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("boolean", "True"),
        ("numeric", "6.5"),
        ("text", "Reward model"),
        (
            "ordering",
            "1. Collect *activations* · 2. Round one column · 3. Measure the `error` · "
            "4. Correct the columns to come",
        ),
        ("matching", "GPTQ → The *error* of a layer · AWQ → The size of `activations`"),
        ("blanks", "8 · 32 bits · int32"),
        ("free", "It scales the channel *before* rounding.\n\nThen it divides."),
    ],
)
def test_a_teacher_reads_the_right_answer_in_words(
    client: Client, teacher: User, kind: str, words: str
) -> None:
    question = made(kind)
    client.force_login(teacher)
    html = client.get(change(question)).content.decode()
    assert f"<p><strong>Right</strong>: {words}</p>" in html
    assert 'name="payload-source"' not in html


def test_a_teacher_reads_of_a_broken_payload_what_is_wrong(client: Client, teacher: User) -> None:
    question = QuestionFactory(kind="numeric", payload={"value": 7})
    client.force_login(teacher)
    html = client.get(change(question)).content.decode()
    assert "value: Expected text; put numbers in quotation marks." in html
