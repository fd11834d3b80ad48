"""What is wrong stands above every form of the admin, with links to its fields."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from tests.courses.images.pictures import drawn
from tests.factories import CourseFactory
from tests.quiz_factories import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def faults(client: Client, url: str, data: dict[str, Any]) -> str:
    html = client.post(url, data).content.decode()
    start = html.index('<div class="errornote editor-faults" role="alert"')
    return html[start : html.index("</div>", start)]


def test_of_an_edition(as_editor: Client) -> None:
    said = faults(as_editor, "/admin/courses/edition/add/", {"name": "", "course": ""})
    assert "2 things keep this from being saved. Nothing is lost." in said
    assert '<a href="#id_name">Name: This field is required.</a>' in said
    assert '<a href="#id_course">Course: This field is required.</a>' in said


def test_of_a_picture_with_what_was_typed_kept(as_editor: Client) -> None:
    url = "/admin/courses/image/add/"
    file = SimpleUploadedFile("a.svg", drawn("<script/>"))
    sent = {"course": CourseFactory().pk, "alt": "A <red> square", "file": file}
    said = faults(as_editor, url, sent)
    assert (
        '<a href="#id_file">Picture: Line 2: &lt;script&gt; may not stand in a drawing.</a>' in said
    )
    file.seek(0)
    assert 'value="A &lt;red&gt; square"' in as_editor.post(url, sent).content.decode()


def test_of_a_question(as_editor: Client) -> None:
    question = QuestionFactory(kind="true_false", payload={"answer": True})
    url = f"/admin/quizzes/question/{question.pk}/change/"
    sent = {"concept": question.concept_id, "kind": "true_false", "prompt": "", "status": "draft"}
    said = faults(as_editor, url, sent)
    assert '<a href="#id_prompt">Question: This field is required.</a>' in said
    assert said.count("<a ") == said.count("<li>") > 1
