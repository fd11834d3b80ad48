"""Questions of every kind in the form of their kind."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import Revision
from quizzes.models import Question
from tests.courses.test_admin import change, errors
from tests.factories import ConceptFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory, quiz_of
from tests.quizzes.admin.sending import fresh, sent
from tests.quizzes.attempts.test_attempts import begin

ADD = "/admin/quizzes/question/add/"
every = pytest.mark.parametrize("kind", list(PAYLOADS))


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def made(kind: str, **fields: Any) -> Question:
    said = {"prompt": "What?\n", "explanation": "So.\n", **fields}
    return QuestionFactory(kind=kind, payload=PAYLOADS[kind], **said)


@every
def test_saving_what_was_there_changes_nothing(as_editor: Client, kind: str) -> None:
    question = made(kind)
    before = Question.objects.values().get()
    answer = as_editor.post(change(question), sent(question))
    assert answer.status_code == 302, errors(answer)
    assert Question.objects.values().get() == before
    assert Revision.objects.exclude(source=Revision.Source.OUTSIDE).count() == 0


@every
def test_the_page_has_every_field_that_is_sent(as_editor: Client, kind: str) -> None:
    question = made(kind)
    html = as_editor.get(change(question)).content.decode()
    fields = {name for name in sent(question) if name.startswith("payload-")}
    assert fields - set(re.findall(r' name="(payload-[^"]*)"', html)) == set()
    assert "YAML" not in html


@every
def test_a_question_of_any_kind_is_written(as_editor: Client, kind: str) -> None:
    """New rows have no ids, and get some."""
    answer = as_editor.post(ADD, fresh(kind, ConceptFactory()))
    assert answer.status_code == 302, errors(answer)
    question = Question.objects.get()
    assert (question.kind, question.slug, question.status) == (kind, "what", "draft")
    as_editor.post(change(question), sent(question))
    assert Question.objects.get().payload == question.payload


@pytest.mark.parametrize(
    ("kind", "fields", "field", "message"),
    [
        ("single", {"payload-options-1-text": ""}, "options-1-text", "Write something here."),
        ("single", {"payload-options-right": "7"}, "options", "Exactly one option must be right."),
        ("boolean", {"payload-right": ""}, "right", "Choose whether the statement is true"),
        ("numeric", {"payload-value": "much"}, "value", "Write a number such as 6.5 or 1.2e9"),
        ("numeric", {"payload-margin": "-1"}, "margin", "Write 0 or more."),
        ("numeric", {"payload-mistakes-0-value": "6.5"}, "mistakes-0-value", "This counts as"),
        ("text", {"payload-pattern": "("}, "pattern", "The pattern cannot be read: missing )"),
        ("ordering", {"payload-items-0-text": "", "payload-items-1-text": ""}, "items", "Fill in"),
        ("matching", {"payload-left-1-pair": "9"}, "left-1-pair", "Choose what belongs with it."),
        ("blanks", {"payload-gaps-0-value": "?"}, "gaps-0-value", "Write a number such as"),
        ("blanks", {"payload-text": "None."}, "text", "Write a text with at least one gap"),
        ("free", {"payload-longest": "2000"}, "longest", "Give a number of words from 1 to 1000."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    as_editor: Client, kind: str, fields: dict[str, str], field: str, message: str
) -> None:
    question = made(kind)
    answer = as_editor.post(change(question), sent(question, **fields))
    assert answer.status_code == 200
    html = answer.content.decode()
    at = html.index(f'id="id_payload-{field}_error"')
    assert f"<li>{message}" in html[at : at + 200].replace("&#x27;", "'")
    assert f'<a href="#id_payload-{field}">' in html
    assert Question.objects.get().payload == PAYLOADS[kind]


def test_fields_of_another_kind_come_without_saving(as_editor: Client) -> None:
    """The texts that both kinds have stay; nothing is said of what is still missing."""
    data = fresh("single", ConceptFactory()) | {"kind": "multiple", "_fields": "1", "prompt": ""}
    answer = as_editor.post(ADD, data)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="payload-options-0-right" checked' in html
    assert "Option *b*</textarea>" in html
    assert "errorlist" not in html
    assert Question.objects.count() == 0


def test_gaps_are_found_from_the_text(as_editor: Client) -> None:
    question = made("blanks")
    text = "Four bytes are [[width]], and [[sign]]."
    data = sent(question, **{"payload-text": text, "_fields": "1"})
    html = as_editor.post(change(question), data).content.decode()
    assert re.findall(r'name="payload-gaps-(\d)-name" value="(\w+)"', html) == [
        ("0", "width"),
        ("1", "sign"),
    ]
    assert "\n32 bits</textarea>" in html


def test_the_kind_of_what_was_answered_stays(as_editor: Client, learner: User) -> None:
    question = made("numeric")
    begin(learner, quiz_of(question))
    html = as_editor.get(change(question)).content.decode()
    assert "Learners have answered it as this kind." in html
    found = errors(as_editor.post(change(question), sent(question) | {"kind": "free"}))
    assert found["kind"] == ["Select a valid choice. free is not one of the available choices."]
    assert as_editor.post(change(made("free")), sent(made("text"))).status_code in {200, 302}


def test_a_published_question_is_copied_into_a_draft(as_editor: Client) -> None:
    question = made("text", slug="what")
    data = sent(question, prompt="What else?", _saveasnew="1")
    answer = as_editor.post(change(question), data)
    assert answer.status_code == 302, errors(answer)
    kept, copy = Question.objects.order_by("pk")
    assert (kept.prompt, kept.status, kept.slug) == ("What?\n", "published", "what")
    assert (copy.prompt, copy.status, copy.slug) == ("What else?\n", "draft", "what-2")
    assert copy.payload == kept.payload


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("boolean", "True"),
        ("numeric", "6.5"),
        ("text", "Reward model"),
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
    assert 'name="payload-' not in html


def test_a_teacher_reads_of_a_broken_payload_what_is_wrong(client: Client, teacher: User) -> None:
    question = QuestionFactory(kind="numeric", payload={"value": 7})
    client.force_login(teacher)
    html = client.get(change(question)).content.decode()
    assert "value: Expected text; put numbers in quotation marks." in html


@pytest.mark.parametrize(("kind", "queries"), [("single", 9), ("blanks", 9)])
def test_a_form_costs_the_same_for_any_kind(
    as_editor: Client, kind: str, queries: int, django_assert_num_queries: Any
) -> None:
    """Session, person and permissions (4), the question, its preview links, whether it was asked
    (2), and the concept that is chosen."""
    question = made(kind)
    as_editor.get(change(question))
    with django_assert_num_queries(queries):
        as_editor.get(reverse("admin:quizzes_question_change", args=[question.pk]))
