"""Checking, trying again and rating, as pages and as JSON."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from quizzes.models import AnswerRecord, Attempt, Quiz, Response
from tests.quiz_factories import QuestionFactory, chosen, quiz_of, quiz_with
from tests.quizzes.attempts.test_attempts import begin, hand_in, save
from tests.quizzes.attempts.test_checking import OWN_WORDS
from tests.quizzes.sql import queries
from tests.quizzes.test_views import JSON, text_of

PART = {"HX-Request": "true"}


@pytest.fixture
def attempt(learner: User) -> Attempt:
    return begin(learner, quiz_with(3, title="Check"))


@pytest.fixture
def spoken(learner: User) -> Attempt:
    return begin(learner, quiz_of(QuestionFactory(kind="free", payload=OWN_WORDS)))


def url(attempt: Attempt, act: str = "check", position: int = 1) -> str:
    return f"/attempts/{attempt.pk}/answers/{position}/{act}/"


def page(client: Client, attempt: Attempt, query: str) -> str:
    return client.get(f"/attempts/{attempt.pk}/?{query}").content.decode()


# Checking


def test_check_leads_to_what_was_right(as_learner: Client, attempt: Attempt) -> None:
    response: Any = as_learner.post(url(attempt), {"choice": "b"}, follow=True)
    assert response.redirect_chain == [(f"/attempts/{attempt.pk}/?q=1#feedback", 302)]
    html, said = response.content.decode(), text_of(response)
    assert 'id="feedback" role="status" tabindex="-1"' in html
    assert "Not quite: Option a Because a is right." in said
    assert "Reread: " in said
    assert "This answer counts. Trying again changes nothing about it." in said
    assert "Next question Try it again" in said
    assert "Question 1 , not right Question 2 Question 3 End" in said
    assert f'href="/attempts/{attempt.pk}/?q=1&amp;try=1#question"' in html


def test_check_says_before_that_the_first_counts(as_learner: Client, attempt: Attempt) -> None:
    html = page(as_learner, attempt, "q=1")
    assert "The first answer that you check is the one that counts." in html
    assert f'formaction="{url(attempt)}"' in html


def test_check_twice_keeps_the_first(as_learner: Client, attempt: Attempt) -> None:
    as_learner.post(url(attempt), {"choice": "b"})
    again = as_learner.post(url(attempt), {"choice": "a"}, follow=True)
    assert "Kept, but not counted: you had checked this question before." in text_of(again)
    assert Response.objects.get(position=1).answer == chosen("b")


def test_check_after_reload_and_back_stands(as_learner: Client, attempt: Attempt) -> None:
    """The page of before, out of the browser's memory, still has its form."""
    as_learner.post(url(attempt), {"choice": "b"})
    plain = as_learner.post(url(attempt, "")[:-1], {"choice": "a", "next": "2"}, follow=True)
    assert "Kept, but not counted: you had checked this question before." in text_of(plain)
    assert Response.objects.get(position=1).answer == chosen("b")
    assert AnswerRecord.objects.get(late=True).answer == chosen("a")


def test_check_by_script(as_learner: Client, attempt: Attempt) -> None:
    said = as_learner.post(url(attempt), {"choice": "a"}, headers=JSON).json()
    assert (said["answered"], said["counts"]) == (True, True)
    late = as_learner.post(url(attempt), {"choice": "b"}, headers=JSON).json()
    assert (late["answered"], late["counts"]) == (True, False)


def section_of(html: str) -> str:
    """The card, without the token that is another in each answer."""
    card = re.search(r"<section.*?</section>", html, re.DOTALL)
    assert card
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", card[0])


@pytest.mark.parametrize("position", [1, 2, 3])
def test_check_by_a_script_that_asks_for_the_card(
    as_learner: Client, attempt: Attempt, position: int
) -> None:
    there = url(attempt, position=position)
    part = as_learner.post(there, {"choice": "b"}, headers=PART).content.decode()
    whole = page(as_learner, attempt, f"q={position}")
    assert section_of(part) == section_of(whole)
    assert re.findall(r'data-place="(\w+)" data-state="wrong"', part) == [str(position)]
    assert "<html" not in part


def test_a_card_to_be_rated_comes_alone_too(as_learner: Client, spoken: Attempt) -> None:
    Response.objects.update(points=2)
    part = as_learner.post(url(spoken), {"text": "My words."}, headers=PART).content.decode()
    assert section_of(part) == section_of(page(as_learner, spoken, "q=1"))
    assert "My words." in part
    assert "Save my rating" in part


def test_a_card_is_not_given_twice(as_learner: Client, attempt: Attempt) -> None:
    as_learner.post(url(attempt), {"choice": "b"})
    again: Any = as_learner.post(url(attempt), {"choice": "a"}, headers=PART)
    assert again.url == f"/attempts/{attempt.pk}/?q=1#feedback"
    hand_in(attempt)
    ended: Any = as_learner.post(url(attempt, position=2), {"choice": "a"}, headers=PART)
    assert ended.url == f"/attempts/{attempt.pk}/results/"


def test_no_card_for_others(client: Client, superuser: User, attempt: Attempt) -> None:
    assert client.post(url(attempt), {"choice": "a"}, headers=PART).status_code == 302
    client.force_login(superuser)
    assert client.post(url(attempt), {"choice": "a"}, headers=PART).status_code == 404
    Quiz.objects.update(mode="graded")
    client.force_login(attempt.user)
    assert client.post(url(attempt), {"choice": "a"}, headers=PART).status_code == 404


@pytest.mark.parametrize("number", [1, 16])
def test_a_checked_card_costs_seven_queries(as_learner: Client, learner: User, number: int) -> None:
    attempt = begin(learner, quiz_with(number))
    save(attempt, "b", now=attempt.started_at)
    # Session, user; one look that locks; record; response; about the attempt; concept.
    with queries(7):
        as_learner.post(url(attempt), {"choice": "a"}, headers=PART)


def test_check_without_a_choice(as_learner: Client, attempt: Attempt) -> None:
    response = as_learner.post(url(attempt, position=2), {})
    assert response.status_code == 422
    assert text_of(response).startswith("Question 2 of 3 · Check")
    assert not AnswerRecord.objects.exists()


@pytest.mark.parametrize("mode", ["graded", "placement"])
def test_check_where_the_quiz_does_not_tell(
    as_learner: Client, attempt: Attempt, mode: str
) -> None:
    Quiz.objects.update(mode=mode)
    assert as_learner.post(url(attempt), {"choice": "b"}).status_code == 404
    assert as_learner.post(url(attempt), {"choice": "b"}, headers=JSON).status_code == 404
    assert not AnswerRecord.objects.exists()
    assert url(attempt) not in page(as_learner, attempt, "q=1")


def test_check_in_a_graded_quiz_gives_no_second_try(as_learner: Client, attempt: Attempt) -> None:
    Quiz.objects.update(mode="graded", feedback="at-once")
    html = page(as_learner, attempt, "q=1")
    assert "The answer that you check counts, and cannot be changed after that." in html
    said = text_of(as_learner.post(url(attempt), {"choice": "b"}, follow=True))
    assert "This answer counts, and cannot be changed any more." in said
    assert "Try it again" not in said
    assert as_learner.post(url(attempt, "try"), {"choice": "a"}).status_code == 404


def test_check_by_others(client: Client, superuser: User, attempt: Attempt) -> None:
    back = f"/accounts/login/?next=/attempts/{attempt.pk}/%3Fq%3D1%23question"
    assert client.post(url(attempt), {"choice": "a"}).url == back  # type: ignore[attr-defined]
    client.force_login(superuser)
    assert client.post(url(attempt), {"choice": "a"}).status_code == 404
    assert not AnswerRecord.objects.exists()


def test_check_queries(as_learner: Client, attempt: Attempt) -> None:
    save(attempt, "b", now=attempt.started_at)
    # Session, user; one look that locks; record; response.
    with queries(5):
        as_learner.post(url(attempt), {"choice": "a"}, headers=JSON)


@pytest.mark.parametrize("number", [1, 16])
def test_checked_cards_in_five_queries(as_learner: Client, learner: User, number: int) -> None:
    attempt = begin(learner, quiz_with(number))
    for position in range(1, number + 1):
        as_learner.post(url(attempt, position=position), {"choice": "a"})
    # Session, user; attempt; responses; concepts.
    with queries(5):
        html = as_learner.get(f"/attempts/{attempt.pk}/cards/").content.decode()
    assert html.count("That is right.") == number


# Trying again


def test_try_keeps_nothing(as_learner: Client, attempt: Attempt) -> None:
    as_learner.post(url(attempt), {"choice": "b"})
    html = page(as_learner, attempt, "q=1&try=1")
    assert f'action="{url(attempt, "try")}"' in html
    assert " checked" not in html
    before = AnswerRecord.objects.count()
    response = as_learner.post(url(attempt, "try"), {"choice": "a"})
    said = text_of(response)
    assert "That is right." in said
    assert "This was for practice: the first answer that you checked is the one" in said
    assert Response.objects.get(position=1).answer == chosen("b")
    assert AnswerRecord.objects.count() == before


def test_try_without_a_choice(as_learner: Client, attempt: Attempt) -> None:
    as_learner.post(url(attempt), {"choice": "b"})
    response = as_learner.post(url(attempt, "try"), {})
    assert response.status_code == 422
    assert "Your try could not be read" in text_of(response)


def test_try_before_checking(as_learner: Client, attempt: Attempt) -> None:
    assert as_learner.post(url(attempt, "try"), {"choice": "a"}).status_code == 404
    assert "Because" not in page(as_learner, attempt, "q=1&try=1")


def test_try_after_handing_in(as_learner: Client, attempt: Attempt) -> None:
    as_learner.post(url(attempt), {"choice": "b"})
    hand_in(attempt)
    assert as_learner.post(url(attempt, "try"), {"choice": "a"}).status_code == 404


def test_try_by_others(client: Client, superuser: User, attempt: Attempt) -> None:
    assert client.post(url(attempt, "try")).status_code == 302
    client.force_login(superuser)
    assert client.post(url(attempt, "try"), {"choice": "a"}).status_code == 404


# Rating


def test_rate_after_checking(as_learner: Client, spoken: Attempt) -> None:
    shown = as_learner.post(url(spoken), {"text": "The scale."}, follow=True)
    assert "Compare your answer with the model answer." in text_of(shown)
    assert "Because of the scale ." in text_of(shown)
    assert f'action="{url(spoken, "rate")}"' in shown.content.decode()
    rated = as_learner.post(url(spoken, "rate"), {"self": "0.5"}, follow=True)
    assert "You rated this: in part." in text_of(rated)
    assert Response.objects.get().score == 0.5


def test_rate_on_the_results(as_learner: Client, spoken: Attempt) -> None:
    as_learner.post(f"/attempts/{spoken.pk}/answers/1/", {"text": "The scale.", "next": "end"})
    hand_in(spoken)
    results = f"/attempts/{spoken.pk}/results/"
    said = text_of(as_learner.get(results))
    assert "Not graded yet" in said
    assert "they count as zero until then: Question 1" in said
    response: Any = as_learner.post(url(spoken, "rate"), {"self": "1"}, follow=True)
    assert response.redirect_chain == [(f"{results}#question-1", 302)]
    assert "1 / 1" in text_of(response)


def test_rate_without_saying_how(as_learner: Client, spoken: Attempt) -> None:
    as_learner.post(url(spoken), {"text": "The scale."})
    said = text_of(as_learner.post(url(spoken, "rate"), {}, follow=True))
    assert "Say how your answer compares" in said


def test_rate_what_a_machine_grades(as_learner: Client, attempt: Attempt) -> None:
    as_learner.post(url(attempt), {"choice": "b"})
    assert as_learner.post(url(attempt, "rate"), {"self": "1"}).status_code == 404


def test_rate_by_others(client: Client, superuser: User, spoken: Attempt) -> None:
    assert client.post(url(spoken, "rate")).status_code == 302
    client.force_login(superuser)
    assert client.post(url(spoken, "rate"), {"self": "1"}).status_code == 404


@pytest.mark.parametrize("act", ["check", "try", "rate"])
def test_by_get(as_learner: Client, attempt: Attempt, act: str) -> None:
    assert as_learner.get(url(attempt, act)).status_code == 405


# Signed out in the middle


def sign_in(client: Client, email: str) -> None:
    """As people do it: the session that they had stays theirs."""
    data = {"login": email, "password": "a-long-enough-pass-phrase"}
    assert client.post("/accounts/login/", data).status_code == 302


@pytest.mark.parametrize("act", ["", "check/"])
def test_what_was_sent_while_signed_out_is_delivered(
    client: Client, learner: User, attempt: Attempt, act: str
) -> None:
    client.post(f"/attempts/{attempt.pk}/answers/2/{act}", {"choice": "b", "next": "3"})
    assert not AnswerRecord.objects.exists()
    sign_in(client, learner.email)
    said = text_of(client.get(f"/attempts/{attempt.pk}/?q=2"))
    record = AnswerRecord.objects.get()
    assert (record.answer, record.response.position, record.late) == (chosen("b"), 2, False)
    assert f"Question 2: Saved {timezone.localtime(record.received_at):%H:%M:%S}" in said
    assert "Question 2: Saved" not in text_of(client.get(f"/attempts/{attempt.pk}/?q=3"))
    assert AnswerRecord.objects.count() == 1


def test_what_came_in_time_counts_though_it_is_delivered_later(
    client: Client, learner: User
) -> None:
    started = timezone.now() - timedelta(minutes=10) + timedelta(seconds=2)
    attempt = begin(learner, quiz_with(1, time_limit=10, grace=0), started)
    client.post(f"/attempts/{attempt.pk}/answers/1/", {"choice": "a"})
    sign_in(client, learner.email)
    Attempt.objects.update(deadline_at=timezone.now())
    client.get(f"/attempts/{attempt.pk}/")
    assert AnswerRecord.objects.get().late is False
    assert Attempt.objects.get().score == 1.0


def test_what_another_sent_is_never_delivered(
    client: Client, learner: User, stranger: User, attempt: Attempt
) -> None:
    theirs = begin(stranger, attempt.quiz)
    client.post(f"/attempts/{attempt.pk}/answers/1/", {"choice": "b"})
    sign_in(client, stranger.email)
    assert client.get(f"/attempts/{attempt.pk}/").status_code == 404
    client.get(f"/attempts/{theirs.pk}/")
    assert not AnswerRecord.objects.exists()


def test_what_cannot_be_read_is_said(client: Client, learner: User, attempt: Attempt) -> None:
    client.post(f"/attempts/{attempt.pk}/answers/1/", {"choice": "z"})
    sign_in(client, learner.email)
    said = text_of(client.get(f"/attempts/{attempt.pk}/"))
    assert "Question 1: what you sent while signed out could not be saved." in said


def test_a_visitor_fills_no_session(client: Client, attempt: Attempt) -> None:
    for position in range(40):
        sent = {"choice": "x" * 5000, f"n{position}": "y" * 400}
        client.post(f"/attempts/{attempt.pk}/answers/{position}/", sent)
    kept = client.session["answers"]
    assert [one["position"] for one in kept] == [37, 38, 39]


def test_no_script_of_a_page_keeps_answers_of_the_signed_out(
    client: Client, attempt: Attempt
) -> None:
    """It keeps them itself, and says when it has delivered them."""
    client.post(f"/attempts/{attempt.pk}/answers/1/", {"choice": "b"}, headers=JSON)
    assert "answers" not in client.session


def test_steps_say_how_each_question_went(as_learner: Client, attempt: Attempt) -> None:
    as_learner.post(url(attempt), {"choice": "a"})
    as_learner.post(url(attempt, position=2), {"choice": "b"})
    save(attempt, "b", position=3)
    html = page(as_learner, attempt, "q=end")
    assert re.findall(r'data-place="\d" data-state="(\w+)"', html) == ["right", "wrong", "saved"]
