"""Trying a question from its form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from quizzes.models import Attempt, Question, QuestionVersion, Response
from tests.quiz_factories import PAYLOADS, QuestionFactory
from tests.quizzes.admin.sending import fresh, sent

URL = "/admin/quizzes/question/trial/"
every = pytest.mark.parametrize("kind", list(PAYLOADS))


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def made(kind: str) -> Question:
    return QuestionFactory(kind=kind, payload=PAYLOADS[kind])


def carried(answer: Any) -> dict[str, Any]:
    """The hidden fields of the trial's own form."""
    form = answer.context["carried"]
    return {form[name].html_name: form[name].value() for name in form.fields} | {"seed": "1"}


def nothing_is_kept() -> bool:
    return not any(model.objects.exists() for model in (Attempt, Response, QuestionVersion))


@every
def test_what_is_typed_is_asked(as_editor: Client, kind: str) -> None:
    """Unsaved: the stored question says something else."""
    question = made(kind)
    answer = as_editor.post(URL, sent(question, prompt="Typed *just now*?"))
    html = answer.content.decode()
    assert "Typed <em>just now</em>?" in html
    assert "Check my answer" in html
    assert nothing_is_kept()
    assert Question.objects.get().prompt == question.prompt


@every
def test_the_right_answer_is_shown(as_editor: Client, kind: str) -> None:
    asked = as_editor.post(URL, sent(made(kind)))
    html = as_editor.post(URL, carried(asked) | {"act": "show"}).content.decode()
    assert "This is the right answer." in html
    assert "Because <code>a</code> is right." in html
    assert nothing_is_kept()


def test_an_answer_is_checked(as_editor: Client) -> None:
    question = made("single")
    asked = as_editor.post(URL, sent(question))
    html = as_editor.post(URL, carried(asked) | {"act": "check", "choice": "b"}).content.decode()
    assert "Not quite:" in html
    assert "Feedback on b." in html
    assert f'href="{question.concept.get_absolute_url()}"' in html


def test_a_stored_question_is_asked_at_once(as_editor: Client) -> None:
    question = made("text")
    answer = as_editor.get(URL, {"question": question.pk})
    assert answer.status_code == 200
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_a_question_without_a_concept_is_asked(as_editor: Client) -> None:
    data = fresh("boolean", made("single").concept) | {"concept": ""}
    assert "Check my answer" in as_editor.post(URL, data).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "riddle"}, "Choose the kind of the question first."),
        ({"prompt": " "}, "Question: Write something here."),
        ({"prompt": "[" * 500}, "Question: Line 1: The paragraph has over 400 marks"),
        ({"prompt": "a\0b"}, "Question: Shorten it, or take out odd characters."),
        ({"payload-value": ""}, "Right number: Write something here."),
    ],
)
def test_what_is_missing_is_said_instead(
    as_editor: Client, fields: dict[str, str], said: str
) -> None:
    html = as_editor.post(URL, sent(made("numeric"), **fields)).content.decode()
    assert "It cannot be asked yet" in html
    assert said in html


@pytest.mark.parametrize(
    "fields",
    [
        {"tried-payload": "{"},
        {"tried-payload": "[]"},
        {"tried-kind": "riddle"},
        {"tried-prompt": ""},
    ],
)
def test_what_nobody_sends_is_refused_kindly(as_editor: Client, fields: dict[str, str]) -> None:
    asked = as_editor.post(URL, sent(made("numeric")))
    html = as_editor.post(URL, carried(asked) | {"act": "check"} | fields).content.decode()
    assert "The question cannot be asked as it is." in html


def test_links_lead_nowhere_else(as_editor: Client) -> None:
    asked = as_editor.post(URL, sent(made("single")))
    data = carried(asked) | {"act": "show", "tried-url": "//elsewhere.example/"}
    assert "elsewhere.example" not in as_editor.post(URL, data).content.decode().split("tried-")[0]


def test_who_may_try(client: Client, teacher: User, learner: User) -> None:
    question = made("single")
    client.force_login(teacher)
    assert client.get(URL, {"question": question.pk}).status_code == 200
    client.force_login(learner)
    assert client.get(URL, {"question": question.pk}).status_code == 302
    assert client.post(URL, sent(question)).status_code == 302


@pytest.mark.parametrize("pk", ["", "0", "999999", "x", "²"])
def test_no_such_question(as_editor: Client, pk: str) -> None:
    assert as_editor.get(URL, {"question": pk}).status_code == 404
    assert reverse("admin:quizzes_question_trial") == URL
