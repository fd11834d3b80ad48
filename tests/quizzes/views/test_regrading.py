import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Question, Quiz, Regrade, Response, ScoreChange
from tests import people
from tests.quiz_factories import PAYLOADS, QuestionFactory, chosen, payload, quiz_of
from tests.quizzes.finished import finished, version_of
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(db: None) -> Question:
    """Its key was "a" and is "b"; the learner answered "b"."""
    question = QuestionFactory()
    finished(quiz_of(question, title="The quiz"), chosen("b"), user=people.learner())
    question.payload = payload("b", "ac")
    question.save()
    return question


@pytest.fixture
def as_superuser(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def address(question: Question) -> str:
    return f"/questions/{question.pk}/regrade/"


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def digest(answer: Any) -> str:
    return str(re.search(r'name="expected" value="(\w*)"', answer.content.decode())[1])  # type: ignore[index]


def post(client: Client, question: Question, **fields: str) -> Any:
    """What the page would send, opened before."""
    said = {"reason": "The key was wrong.", "expected": digest(client.get(address(question)))}
    return client.post(address(question), said | fields)


def test_preview_says_who_and_how_and_writes_nothing(
    as_superuser: Client, question: Question
) -> None:
    said = text(as_superuser.get(address(question)))
    assert "One score would change. 0 would stay as they are." in said
    assert "Yi-Ting Chen The quiz Option b from 0% → to 100% from 0% → to 100%" in said
    assert "One attempt would newly pass, 0 would pass no longer." in said
    assert Response.objects.get().score == 0
    assert not Regrade.objects.exists()
    assert question.versions.count() == 1


def test_old_and_new_key_stand_side_by_side(as_superuser: Client, question: Question) -> None:
    html = as_superuser.get(address(question)).content.decode()
    old, new = html.split('id="new"')
    assert re.findall(r"Option <em>(\w)</em>", old.split('id="old"')[1]) == ["a", "b", "c"]
    assert re.findall(r"Option <em>(\w)</em>", new)[:3] == ["a", "b", "c"]
    right = re.compile(r'data-mark="right">.*?<em>(\w)</em>', re.S)
    assert right.findall(old.split('id="old"')[1]) == ["a"]
    assert right.findall(new) == ["b"]


def test_applied_with_a_reason(as_superuser: Client, question: Question, superuser: User) -> None:
    answer = post(as_superuser, question)
    assert (answer.status_code, answer["Location"]) == (302, f"/questions/{question.pk}/regrades/")
    regrade = Regrade.objects.get()
    assert (regrade.made_by, regrade.reason) == (superuser, "The key was wrong.")
    assert regrade.version == version_of(question)
    assert (Response.objects.get().score, Attempt.objects.get().passed) == (1, True)
    said = text(as_superuser.get(answer["Location"]))
    assert "Graded again: 1 score has changed." in said
    assert "Root The key was wrong. 1" in said


def test_sent_twice_is_done_once(as_superuser: Client, question: Question) -> None:
    seen = digest(as_superuser.get(address(question)))
    assert post(as_superuser, question, expected=seen).status_code == 302
    again = as_superuser.post(
        address(question), {"reason": "Again.", "expected": seen}, follow=True
    )
    assert "Nothing is left to grade again." in text(again)
    assert (Regrade.objects.count(), ScoreChange.objects.count()) == (1, 1)


def test_a_preview_that_is_out_of_date_is_refused_and_shown_anew(
    as_superuser: Client, question: Question
) -> None:
    seen = digest(as_superuser.get(address(question)))
    question.payload = payload("c", "ab")
    question.save()
    answer = as_superuser.post(address(question), {"reason": "Kept <words>", "expected": seen})
    assert answer.status_code == 409
    assert "Look at the preview as it is now." in text(answer)
    assert 'value="Kept &lt;words&gt;"' in answer.content.decode()
    assert digest(answer) not in ("", seen)
    assert Response.objects.get().score == 0


def test_a_reason_is_needed(as_superuser: Client, question: Question) -> None:
    answer = post(as_superuser, question, reason=" ")
    assert answer.status_code == 422
    assert "Why the answers are graded again: This field is required." in text(answer)
    assert not Regrade.objects.exists()


def test_a_broken_key_is_said(as_superuser: Client, question: Question) -> None:
    Question.objects.update(payload={"options": []})
    assert "cannot be graded as it is now" in text(as_superuser.get(address(question)))
    answer = as_superuser.post(address(question), {"reason": "Try.", "expected": ""})
    assert answer.status_code == 409


def test_nothing_to_do(as_superuser: Client, question: Question) -> None:
    post(as_superuser, question)
    answer = as_superuser.get(address(question))
    assert "no finished answer was graded by another key" in text(answer)
    assert "<form" not in answer.content.decode().split("<main")[1]


def test_what_stays_is_listed(as_superuser: Client, question: Question) -> None:
    quiz = Quiz.objects.get()
    finished(quiz, chosen("b")).responses.update(
        graded_by="person", version=version_of_old(question)
    )
    gone = finished(quiz, chosen("b"))
    gone.responses.update(version=version_of_old(question), answer=chosen("z"))
    said = text(as_superuser.get(address(question)))
    assert "One answer that a person graded." in said
    assert "One answer that the new key cannot read" in said


def version_of_old(question: Question) -> int:
    return question.versions.order_by("pk")[0].pk


def test_editors_see_what_but_not_whose(client: Client, question: Question, editor: User) -> None:
    client.force_login(editor)
    answer = client.get(address(question))
    assert "Learner 1 The quiz Option b" in text(answer)
    assert "Yi-Ting" not in answer.content.decode()
    assert "yi-ting" not in answer.content.decode()
    assert post(client, question).status_code == 302
    log = client.get(f"/questions/{question.pk}/regrades/").content.decode()
    assert "scorechange" not in log
    assert "Yi-Ting" not in log


@pytest.mark.parametrize("kind", PAYLOADS)
def test_every_kind_can_be_looked_at(as_superuser: Client, kind: str) -> None:
    question = QuestionFactory(kind=kind, payload=PAYLOADS[kind])
    finished(quiz_of(question), KINDS[kind].right_answer(question.payload))
    question.prompt = "Said *otherwise*?"
    question.save()
    answer = as_superuser.get(address(question))
    assert answer.status_code == 200
    assert answer.content.decode().count("Said <em>otherwise</em>?") == (kind != "free")


def test_many_come_in_pages(as_superuser: Client, question: Question) -> None:
    quiz, old = Quiz.objects.get(), version_of_old(question)
    for _ in range(50):
        finished(quiz, chosen("b")).responses.update(version=old, score=0)
    html = as_superuser.get(address(question)).content.decode()
    assert html.count("<tbody>") == 1
    assert html.split("<tbody>")[1].count("<tr>") == 50
    assert "Page 1 of 2" in text(as_superuser.get(address(question)))
    second = as_superuser.get(address(question) + "?page=2").content.decode()
    assert second.split("<tbody>")[1].count("<tr>") == 1


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_queries_do_not_grow(as_superuser: Client, question: Question, rows: int) -> None:
    quiz, old = Quiz.objects.get(), version_of_old(question)
    for _ in range(rows):
        finished(quiz, chosen("b")).responses.update(version=old, score=0)
    as_superuser.get(address(question))
    # session, user; question, its version as it is now; six of the preview; the versions that
    # were asked
    with queries(11):
        as_superuser.get(address(question))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_log_do_not_grow(
    as_superuser: Client, question: Question, superuser: User, rows: int
) -> None:
    for _ in range(rows):
        Regrade.objects.create(
            question=question,
            version=version_of(question),
            made_by=superuser,
            made_at=Attempt.objects.get().submitted_at,
            reason="Once more.",
        )
    as_superuser.get(f"/questions/{question.pk}/regrades/")
    # session, user; question, number of regrades, regrades
    with queries(5):
        as_superuser.get(f"/questions/{question.pk}/regrades/")


def test_others_do_not_know_of_it(client: Client, question: Question) -> None:
    addresses = [address(question), f"/questions/{question.pk}/regrades/"]
    for user in (None, User.objects.get(email="yi-ting@example.org"), people.teacher()):
        if user:
            client.force_login(user)
        assert [client.get(one).status_code for one in addresses] == [404, 404]
        assert client.post(addresses[0], {"reason": "Mine"}).status_code == 404


def test_nothing_there(as_superuser: Client) -> None:
    assert as_superuser.get("/questions/999/regrade/").status_code == 404
    assert as_superuser.get("/questions/999/regrades/").status_code == 404


def test_wrong_method(as_superuser: Client, question: Question) -> None:
    assert as_superuser.put(address(question)).status_code == 405
    assert as_superuser.post(f"/questions/{question.pk}/regrades/").status_code == 405
