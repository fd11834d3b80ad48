from typing import Any

import pytest
from django.http import QueryDict

from quizzes.kinds import AnswerError, PayloadError
from quizzes.kinds.free import Free
from tests.quiz_factories import PAYLOADS

KIND = Free()
PAYLOAD = PAYLOADS["free"]


@pytest.mark.parametrize(
    ("answer", "score", "pending"),
    [
        (None, 0.0, False),
        ({"text": ""}, 0.0, False),
        ({"text": "  \n"}, 0.0, False),
        ({"text": "", "self": 1}, 0.0, False),
        ({"text": "It scales."}, 0.0, True),
        ({"text": "It scales.", "self": 0}, 0.0, False),
        ({"text": "It scales.", "self": 0.5}, 0.5, False),
        ({"text": "It scales.", "self": 1}, 1.0, False),
    ],
)
def test_a_person_says_what_it_is_worth(answer: Any, score: float, pending: bool) -> None:
    outcome = KIND.grade(PAYLOAD, answer)
    assert (outcome.score, outcome.pending) == (score, pending)


def test_the_own_rating_is_taken_off() -> None:
    assert KIND.unrated({"text": "a", "self": 1.0}) == {"text": "a"}


@pytest.mark.parametrize("rating", [True, "1", 0.7, None, [], float("nan")])
def test_a_rating_that_is_none_says_so(rating: object) -> None:
    with pytest.raises(AnswerError) as caught:
        KIND.from_json(PAYLOAD, {"text": "a", "self": rating})
    assert str(caught.value) == "Say how your answer compares: not yet, in part, or fully."


def test_a_form() -> None:
    form = QueryDict(mutable=True)
    form.update({"text": " One.\r\n\r\nTwo. ", "self": "0.5"})
    assert KIND.from_form(PAYLOAD, form) == {"text": "One.\n\nTwo.", "self": 0.5}
    form["self"] = "2"
    with pytest.raises(AnswerError):
        KIND.from_form(PAYLOAD, form)


def test_the_parts_are_the_answer_beside_the_model_and_the_criteria() -> None:
    whole, *criteria = KIND.grade(PAYLOAD, {"text": "Mine."}).parts
    assert (whole.given, whole.expected, whole.right) == ("Mine.", PAYLOAD["model_answer"], False)
    assert [one.text for one in criteria] == PAYLOAD["criteria"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word " * 61, "Your answer has 61 words; 60 is the most. Shorten it."),
        ("字" * 901, "Your answer has 901 characters; 900 is the most. Shorten it."),
        ("字" * 2701, "The answer has 2701 characters; 2700 is the most. Shorten it."),
    ],
)
def test_too_long_an_answer_is_refused_and_kept(text: str, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        KIND.from_json(PAYLOAD, {"text": text})
    assert str(caught.value) == message
    assert caught.value.typed is not None
    assert caught.value.typed["text"].strip() == text.strip()


def test_sixty_words_are_enough() -> None:
    assert KIND.from_json(PAYLOAD, {"text": "word " * 60}) == {"text": ("word " * 60).strip()}


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({}, "model_answer: This field is missing."),
        ({"model_answer": "$\\frac{$"}, "model_answer: "),
        ({"model_answer": "a", "criteria": ["a"] * 7}, "criteria: Give a list of 0 to 6."),
        ({"model_answer": "a", "criteria": ["a", ""]}, "criteria[1]: Write something here."),
        ({"model_answer": "a", "longest": True}, "longest: Give a number of words from 1 to 1000."),
        ({"model_answer": "a", "longest": 0}, "longest: Give a number of words from 1 to 1000."),
        ({"model_answer": "a b", "longest": 1}, "model_answer: Your answer has 2 words; 1 is the"),
    ],
)
def test_check_names_the_field(payload: object, message: str) -> None:
    with pytest.raises(PayloadError) as caught:
        KIND.check(payload)
    assert str(caught.value).startswith(message)
