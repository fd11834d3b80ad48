from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import AnswerError, PayloadError
from quizzes.kinds.matching import Matching
from tests.quiz_factories import PAYLOADS

KIND = Matching()
PAYLOAD = PAYLOADS["matching"]
FOUR: dict[str, Any] = {
    "left": [{"id": one, "text": one} for one in "abcd"],
    "right": [{"id": one, "text": one} for one in "wxyz"],
    "key": {"a": "w", "b": "x", "c": "y", "d": "y"},
}


def pairs(text: str) -> dict[str, Any]:
    return {"pairs": {pair[0]: pair[1] for pair in text.split()}}


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("", 0.0),
        ("aw", 0.25),
        ("aw bx cy dy", 1.0),
        ("aw bw cy dy", 0.75),
        ("az bz cz dz", 0.0),
        ("cy dy", 0.5),
    ],
)
def test_each_right_pair_gives_its_share(answer: str, score: float) -> None:
    KIND.check(FOUR)
    assert KIND.grade(FOUR, pairs(answer)).score == score


def test_feedback_is_on_what_is_not_right() -> None:
    parts = KIND.grade(PAYLOAD, pairs("ax bz")).parts
    assert [(one.id, one.right, one.given, one.expected, one.feedback) for one in parts] == [
        ("a", True, "The *error* of a layer", "The *error* of a layer", ""),
        (
            "b",
            False,
            "One tensor’s largest value",
            "The size of `activations`",
            "AWQ looks at *activations*.",
        ),
    ]


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from("wxyz")),
    st.sampled_from("abcd"),
    st.sampled_from("wxyz"),
)
def test_one_more_right_never_costs_and_one_more_wrong_never_pays(
    given_: dict[str, str], left: str, right: str
) -> None:
    others = {one: other for one, other in given_.items() if one != left}
    before = KIND.grade(FOUR, {"pairs": others}).score
    after = KIND.grade(FOUR, {"pairs": {**others, left: right}}).score
    assert after == before + (0.25 if FOUR["key"][left] == right else 0)


@given(st.randoms(), st.dictionaries(st.sampled_from("abcd"), st.sampled_from("wxyz")))
def test_grading_does_not_depend_on_order(chance: Any, given_: dict[str, str]) -> None:
    shuffled = {
        "left": chance.sample(FOUR["left"], 4),
        "right": chance.sample(FOUR["right"], 4),
        "key": FOUR["key"],
    }
    before, after = KIND.grade(FOUR, {"pairs": given_}), KIND.grade(shuffled, {"pairs": given_})
    assert (before.score, set(before.parts)) == (after.score, set(after.parts))


@given(st.text(max_size=9))
def test_the_right_is_mixed_alike_for_all_and_does_not_stand_beside_its_left(seed: str) -> None:
    shown = KIND.present(PAYLOAD, seed=seed, answer=None)
    assert [one.id for one in shown] == ["a", "b"]
    offered = [[option.id for option in one.options] for one in shown]
    assert offered[0] == offered[1]
    assert offered[0][:2] != ["x", "y"]
    assert sorted(offered[0]) == ["x", "y", "z"]


def test_a_form_without_script() -> None:
    assert KIND.from_form(PAYLOAD, QueryDict("pair-a=x&pair-b=")) == pairs("ax")


@pytest.mark.parametrize(
    "raw", [{"pairs": {"a": "q"}}, {"pairs": {"q": "x"}}, {"pairs": {"a": []}}]
)
def test_what_is_no_pair_says_what_to_do(raw: object) -> None:
    with pytest.raises(AnswerError) as caught:
        KIND.from_json(PAYLOAD, raw)
    assert str(caught.value) == "This is not one of the pairs. Reload the page and choose again."


def test_counted_by_pair() -> None:
    assert KIND.counted(PAYLOAD, pairs("bz")) == (("b=z", "AWQ → One tensor’s largest value"),)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": {"a": "w"}}, "key.b: This field is missing."),
        ({"key": {**FOUR["key"], "e": "w"}}, "key: There is no field “e”."),
        ({"key": {**FOUR["key"], "d": "q"}}, "key.d: Nothing on the right has this id."),
        ({"left": FOUR["left"][:1]}, "left: Give a list of 2 to 8."),
        ({"feedback": {"w": "x"}}, "feedback: There is no field “w”."),
        ({"feedback": {"a": "$\\frac{$"}}, "feedback.a: "),
        (
            {"right": [*FOUR["right"], {"id": "a", "text": "a"}], "key": {**FOUR["key"], "a": "a"}},
            "key.a: The two of a pair have the same id, which gives it away.",
        ),
    ],
)
def test_check_names_the_field(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(PayloadError) as caught:
        KIND.check(FOUR | changes)
    assert str(caught.value).startswith(message)
