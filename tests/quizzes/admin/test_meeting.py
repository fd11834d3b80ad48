"""Two editors at one question."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Question
from tests import people
from tests.courses.test_admin import change
from tests.quiz_factories import PAYLOADS, QuestionFactory
from tests.quizzes.admin.sending import sent


@pytest.fixture
def question(db: None) -> Question:
    said = {"prompt": "What?\n", "explanation": "So.\n", "slug": "what"}
    return QuestionFactory(kind="numeric", payload=PAYLOADS["numeric"], **said)


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def begun(client: Client, question: Question) -> dict[str, Any]:
    """The form as somebody opened it."""
    form = client.get(change(question)).context["adminform"].form
    return sent(question) | {"seen": form["seen"].value()}


def other_saves(question: Question, **fields: Any) -> None:
    other = Client()
    other.force_login(people.superuser())
    assert other.post(change(question), sent(question, **fields)).status_code == 302


def test_the_second_is_told_who_saved_and_shown_both(as_editor: Client, question: Question) -> None:
    mine = begun(as_editor, question) | {"prompt": "Mine?"}
    other_saves(question, prompt="Theirs?", **{"payload-value": "7"})
    answer = as_editor.post(change(question), mine)
    assert answer.status_code == 409
    form = answer.context["adminform"].form
    assert [(one.part, one.mine[0], one.theirs[0], one.kept) for one in form.choices] == [
        ("prompt", "Mine?\n", "Theirs?\n", ""),
        ("answers", "Right number: 6.5", "Right number: 7", "theirs"),
    ]
    assert "Root saved it on" in answer.content.decode()
    assert Question.objects.get().prompt == "Theirs?\n"


def test_one_chooses_part_by_part(as_editor: Client, question: Question) -> None:
    mine = begun(as_editor, question) | {"prompt": "Mine?", "explanation": "Mine."}
    other_saves(question, prompt="Theirs?", **{"payload-value": "7"})
    answer = as_editor.post(change(question), mine)
    chosen = {
        "seen": answer.context["adminform"].form["seen"].value(),
        "met": ["prompt", "answers"],
        "keep-prompt": "mine",
        "keep-answers": "theirs",
    }
    assert as_editor.post(change(question), mine | chosen).status_code == 302
    kept = Question.objects.get()
    assert (kept.prompt, kept.explanation) == ("Mine?\n", "Mine.\n")
    assert kept.payload["value"] == "7"


def test_nothing_is_overwritten_without_a_choice(as_editor: Client, question: Question) -> None:
    mine = begun(as_editor, question) | {"prompt": "Mine?"}
    other_saves(question, prompt="Theirs?")
    answer = as_editor.post(change(question), mine)
    again = mine | {"seen": answer.context["adminform"].form["seen"].value(), "met": ["prompt"]}
    assert as_editor.post(change(question), again).status_code == 409
    assert Question.objects.get().prompt == "Theirs?\n"


def test_the_same_change_twice_is_no_conflict(as_editor: Client, question: Question) -> None:
    mine = begun(as_editor, question) | {"prompt": "Both?"}
    other_saves(question, prompt="Both?")
    assert as_editor.post(change(question), mine).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "[]", '{"prompt": 1}', json.dumps({"a": "b"})])
def test_what_no_form_carries_says_nothing(
    as_editor: Client, question: Question, seen: str
) -> None:
    data = sent(question, prompt="Mine?", seen=seen)
    assert as_editor.post(change(question), data).status_code == 302
