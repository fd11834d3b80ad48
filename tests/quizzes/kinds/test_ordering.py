from itertools import permutations
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import AnswerError, PayloadError
from quizzes.kinds.ordering import Ordering, moved
from tests.quiz_factories import PAYLOADS

KIND = Ordering()
PAYLOAD = PAYLOADS["ordering"]


def order(ids: str) -> dict[str, Any]:
    return {"order": list(ids)}


def items(ids: str) -> dict[str, Any]:
    return {"items": [{"id": one, "text": one} for one in ids]}


@pytest.mark.parametrize(
    ("answer", "score"),
    [("mcxe", 1.0), ("cmxe", 0.5), ("mexc", 0.5), ("mxec", 0.25), ("excm", 0.0), ("cmex", 0.0)],
)
def test_each_in_its_right_place_gives_its_share(answer: str, score: float) -> None:
    assert KIND.grade(PAYLOAD, order(answer)).score == score


def test_parts_stand_in_the_right_order_and_say_where_they_were_put() -> None:
    outcome = KIND.grade(PAYLOAD, order("mxce"))
    assert [(one.id, one.right, one.given, one.expected) for one in outcome.parts] == [
        ("m", True, "1", "1"),
        ("c", False, "3", "2"),
        ("x", False, "2", "3"),
        ("e", True, "4", "4"),
    ]
    assert outcome.feedback == PAYLOAD["feedback"]
    assert KIND.grade(PAYLOAD, order("mcxe")).feedback == ""


@given(st.permutations("mcxe"), st.integers(0, 3))
def test_one_more_right_never_lowers_the_score(given_: list[str], to: int) -> None:
    """Swapping one into its right place."""
    key = "mcxe"
    better = list(given_)
    now = better.index(key[to])
    better[now], better[to] = better[to], better[now]
    before, after = (
        KIND.grade(PAYLOAD, order("".join(given_))),
        KIND.grade(PAYLOAD, {"order": better}),
    )
    assert after.score >= before.score


@given(st.permutations("abcdef"), st.text(max_size=9))
def test_what_is_shown_is_never_the_right_order(key: list[str], seed: str) -> None:
    shown = KIND.present(items("".join(key)), seed=seed, answer=None)
    assert [one.id for one in shown] != key
    assert {one.id for one in shown} == set(key)


def test_what_is_shown_is_the_learners_order_once_there_is_one() -> None:
    shown = KIND.present(PAYLOAD, seed="7", answer=order("xcme"))
    assert [(one.id, one.value) for one in shown] == [
        ("x", "1"),
        ("c", "2"),
        ("m", "3"),
        ("e", "4"),
    ]
    assert [option.id for option in shown[0].options if option.chosen] == ["1"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("1234", "abcd"),
        ("4321", "dcba"),
        # Only one was moved: up to the first place, or down to the third.
        ("1231", "dabc"),
        ("3234", "bcad"),
        ("1134", "bacd"),
        ("2234", "bacd"),
    ],
)
def test_where_places_are_taken_the_others_make_room(places: str, expected: str) -> None:
    wanted = dict(zip("abcd", map(int, places), strict=True))
    assert "".join(moved("abcd", wanted)) == expected


def test_a_form_without_script() -> None:
    form = QueryDict("item=x&item=m&item=c&item=e&place-x=3&place-m=1&place-c=2&place-e=4")
    assert KIND.from_form(PAYLOAD, form) == order("mcxe")


@pytest.mark.parametrize("place", ["", "x", "-1", "١", "9" * 5000])
def test_a_place_that_makes_no_sense_is_where_it_stood(place: str) -> None:
    form = QueryDict(f"item=x&item=m&item=c&item=e&place-m={place}")
    assert KIND.from_form(PAYLOAD, form) == order("xmce")


@pytest.mark.parametrize("answer", ["", "mcx", "mcxee", "mcxz", "mmxe"])
def test_every_item_once(answer: str) -> None:
    with pytest.raises(AnswerError) as caught:
        KIND.from_json(PAYLOAD, order(answer))
    assert str(caught.value) == "The order could not be read. Reload the page and order them again."


def test_counted_by_place() -> None:
    assert KIND.counted(PAYLOAD, order("mcxe"))[:2] == (
        ("1-m", "1. Collect *activations*"),
        ("2-c", "2. Round one column"),
    )


def test_ids_do_not_give_it_away() -> None:
    refused = set()
    for ids in permutations("abc"):
        try:
            KIND.check(items("".join(ids)))
        except PayloadError as error:
            refused.add(("".join(ids), str(error)))
    message = "items: The ids in alphabetical order would be the answer. Change them."
    assert refused == {("abc", message)}


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (items("ab"), "items: Give a list of 3 to 8."),
        (items("baa"), "items[2].id: Another one has this id."),
        ({"items": [{"id": "A", "text": "x"}] * 3}, "items[0].id: Use 1 to 20 small letters"),
        ({**items("cba"), "feedback": 1}, "feedback: Expected text"),
    ],
)
def test_check_names_the_field(payload: object, message: str) -> None:
    with pytest.raises(PayloadError) as caught:
        KIND.check(payload)
    assert str(caught.value).startswith(message)
