"""A question that is not published, for whoever has its link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Status
from quizzes.editor.previews import MOST
from quizzes.models import Question
from quizzes.models.questions import QuestionPreview
from tests.courses.test_admin import change, said
from tests.quiz_factories import QuestionFactory


@pytest.fixture
def question(db: None) -> Question:
    return QuestionFactory(status=Status.DRAFT, prompt="Still *secret*?")


@pytest.fixture
def link(question: Question, editor: User) -> QuestionPreview:
    now = timezone.now()
    return QuestionPreview.objects.create(
        question=question, made_by=editor, made_at=now, expires_at=now + timedelta(days=1)
    )


def address(link: QuestionPreview) -> str:
    return f"/quizzes/preview/{link.token}/"


def test_whoever_has_the_link_tries_it(client: Client, link: QuestionPreview) -> None:
    answer = client.get(address(link))
    html = answer.content.decode()
    assert "Still <em>secret</em>?" in html
    assert "Learners do not get this question yet." in html
    assert "Because" not in html
    headers = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert [answer.headers[name] for name in headers] == [
        "no-store, private",
        "noindex, nofollow",
        "no-referrer",
    ]
    checked = client.post(address(link), {"act": "check", "choice": "a", "seed": "1"})
    assert "That is right." in checked.content.decode()


def test_a_link_that_is_over_shows_nothing(client: Client, link: QuestionPreview) -> None:
    where, now = address(link), timezone.now()
    QuestionPreview.objects.update(made_at=now - timedelta(days=2), expires_at=now)
    for method in (client.get, client.post):
        answer = method(where)
        assert answer.status_code == 404
        assert "secret" not in answer.content.decode()
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/quizzes/preview/nowhere/").status_code == 404


def test_a_broken_question_says_so(client: Client, link: QuestionPreview) -> None:
    Question.objects.update(payload={})
    answer = client.get(address(link))
    assert answer.status_code == 200
    assert "It cannot be asked as it is: This field is missing." in answer.content.decode()


def test_an_editor_makes_and_ends_links(client: Client, question: Question, editor: User) -> None:
    client.force_login(editor)
    make = change(question).replace("change", "preview")
    for _ in range(MOST):
        assert client.post(make).status_code == 302
    assert said(client.post(make))[-1] == "There are enough links already. End one of them first."
    link = question.previews.latest("pk")
    assert f"http://testserver{address(link)}" in client.get(change(question)).content.decode()
    end = f"{make}{link.pk}/end/"
    assert client.post(end).status_code == 302
    assert client.get(address(link)).status_code == 404
    assert client.post(end).status_code == 404
    assert client.get(make).status_code == 405


def test_nobody_else_makes_links(client: Client, question: Question, teacher: User) -> None:
    make = change(question).replace("change", "preview")
    client.force_login(teacher)
    assert client.post(make).status_code == 403
    assert "Preview links" not in client.get(change(question)).content.decode()
    assert question.previews.count() == 0
