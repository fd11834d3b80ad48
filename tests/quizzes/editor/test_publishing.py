"""Questions that are published at a time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from courses.models import Revision
from quizzes.editor.publishing import publish_due_questions
from quizzes.models import Question
from tests.courses.test_admin import actions, change, errors
from tests.quiz_factories import QuestionFactory, quiz_of
from tests.quizzes.admin.sending import sent

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
SCHEDULED = {"status": "scheduled", "publish_at_0": "2030-01-02", "publish_at_1": "08:00"}
DUE = datetime(2030, 1, 2, 8, tzinfo=UTC)


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def test_a_question_waits_for_its_time_and_is_then_published(
    as_editor: Client, editor: User
) -> None:
    question = QuestionFactory(status=Question.State.DRAFT)
    answer = as_editor.post(change(question), sent(question) | SCHEDULED)
    assert answer.status_code == 302, errors(answer)
    publish_due_questions(DUE - timedelta(minutes=1))
    question.refresh_from_db()
    assert (question.status, question.publish_at) == ("scheduled", DUE)
    publish_due_questions(DUE)
    publish_due_questions(DUE)
    question.refresh_from_db()
    assert (question.status, question.publish_at) == ("published", None)
    last, before = Revision.objects.filter(lesson=question.concept.lesson)[:2]
    assert (last.made_by, last.source, last.made_at) == (editor, "editor", DUE)
    assert before.digest != last.digest


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"publish_at_0": "", "publish_at_1": ""}, "Say when it is to be published."),
        (
            {"publish_at_0": "2020-01-02"},
            "This time is past. Choose a later one, or the status “Published”.",
        ),
    ],
)
def test_what_is_scheduled_has_a_time_ahead(
    as_editor: Client, fields: dict[str, str], message: str
) -> None:
    question = QuestionFactory()
    found = errors(as_editor.post(change(question), sent(question) | SCHEDULED | fields))
    assert found == {"publish_at": [message]}


def test_a_time_counts_for_what_is_scheduled_alone(as_editor: Client) -> None:
    question = QuestionFactory()
    data = sent(question) | SCHEDULED | {"status": "draft"}
    assert as_editor.post(change(question), data).status_code == 302
    assert Question.objects.get().publish_at is None


def test_an_action_forgets_the_time(as_editor: Client) -> None:
    question = QuestionFactory(status="scheduled", publish_at=DUE)
    actions(as_editor, "back_to_draft", question)
    assert Question.objects.values_list("status", "publish_at").get() == ("draft", None)


@pytest.mark.django_db
def test_the_database_wants_a_time_too() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(status="scheduled")


@pytest.mark.parametrize("state", ["draft", "review", "scheduled", "archived"])
@pytest.mark.django_db
def test_what_is_not_published_is_not_asked(state: str) -> None:
    question = QuestionFactory(status=state, publish_at=NOW if state == "scheduled" else None)
    quiz = quiz_of(question)
    assert list(quiz.places.askable()) == []
    assert list(Question.objects.published()) == []
    assert list(quiz.concepts()) == []


@pytest.mark.parametrize("state", list(Question.State))
def test_the_list_says_the_state_in_words(as_editor: Client, state: Any) -> None:
    QuestionFactory(status=state, publish_at=DUE if state == "scheduled" else None)
    html = as_editor.get("/admin/quizzes/question/").content.decode()
    cell = html.split('class="field-state"')[1].split("</td>")[0]
    words = "Scheduled for 2 Jan 2030 08:00" if state == "scheduled" else str(state.label)
    assert cell.endswith(f"</svg> {words}</span>")
