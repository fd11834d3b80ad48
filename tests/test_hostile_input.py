"""What no browser sends: it is answered with a page of ours, never with an error of our own."""

import pytest
from django.test import Client

from accounts.models import User
from courses.models import Lesson, Reference
from quizzes.models import AnswerRecord, Attempt
from tests.factories import LessonFactory, ReferenceFactory, TrackFactory
from tests.people import PASSWORD
from tests.quiz_factories import quiz_with
from tests.quizzes.attempts.test_attempts import begin

pytestmark = pytest.mark.django_db

COURSE = "/courses/llm-course/"
LESSON = f"{COURSE}scientist/quantization/"
HUGE = "9" * 20
BEYOND_64_BITS = str(2**63)
# More digits than Python turns into a number.
ENDLESS = "9" * 5000


@pytest.fixture(autouse=True)
def lesson() -> Lesson:
    lesson = LessonFactory(track=TrackFactory(slug="scientist"), slug="quantization")
    ReferenceFactory(lesson=lesson)
    return lesson


@pytest.fixture
def attempt(learner: User) -> Attempt:
    return begin(learner, quiz_with(2))


@pytest.mark.parametrize("pk", ["0", HUGE, BEYOND_64_BITS, ENDLESS])
@pytest.mark.parametrize("kind", ["concept", "reference"])
def test_ids_in_addresses(as_learner: Client, kind: str, pk: str) -> None:
    assert as_learner.post(f"/{kind}s/{pk}/tick/", {kind: pk}).status_code == 404


@pytest.mark.parametrize("pk", ["", "-1", "1.5", "x", "\0", "١", HUGE, BEYOND_64_BITS, ENDLESS])
def test_ids_in_forms(as_learner: Client, learner: User, pk: str) -> None:
    reference = Reference.objects.get()
    response = as_learner.post(f"{LESSON}references/", {"reference": [reference.pk, pk]})
    assert response.url == f"{LESSON}#references"
    assert not learner.enrolments.exists()


@pytest.mark.parametrize(
    "path",
    ["a" * 5000, "%00", "a%00b", "%ff", "%F0%9F%98%80", "..%2f..", f"scientist/{'a' * 3000}"],
)
def test_addresses(client: Client, path: str) -> None:
    assert client.get(f"{COURSE}{path}/").status_code == 404


@pytest.mark.parametrize(
    "pk", ["x", HUGE, "0" * 31, "g" * 36, f"{'0' * 8}-0000-0000-0000-{'0' * 12}"]
)
@pytest.mark.parametrize("rest", ["submit/", "answers/1/"])
def test_attempts_that_cannot_be(as_learner: Client, pk: str, rest: str) -> None:
    assert as_learner.post(f"/attempts/{pk}/{rest}").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        *("\0", "a\0b", "🙂", "İ", "\u202e", "\ue000a\ue001", "a" * 100_000, "%", "\\"),
        *('"', "''", "'\"--;", "-", "(", "a* AND b", "x:y", "&|!<->", "NEAR(a b)", "{a b}:c", "^a"),
    ],
)
def test_search(client: Client, asked: str) -> None:
    for kind in ("", "lesson", "\0", "x" * 5000):
        assert client.get("/search/", {"q": asked, "kind": kind}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "99999", HUGE, ENDLESS, "x", "\0", "²", "1.0", " 1"])
def test_pages_of_search(client: Client, page: str) -> None:
    assert client.get("/search/", {"q": "quantization", "page": page}).status_code == 404


# Bare words are names of views, with and without arguments.
ELSEWHERE = [
    *("foo", "today", "attempt", "?x", "../x", "\0", "😀", "javascript:alert(1)"),
    *("//evil.example", "///evil.example", "/\\evil.example", "https://evil.example/"),
    *("http:///evil.example", "https:evil.example"),
]


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_onward_from_enrolling(as_learner: Client, onward: str) -> None:
    assert as_learner.post(f"{COURSE}enrol/", {"next": onward}).url == COURSE


@pytest.mark.parametrize("onward", ["/today/\r\nSet-Cookie: a=b", "/😀"])
def test_onward_is_quoted(as_learner: Client, onward: str) -> None:
    response = as_learner.post(f"{COURSE}enrol/", {"next": onward})
    assert response.url in {"/today/%0D%0ASet-Cookie:%20a=b", "/%F0%9F%98%80"}


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_onward_from_signing_in(client: Client, learner: User, onward: str) -> None:
    filled = {"login": learner.email, "password": PASSWORD, "next": onward}
    response = client.post("/accounts/login/", filled)
    assert response.status_code == 302
    assert "evil" not in response.url
    assert not response.url.startswith("javascript")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 302),
        (b"\xff\xfe", "text/plain", 302),
        ("a=%ff%00", "application/x-www-form-urlencoded", 302),
        ("a=1&" * 5000, "application/x-www-form-urlencoded", 400),
        (f"a={'x' * 4_000_000}", "application/x-www-form-urlencoded", 400),
        ("--x", "multipart/form-data", 400),
    ],
)
@pytest.mark.parametrize("path", [f"{COURSE}enrol/", f"{LESSON}done/", f"{LESSON}references/"])
def test_bodies(as_learner: Client, path: str, body: str, kind: str, status: int) -> None:
    response = as_learner.post(path, body, content_type=kind)
    assert response.status_code == status
    assert status == 302 or "<h1>We could not read that</h1>" in response.content.decode()


@pytest.mark.parametrize("sequence", ["0", "-5", "x", "1e5", "1.5", "\0", HUGE, ENDLESS])
def test_sequences(as_learner: Client, attempt: Attempt, sequence: str) -> None:
    """One that makes no sense counts as none; one from the future as now."""
    sent = {"choice": "a", "sequence": sequence, "next": "\0😀"}
    for kept in (1, 2):
        response = as_learner.post(f"/attempts/{attempt.pk}/answers/1/", sent)
        assert response.status_code == 302
        assert AnswerRecord.objects.count() == (1 if sequence == HUGE else kept)


@pytest.mark.parametrize("choice", [["\0"], ["x" * 10_000], ["a"] * 900 + ["b"], ["'"]])
def test_choices(as_learner: Client, attempt: Attempt, choice: list[str]) -> None:
    response = as_learner.post(f"/attempts/{attempt.pk}/answers/1/", {"choice": choice})
    assert response.status_code == 422
    assert not AnswerRecord.objects.exists()


@pytest.mark.parametrize("position", ["0", "3", "32768", HUGE, ENDLESS])
def test_positions(as_learner: Client, attempt: Attempt, position: str) -> None:
    sent = {"choice": "a"}
    assert as_learner.post(f"/attempts/{attempt.pk}/answers/{position}/", sent).status_code == 404


@pytest.mark.parametrize("wanted", ["\0", HUGE, "x" * 5000])
def test_questions_of_an_attempt(as_learner: Client, attempt: Attempt, wanted: str) -> None:
    assert as_learner.get(f"/attempts/{attempt.pk}/", {"q": wanted}).status_code == 200


@pytest.mark.parametrize("value", ["\0", "x" * 100_000])
@pytest.mark.parametrize("field", ["display_name", "time_zone", "theme"])
def test_preferences(as_learner: Client, learner: User, field: str, value: str) -> None:
    sent = {"display_name": "Yi-Ting", "time_zone": "UTC", "theme": ""} | {field: value}
    assert as_learner.post("/accounts/preferences/", sent).status_code == 200
    learner.refresh_from_db()
    assert learner.display_name == "Yi-Ting Chen"
