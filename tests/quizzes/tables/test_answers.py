"""Whatever a question's payload is, its columns give it back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.kinds import KINDS, is_sound
from quizzes.tables.answers import COLUMNS, AnswersError, columns_of, fits, payload_in, same
from tests.quiz_factories import PAYLOADS
from tests.quizzes.editor.test_answers import retold
from tests.quizzes.kinds.json import nearly


def options(*texts: str, right: str = "1", **more: str) -> dict[str, str]:
    named = {f"option_{number}": text for number, text in enumerate(texts, 1)}
    return {**dict.fromkeys(COLUMNS, ""), **named, "right": right, **more}


def test_options_stand_in_columns_of_their_own() -> None:
    found = columns_of("single", PAYLOADS["single"])
    first = PAYLOADS["single"]["options"][0]
    assert found["option_1"] == first["text"]
    assert found["feedback_1"] == first.get("feedback", "")
    assert found["payload"] == ""
    assert columns_of("multiple", PAYLOADS["multiple"])["right"] == "1 2"


def test_other_kinds_are_yaml() -> None:
    found = columns_of("boolean", PAYLOADS["boolean"])
    assert found["payload"].splitlines()[0] == "right: true"
    assert {found[name] for name in COLUMNS if name != "payload"} == {""}


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_comes_back(kind: str) -> None:
    payload = PAYLOADS[kind]
    found = payload_in(kind, columns_of(kind, payload))
    assert same(found, payload)
    assert is_sound(kind, found)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(KINDS)), st.data())
def test_any_sound_payload_comes_back(kind: str, data: st.DataObject) -> None:
    payload = data.draw(retold(PAYLOADS[kind]) | nearly(PAYLOADS[kind]))
    if is_sound(kind, payload):
        assert same(payload_in(kind, columns_of(kind, payload)), payload)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=9)), st.sampled_from(list(KINDS)))
def test_whatever_is_typed_is_read_or_refused_in_words(row: dict[str, str], kind: str) -> None:
    try:
        payload_in(kind, row)
    except AnswersError as error:
        problem = error.problem
    else:
        return
    assert problem.path[0] in COLUMNS
    assert problem.message


@pytest.mark.parametrize(
    ("letter", "fitting"),
    [("a", True), ("b", False), ("1", False)],
)
def test_letters_that_are_not_in_order_are_kept_in_yaml(letter: str, fitting: bool) -> None:
    payload = {
        "options": [
            {"id": letter, "text": "One", "right": True},
            {"id": "b" if letter != "b" else "a", "text": "Two", "right": False},
        ]
    }
    assert fits("single", payload) is fitting
    assert payload_in("single", columns_of("single", payload)) == payload


def test_what_is_typed_by_hand() -> None:
    row = options("One", "Two", right="1, 2", feedback_2="Why")
    assert payload_in("multiple", row) == {
        "options": [
            {"id": "a", "text": "One", "right": True},
            {"id": "b", "text": "Two", "right": True, "feedback": "Why"},
        ]
    }


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (options("One", "Two", right="b"), "right", "must be the numbers"),
        (options("One", "Two", right="9"), "right", "must be the numbers"),
        (options("One", "Two", right="3"), "option_3", "is empty, though"),
        (options("One", "", "Three"), "option_2", "is empty, though"),
        (options("One", feedback_2="Why"), "option_2", "is empty, though"),
        (options("One", payload="right: true"), "payload", "says the answers, and so do"),
        ({"payload": "a: [1"}, "payload", "not YAML"),
        ({"payload": "a: &x 1\nb: *x"}, "payload", "no aliases"),
        ({"payload": "x" * 40_001}, "payload", "over 40000 characters"),
    ],
)
def test_what_cannot_be_meant_names_its_column(
    row: dict[str, Any], column: str, message: str
) -> None:
    with pytest.raises(AnswersError, match=message) as caught:
        payload_in("single", row)
    assert caught.value.problem.path == (column,)
