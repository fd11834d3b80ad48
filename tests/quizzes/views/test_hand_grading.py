import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from quizzes.hand_grading import grade_by_hand, seen_of
from quizzes.models import Attempt, Quiz, Response, ScoreChange
from tests import people
from tests.quiz_factories import QuestionFactory, chosen, quiz_of
from tests.quizzes.finished import NOW, finished
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db

URL = "/quizzes/quiz/grading/"
FREE = {"model_answer": "Because it **scales**.", "criteria": ["It names the *cost*."]}


@pytest.fixture
def quiz(db: None) -> Quiz:
    quiz = quiz_of(
        QuestionFactory(), QuestionFactory(kind="free", payload=FREE), mode="graded", slug="quiz"
    )
    quiz.places.filter(position=2).update(points=4)
    return quiz


def hand_in(quiz: Quiz, minutes: int, text: str, user: User | None = None) -> Response:
    at = NOW + timedelta(minutes=minutes)
    attempt = finished(quiz, chosen("a"), {"text": text}, user=user, submitted_at=at)
    return attempt.responses.get(position=2)


@pytest.fixture
def first(quiz: Quiz, learner: User) -> Response:
    return hand_in(quiz, 1, "It is <b>big</b>.", learner)


@pytest.fixture
def second(quiz: Quiz) -> Response:
    return hand_in(quiz, 2, "It is cheap.")


@pytest.fixture
def as_superuser(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def grade(client: Client, response: Response, query: str = "", **fields: str) -> Any:
    said = {"score": "3", "unit": "points", "comment": "Say **why**.", "seen": ""} | fields
    return client.post(f"{URL}?answer={response.pk}{query}", said)


def test_the_first_that_waits_beside_the_model_answer(
    as_superuser: Client, first: Response, second: Response
) -> None:
    answer = as_superuser.get(URL)
    html, said = answer.content.decode(), text(answer)
    assert "2 answers wait for you." in said
    assert "It is &lt;b&gt;big&lt;/b&gt;." in html
    assert "Because it <strong>scales</strong>." in html
    assert "It names the <em>cost</em>." in html
    assert "Full score: 4 in points, 100 in percent." in said


def test_names_are_hidden_until_asked_for(
    as_superuser: Client, first: Response, learner: User
) -> None:
    assert learner.display_name not in as_superuser.get(URL).content.decode()
    assert learner.display_name in as_superuser.get(f"{URL}?names=shown").content.decode()


def test_graded_and_on_to_the_next(
    as_superuser: Client, first: Response, second: Response, superuser: User
) -> None:
    answer = grade(as_superuser, first, "&names=shown")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{URL}?answer={second.pk}&names=shown",
    )
    first.refresh_from_db()
    assert (first.score, first.comment, first.graded_by) == (0.75, "Say **why**.", "person")
    change = ScoreChange.objects.get()
    assert (change.changed_by, change.before, change.after) == (superuser, None, 0.75)
    # (1 · 1 + 4 · 0.75) / 5
    assert Attempt.objects.get(pk=first.attempt_id).score == pytest.approx(0.8)
    said = text(as_superuser.get(answer["Location"]))
    assert "The grade is saved, and the attempt counted again." in said
    assert "One answer waits for you." in said


def test_the_last_one_leads_to_nothing_more(as_superuser: Client, first: Response) -> None:
    answer = grade(as_superuser, first)
    assert answer["Location"] == f"{URL}?"
    assert "No answer waits to be graded." in text(as_superuser.get(answer["Location"]))


@pytest.mark.parametrize(
    ("score", "unit", "share"),
    [("4", "points", 1), ("0", "points", 0), ("2.5", "points", 0.625), ("85", "percent", 0.85)],
)
def test_points_and_percent(
    as_superuser: Client, first: Response, score: str, unit: str, share: float
) -> None:
    assert grade(as_superuser, first, score=score, unit=unit).status_code == 302
    first.refresh_from_db()
    assert first.score == pytest.approx(share)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"score": "4.5"}, "Score: Give at most 4."),
        ({"score": "101", "unit": "percent"}, "Score: Give at most 100."),
        ({"score": "-1"}, "Score: Ensure this value is greater than or equal to 0."),
        ({"score": ""}, "Score: This field is required."),
        ({"score": "NaN"}, "Score: Enter a number."),
        ({"unit": "stones"}, "in: Select a valid choice."),
        ({"comment": "x" * 4001}, "Comment: Ensure this value has at most 4000 characters"),
    ],
)
def test_bad_input_is_kept_and_refused(
    as_superuser: Client, first: Response, fields: dict[str, str], error: str
) -> None:
    answer = grade(as_superuser, first, **fields)
    assert answer.status_code == 422
    assert error in text(answer)
    assert fields.get("comment", "Say **why**.") in answer.content.decode()
    first.refresh_from_db()
    assert first.score is None


def test_next_and_previous(as_superuser: Client, first: Response, second: Response) -> None:
    def links(response: Response) -> list[tuple[str, str]]:
        html = as_superuser.get(f"{URL}?answer={response.pk}").content.decode()
        found = re.findall(r'href="\?answer=(\d+)">(\w+) answer', html.replace(URL, ""))
        return [(pk, name) for pk, name in found]

    assert links(first) == [(str(second.pk), "Next")]
    assert links(second) == [(str(first.pk), "Previous")]


def test_a_grade_can_be_changed(as_superuser: Client, first: Response, second: Response) -> None:
    grade(as_superuser, first)
    html = as_superuser.get(f"{URL}?answer={first.pk}").content.decode()
    assert 'name="score" value="3.0"' in html
    first.refresh_from_db()
    assert f'name="seen" value="{seen_of(first)}"' in html
    assert "Graded: 75%" in html
    assert grade(as_superuser, first, score="1", seen=seen_of(first)).status_code == 302
    first.refresh_from_db()
    assert first.score == 0.25


def test_two_who_grade_at_once_hear_of_each_other(
    as_superuser: Client, first: Response, superuser: User
) -> None:
    again = {"response": first, "score": 0.5, "by": superuser, "now": timezone.now()}
    seen = seen_of(grade_by_hand(**again, comment="See *page 3*."))
    answer = grade(as_superuser, first)
    assert answer.status_code == 409
    assert "Someone else gave this answer 50% meanwhile. Save again to replace that." in text(
        answer
    )
    assert "Say **why**." in answer.content.decode()
    assert "Their comment: See *page 3*." in text(answer)
    assert f'name="seen" value="{seen}"' in answer.content.decode()
    first.refresh_from_db()
    assert first.score == 0.5
    assert grade(as_superuser, first, seen=seen).status_code == 302


def test_sent_twice_counts_once(as_superuser: Client, first: Response) -> None:
    assert [grade(as_superuser, first).status_code for _ in range(2)] == [302, 302]
    assert ScoreChange.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_queries_do_not_grow(as_superuser: Client, quiz: Quiz, rows: int) -> None:
    for minutes in range(rows):
        hand_in(quiz, minutes, "Words.")
    as_superuser.get(URL)
    # session, user; quiz, answer, the ones before and after, how many wait
    with queries(7):
        as_superuser.get(URL)


def test_others_do_not_know_of_it(
    client: Client, first: Response, editor: User, teacher: User
) -> None:
    """A teacher grades in classes."""
    for user in (None, first.attempt.user, people.stranger(), editor, teacher):
        if user:
            client.force_login(user)
        assert client.get(URL).status_code == 404
        assert grade(client, first).status_code == 404
    first.refresh_from_db()
    assert first.score is None


@pytest.mark.parametrize("wanted", ["999999", "x", "-1", "9" * 30, "²"])
def test_no_such_answer(as_superuser: Client, first: Response, wanted: str) -> None:
    assert as_superuser.get(URL, {"answer": wanted}).status_code == 404


def test_answers_that_no_person_grades_are_not_there(as_superuser: Client, first: Response) -> None:
    by_machine = first.attempt.responses.get(position=1)
    assert as_superuser.get(f"{URL}?answer={by_machine.pk}").status_code == 404
    other = quiz_of(QuestionFactory(kind="free", payload=FREE), mode="graded")
    elsewhere = finished(other, {"text": "Words."}).responses.get()
    assert as_superuser.get(f"{URL}?answer={elsewhere.pk}").status_code == 404
    assert grade(as_superuser, elsewhere).status_code == 404
    assert as_superuser.get("/quizzes/nothing/grading/").status_code == 404


def test_wrong_method(as_superuser: Client, first: Response) -> None:
    assert as_superuser.put(URL).status_code == 405
