from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Question, Quiz, Regrade, ScoreChange
from tests import people
from tests.courses.test_admin import change, said
from tests.quiz_factories import QuestionFactory, chosen, quiz_of
from tests.quizzes.admin.sending import sent
from tests.quizzes.finished import NOW, finished, version_of

pytestmark = pytest.mark.django_db

KEPT = "Finished answers keep their scores."


@pytest.fixture
def question(db: None) -> Question:
    question = QuestionFactory()
    finished(quiz_of(question, slug="quiz"), chosen("b"), user=people.learner())
    return question


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def turned(question: Question) -> dict[str, Any]:
    """The form as it is sent with "b" for right, in place of "a"."""
    return sent(question) | {"payload-options-right": "1"}


def offers(answer: Any) -> list[str]:
    return [message for message in said(answer) if message.startswith(KEPT)]


def test_an_edited_key_leads_to_the_preview(as_editor: Client, question: Question) -> None:
    answer = as_editor.post(change(question), turned(question))
    assert answer.status_code == 302
    [offer] = offers(answer)
    assert f'<a href="/questions/{question.pk}/regrade/">preview a regrade</a>' in offer


def test_not_when_only_words_changed(as_editor: Client, question: Question) -> None:
    answer = as_editor.post(change(question), sent(question, explanation="Better said."))
    assert (answer.status_code, offers(answer)) == (302, [])


def test_not_when_nobody_has_answered(as_editor: Client) -> None:
    question = QuestionFactory()
    answer = as_editor.post(change(question), turned(question))
    assert (answer.status_code, offers(answer)) == (302, [])


def test_not_to_who_may_not_regrade(client: Client, question: Question, editor: User) -> None:
    editor.groups.get().permissions.filter(codename="add_regrade").delete()
    client.force_login(editor)
    answer = client.post(change(question), turned(question))
    assert (answer.status_code, offers(answer)) == (302, [])


def test_question_and_quiz_link_to_their_pages(
    client: Client, question: Question, superuser: User, editor: User, teacher: User
) -> None:
    quiz = Quiz.objects.get()
    for user, grading in ((superuser, True), (editor, False)):
        client.force_login(user)
        html = client.get(change(question)).content.decode()
        assert f'<a href="/questions/{question.pk}/analysis/">Analysis</a>' in html
        assert f'<a href="/questions/{question.pk}/regrade/">Regrade</a>' in html
        html = client.get(change(quiz)).content.decode()
        assert '<a href="/quizzes/quiz/analysis/">Analysis</a>' in html
        assert ('<a href="/quizzes/quiz/grading/">' in html) is grading
    client.force_login(teacher)
    for thing in (question, quiz):
        html = client.get(change(thing)).content.decode()
        assert not any(f'/{word}/">' in html for word in ("analysis", "grading"))
        assert f"/questions/{question.pk}/" not in html


def test_quiz_page_links_for_staff_alone(
    client: Client, question: Question, superuser: User, editor: User, teacher: User
) -> None:
    found = []
    for user in (superuser, editor, teacher, None):
        client.logout()
        if user:
            client.force_login(user)
        html = client.get("/quizzes/quiz/").content.decode()
        found.append([f"/quizzes/quiz/{name}/" in html for name in ("analysis", "grading")])
    assert found == [[True, True], [True, False], [False, False], [False, False]]


@pytest.fixture
def logged(question: Question, teacher: User) -> ScoreChange:
    regrade = Regrade.objects.create(
        question=question,
        version=version_of(question),
        made_by=teacher,
        made_at=NOW,
        reason="The key was wrong.",
    )
    return ScoreChange.objects.create(
        response=question.versions.get().responses.get(),
        regrade=regrade,
        changed_by=teacher,
        changed_at=NOW,
        before=0,
        after=1,
        attempt_before=0,
        attempt_after=0.5,
    )


def test_log_names_learners_to_superusers_alone(
    client: Client, logged: ScoreChange, superuser: User, editor: User
) -> None:
    client.force_login(superuser)
    html = client.get("/admin/quizzes/scorechange/").content.decode()
    assert "Yi-Ting Chen" in html
    assert "0% → 100%" in html
    assert "0% → 50%" in html
    client.force_login(logged.changed_by)
    assert client.get("/admin/quizzes/scorechange/").status_code == 403
    client.force_login(editor)
    assert client.get("/admin/quizzes/scorechange/").status_code == 403
    for page in ("/admin/quizzes/regrade/", change(logged.regrade)):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "The key was wrong." in answer.content.decode()
        assert "Yi-Ting" not in answer.content.decode()


def test_log_is_for_reading_only(client: Client, logged: ScoreChange, superuser: User) -> None:
    client.force_login(superuser)
    for row_ in (logged, logged.regrade):
        assert client.get(change(row_)).status_code == 200
        assert client.post(change(row_), {"after": 0}).status_code == 403
    logged.refresh_from_db()
    assert logged.after == 1
