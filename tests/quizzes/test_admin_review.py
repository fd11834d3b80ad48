from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from quizzes.models import Question, ReviewCard
from tests.courses.test_admin import change
from tests.quizzes.admin.sending import sent
from tests.quizzes.sql import queries
from tests.review_factories import LogFactory, due_card

pytestmark = pytest.mark.django_db

MEANING = "The meaning changed: learners’ review cards on it start again"


def saved(client: Client, question: Question, **more: str) -> Any:
    """The form of `question`, sent with `more`."""
    assertContains(client.get(change(question)), MEANING)
    return client.post(change(question), sent(question, prompt="What now?", **more), follow=True)


def states() -> set[int]:
    return set(ReviewCard.objects.values_list("state", flat=True))


def test_cards_keep_their_memory_when_a_question_is_edited(client: Client, editor: User) -> None:
    card = due_card()
    client.force_login(editor)
    saved(client, card.question)
    assert Question.objects.get().prompt == "What now?\n"
    assert states() == {ReviewCard.State.REVIEW}


def test_cards_start_again_when_the_meaning_changed(client: Client, editor: User) -> None:
    card = due_card()
    due_card(question=card.question)
    client.force_login(editor)
    answer = saved(client, card.question, new_meaning="on")
    assertContains(answer, "2 cards start again.")
    assert states() == {ReviewCard.State.NEW}


def test_a_new_question_has_no_cards(client: Client, editor: User) -> None:
    client.force_login(editor)
    assertNotContains(client.get("/admin/quizzes/question/add/"), MEANING)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("model", ["reviewcard", "reviewlog"])
def test_lists_for_superusers(client: Client, superuser: User, model: str, number: int) -> None:
    for _ in range(number):
        LogFactory()
    client.force_login(superuser)
    # session, user; count, rows
    with queries(4):
        assert client.get(f"/admin/quizzes/{model}/").status_code == 200


@pytest.mark.parametrize("model", ["reviewcard", "reviewlog"])
def test_nobody_else(client: Client, teacher: User, editor: User, model: str) -> None:
    for person in (teacher, editor):
        client.force_login(person)
        assert client.get(f"/admin/quizzes/{model}/").status_code == 403
