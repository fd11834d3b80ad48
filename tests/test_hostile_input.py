"""What no browser sends: it is answered with a page of ours, never with an error of our own."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Lesson, Reference
from quizzes.models import AnswerRecord, Attempt
from quizzes.review.asking import cards_to_ask, front_of
from tests.class_factories import autumn_class
from tests.cohorts.talk.factories import PostFactory, ThreadFactory
from tests.factories import LessonFactory, ReferenceFactory, TrackFactory
from tests.people import PASSWORD
from tests.quiz_factories import PAYLOADS, QuestionFactory, quiz_of, quiz_with
from tests.quizzes.attempts.test_attempts import begin
from tests.quizzes.finished import finished
from tests.review_factories import due_card

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


NONSENSE = ["", "\0", "١", "-1", "1e999", "nan", "Infinity", HUGE, BEYOND_64_BITS, ENDLESS]
NONSENSE += ["x" * 20_000, "😀\u202e", "<b>", "[[a]]", "' OR 1=1 --"]
# Every field of every kind of question, and what goes along with them.
ANSWER = [
    "choice",
    "text",
    "value",
    "item",
    "place-m",
    "pair-a",
    "blank-bits",
    "blank-width",
    "self",
]
REVIEW = ["digest", "seen", "rating", "seconds", "review", "unknown", "next"]


def is_ours(response: HttpResponse) -> bool:
    return response.status_code in {200, 302, 404, 409, 422}


@pytest.mark.parametrize("kind", PAYLOADS)
def test_answers_of_every_kind(as_learner: Client, learner: User, kind: str) -> None:
    quiz = quiz_of(QuestionFactory(kind=kind, payload=PAYLOADS[kind]), mode="practice")
    attempt = begin(learner, quiz)
    sent = [{name: [value, value] for name in ANSWER} for value in NONSENSE] + [{}]
    for act in ("", "check/", "try/", "rate/"):
        for fields in sent:
            for headers in ({}, {"accept": "application/json"}):
                url = f"/attempts/{attempt.pk}/answers/1/{act}"
                assert is_ours(as_learner.post(url, fields, headers=headers))
    assert is_ours(as_learner.post(f"/attempts/{attempt.pk}/submit/"))
    assert as_learner.get(f"/attempts/{attempt.pk}/results/").status_code == 200


@pytest.mark.parametrize("kind", PAYLOADS)
def test_reviews_of_every_kind(as_learner: Client, learner: User, kind: str) -> None:
    card = due_card(user=learner, question=QuestionFactory(kind=kind, payload=PAYLOADS[kind]))
    front = front_of(cards_to_ask(learner).get(), timezone.now())
    assert front is not None
    shown = {"digest": front.digest, "seen": str(card.reviews)}
    for value in NONSENSE:
        nonsense = {name: [value, value] for name in (*ANSWER, *REVIEW)}
        for fields in (nonsense, nonsense | shown, nonsense | shown | {"rating": "2"}, shown):
            for act in ("check/", "rate/"):
                assert is_ours(as_learner.post(f"/review/cards/{card.pk}/{act}", fields))
        for url in ("/review/undo/", "/review/more/", "/review/settings/"):
            assert is_ours(as_learner.post(url, nonsense))
        found = dict.fromkeys(("card", "early", "q", "lesson", "state", "page", "next"), value)
        for url in ("/review/", "/review/cards/", f"/review/cards/{card.pk}/again/"):
            assert is_ours(as_learner.get(url, found))


def test_grading_forms(client: Client, superuser: User, learner: User) -> None:
    question = QuestionFactory(kind="free", payload=PAYLOADS["free"])
    quiz = quiz_of(question, mode="graded", slug="graded")
    finished(quiz, {"text": "It scales."}, user=learner)
    client.force_login(superuser)
    names = ("score", "unit", "comment", "seen", "reason", "expected")
    for value in NONSENSE:
        sent = dict.fromkeys(names, value)
        for fields in (sent, sent | {"score": "1", "unit": "points"}, {}):
            assert is_ours(client.post("/quizzes/graded/grading/", fields))
            assert is_ours(client.post(f"/questions/{question.pk}/regrade/", fields))
        asked = dict.fromkeys(("answer", "names", "sort", "page"), value)
        for url in ("/quizzes/graded/grading/", "/quizzes/graded/analysis/"):
            assert is_ours(client.get(url, asked))
        for page in ("regrade", "regrades", "analysis"):
            assert is_ours(client.get(f"/questions/{question.pk}/{page}/", asked))


@pytest.mark.parametrize("token", ["x", "1:x", "😀", "%00", "%ff", "9" * 3000, "a:b:c"])
def test_tokens(client: Client, token: str) -> None:
    assert client.get(f"/review/unsubscribe/{token}/").status_code == 404
    assert client.post(f"/review/unsubscribe/{token}/").status_code == 404


def test_what_is_said_in_a_class(client: Client, db: None) -> None:
    autumn = autumn_class()
    client.force_login(autumn.assistant.user)
    lesson = LessonFactory(track__course=autumn.cohort.course)
    thread = ThreadFactory(cohort=autumn.cohort, lesson=lesson)
    post = PostFactory(thread=thread, author=autumn.assistant.user)
    right = {"subject": f"{lesson.pk}", "title": "Why?", "body": "So.", "reason": "Rude."}
    names = (*right, "key", "pinned", "yes", "hide", "q", "lesson", "state", "page")
    questions, answer = "/cohorts/autumn/questions/", f"/cohorts/autumn/answers/{post.pk}/"
    for value in NONSENSE:
        sent = dict.fromkeys(names, value)
        assert is_ours(client.get(questions, sent))
        for one in (sent, right | {"key": value, "pinned": value}):
            for url in (f"{questions}ask/", f"{questions}{thread.pk}/"):
                assert is_ours(client.post(url, one))
        for url in (f"{questions}{thread.pk}/report/", f"{answer}edit/", f"{answer}pin/"):
            assert is_ours(client.post(url, sent))
