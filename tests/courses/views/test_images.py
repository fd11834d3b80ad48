from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.images.library import add_image
from courses.models import Image
from tests.courses.images.pictures import drawn, saved
from tests.factories import ConceptFactory, CourseFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
UPLOAD = "/admin/courses/image/upload/"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def image() -> Image:
    return add_image(
        course=CourseFactory(),
        data=saved("PNG"),
        alt="A red [square]",
        name="red",
        by=None,
        now=NOW,
    )


def sent(data: bytes = b"", **more: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("red.png", data or saved("PNG"), "image/png")
    return {"file": file, "alt": "A red square", "course": CourseFactory().pk, **more}


def test_everybody_gets_a_picture_once(client: Client, image: Image) -> None:
    answer = client.get(image.get_absolute_url())
    assert b"".join(answer.streaming_content)[:4] == b"\x89PNG"  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = client.get(image.get_absolute_url(), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_drawing_is_a_document_that_does_nothing(client: Client) -> None:
    values = {"course": CourseFactory(), "alt": "Red", "name": "red", "by": None, "now": NOW}
    image = add_image(data=drawn(), **values)
    answer = client.get(image.get_absolute_url())
    assert b"".join(answer.streaming_content) == drawn()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["Content-Security-Policy"] == policy
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_there_is_no_other_picture(client: Client, image: Image) -> None:
    assert client.get(f"/images/{image.name}.jpg").status_code == 404
    assert client.get("/images/else-4x3-00000000.png").status_code == 404
    image.file.storage.delete(image.file.name or "")
    assert client.get(image.get_absolute_url()).status_code == 404
    assert client.post(image.get_absolute_url()).status_code == 405


def test_an_editor_uploads_from_a_text(client: Client, editor: User) -> None:
    client.force_login(editor)
    answer = client.post(UPLOAD, sent())
    image = Image.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "name": image.name,
        "url": image.get_absolute_url(),
        "alt": "A red square",
        "width": 4,
        "height": 3,
        "markdown": f"![A red square]({image.get_absolute_url()})",
    }
    assert image.uploaded_by == editor
    again = client.post(UPLOAD, sent(alt="Red [again]", course=image.course_id)).json()
    assert (again["name"], again["alt"]) == (image.name, "A red square")
    assert again["markdown"] == f"![Red \\[again\\]]({image.get_absolute_url()})"


def test_an_editor_uploads_a_drawing(client: Client, editor: User) -> None:
    client.force_login(editor)
    file = SimpleUploadedFile("Red square.svg", drawn(), "image/svg+xml")
    answer = client.post(UPLOAD, sent(file=file)).json()
    assert (answer["url"][:23], answer["url"][-4:]) == ("/images/red-square-4x3-", ".svg")
    assert (answer["width"], answer["height"]) == (4, 3)


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"alt": " "}, "alt", "Say what the picture shows, for who cannot see it."),
        ({"alt": "a\0b"}, "alt", "Null characters are not allowed."),
        ({"course": 0}, "course", "Select a valid choice."),
        (
            {"file": SimpleUploadedFile("a.png", drawn("<g><script/></g>"))},
            "file",
            "Line 2: <script> may not stand in a drawing.",
        ),
        ({"file": ""}, "file", "This field is required."),
    ],
)
def test_bad_uploads_are_refused_at_their_field(
    client: Client, editor: User, more: dict[str, Any], field: str, words: str
) -> None:
    client.force_login(editor)
    answer = client.post(UPLOAD, sent(**more))
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert list(errors) == [field]
    assert errors[field][0].startswith(words)
    assert not Image.objects.exists()


def test_nobody_else_uploads(client: Client, teacher: User, learner: User) -> None:
    for person in (teacher, learner):
        client.force_login(person)
        assert client.post(UPLOAD, sent()).status_code == (403 if person == teacher else 302)
    assert not Image.objects.exists()


def test_the_library_says_what_is_unused(client: Client, editor: User, image: Image) -> None:
    client.force_login(editor)
    listed = reverse("admin:courses_image_changelist")
    assert "Unused: no text shows it" in client.get(listed).text
    assert f"/images/{image.name}.png" in client.get(listed, {"use": "unused"}).text
    ConceptFactory(lesson__track__course=image.course, body=f"![a]({image.get_absolute_url()})")
    assert "Shown in a text" in client.get(listed).text
    assert f"/images/{image.name}.png" not in client.get(listed, {"use": "unused"}).text
    delete = reverse("admin:courses_image_delete", args=[image.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_the_library_adds_describes_and_deletes(client: Client, editor: User) -> None:
    client.force_login(editor)
    add = reverse("admin:courses_image_add")
    assert "multipart/form-data" in client.get(add).text
    answer = client.post(add, sent())
    image = Image.objects.get()
    change = reverse("admin:courses_image_change", args=[image.pk])
    assert answer.url == change  # type: ignore[attr-defined]
    assert f"![A red square](/images/{image.name}.png)" in client.get(change).text
    assert client.post(change, {"alt": "Crimson"}).status_code == 302
    image.refresh_from_db()
    assert (image.alt, image.width) == ("Crimson", 4)
    delete = reverse("admin:courses_image_delete", args=[image.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 302
    assert not Image.objects.exists()
    client.post(add, sent(alt=""))
    assert not Image.objects.exists()
