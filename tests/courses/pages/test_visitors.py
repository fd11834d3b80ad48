import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from accounts.models import User
from courses.pages.visitors import answers, shared_with_visitors
from tests.factories import ConceptFactory, LessonFactory, TrackFactory

pytestmark = pytest.mark.django_db
COURSE = "/courses/llm-course/"
LESSON = f"{COURSE}scientist/quantization/"


@pytest.fixture(autouse=True)
def lesson() -> None:
    lesson = LessonFactory(track=TrackFactory(slug="scientist"), slug="quantization")
    ConceptFactory(lesson=lesson)


@pytest.mark.parametrize("path", ["/", COURSE, LESSON, f"{COURSE}notebooks/", "/privacy/"])
def test_one_answer_for_all(client: Client, path: str) -> None:
    first = client.get(path)
    assert len(answers.items) == 1
    again = Client().head(path)
    assert Client().get(path).content == first.content
    assert (again.status_code, again.content) == (200, b"")
    assert "csrfmiddlewaretoken" not in first.content.decode()
    assert not first.cookies


def test_who_is_signed_in_neither_gives_nor_takes(
    client: Client, as_learner: Client, editor: User
) -> None:
    as_learner.get(LESSON)
    as_learner.get(COURSE)
    assert answers.items == {}
    client.logout()
    client.get(LESSON)
    client.force_login(editor)
    assert "Edda Lind" in client.get(LESSON).content.decode()


@pytest.mark.parametrize("path", [f"{LESSON}?a=b", f"{COURSE}nowhere/", "/courses/nowhere/"])
def test_what_is_not_kept(client: Client, path: str) -> None:
    client.get(path)
    assert answers.items == {}


def test_a_message_is_for_one(client: Client) -> None:
    client.cookies["messages"] = "anything"
    client.get(LESSON)
    assert answers.items == {}


def token(request: HttpRequest, course: str) -> HttpResponse:
    return HttpResponse(get_token(request))


def cookie(request: HttpRequest, course: str) -> HttpResponse:
    response = HttpResponse()
    response.set_cookie("mine", "1")
    return response


@pytest.mark.parametrize("view", [token, cookie])
def test_what_is_of_its_reader_is_not_kept(rf: RequestFactory, view: object) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    shared_with_visitors(view)(request, course="llm-course")  # type: ignore[arg-type]
    assert answers.items == {}
