from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import AnswerError, PayloadError
from quizzes.kinds.blanks import Blanks
from quizzes.kinds.gapped import cut, render_piece
from tests.quiz_factories import PAYLOADS

KIND = Blanks()
PAYLOAD = PAYLOADS["blanks"]
RIGHT: dict[str, Any] = {
    "bits": {"value": "8"},
    "width": {"chosen": ["a"]},
    "type": {"text": "INT32"},
}
WRONG: dict[str, Any] = {
    "bits": {"value": "9"},
    "width": {"chosen": ["b"]},
    "type": {"text": "x"},
}


def one_gap(text: str = "[[a]]", **blank: Any) -> dict[str, Any]:
    return {"text": text, "blanks": {"a": blank or {"kind": "numeric", "value": "1"}}}


def test_score_is_the_mean_of_the_gaps() -> None:
    for right in range(8):
        chosen = {gap: (RIGHT if right >> at & 1 else WRONG)[gap] for at, gap in enumerate(RIGHT)}
        assert KIND.grade(PAYLOAD, {"blanks": chosen}).score == right.bit_count() / 3


@given(st.dictionaries(st.sampled_from(list(RIGHT)), st.booleans()), st.sampled_from(list(RIGHT)))
def test_one_more_right_never_costs_and_one_more_wrong_never_pays(
    given_: dict[str, bool], gap: str
) -> None:
    others = {one: (RIGHT if right else WRONG)[one] for one, right in given_.items() if one != gap}
    before = KIND.grade(PAYLOAD, {"blanks": others}).score
    assert KIND.grade(PAYLOAD, {"blanks": others | {gap: RIGHT[gap]}}).score >= before
    assert KIND.grade(PAYLOAD, {"blanks": others | {gap: WRONG[gap]}}).score <= before


def test_parts_say_what_was_given_and_expected() -> None:
    outcome = KIND.grade(PAYLOAD, {"blanks": {"bits": {"value": "8,0"}, "width": WRONG["width"]}})
    assert [
        (one.id, one.text, one.chosen, one.right, one.given, one.expected, one.feedback)
        for one in outcome.parts
    ] == [
        ("bits", "A byte has ", True, True, "8,0", "8", ""),
        ("width", " bits; *four* bytes are ", True, False, "4 bits", "32 bits", "Four *bytes*."),
        ("type", " or an ", False, False, "", "int32", ""),
    ]
    assert outcome.after == "."


def test_a_form_without_script() -> None:
    form = QueryDict("blank-bits=8&blank-width=a&blank-type=%20")
    assert KIND.from_form(PAYLOAD, form) == {
        "blanks": {"bits": {"value": "8"}, "width": {"chosen": ["a"]}}
    }


def test_an_error_says_which_gap_and_keeps_what_was_typed() -> None:
    with pytest.raises(AnswerError) as caught:
        KIND.from_form(PAYLOAD, QueryDict("blank-bits=many&blank-width=a&blank-type=int"))
    assert str(caught.value) == "Gap 1: Write a number, such as 6.5 or 1.2e9."
    shown = KIND.present(PAYLOAD, seed="", answer=caught.value.typed)
    assert [one.value for one in shown] == ["many", "a", "int", ""]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"blanks": {"q": {}}}, "This is not one of the gaps. Reload the page and try again."),
        ({"blanks": []}, "The gaps could not be read. Fill them in again."),
        ({"blanks": {"width": {"chosen": ["q"]}}}, "Gap 2: This is not one of the options."),
    ],
)
def test_what_is_no_answer_says_what_to_do(raw: object, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        KIND.from_json(PAYLOAD, raw)
    assert str(caught.value).startswith(message)


def test_units_stand_behind_their_gaps() -> None:
    payload = one_gap("It takes [[a]], or so.", kind="numeric", value="1", unit="GB")
    assert list(KIND.pieces(payload)) == ["It takes ", " GB, or so."]


def test_counted_by_gap_and_said_in_words() -> None:
    answer = {"blanks": {"bits": {"value": "8.0"}, "type": {"text": "Int32"}}}
    assert KIND.counted(PAYLOAD, answer) == (("bits:8", "1. 8"), ("type:int32", "3. int32"))
    assert KIND.in_words(PAYLOAD, answer) == "8.0 · … · Int32"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("A [[a]] b", ["A ", " b"]),
        ("([[a]])", ["(", ")"]),
        # What begins a block at the start of a line is a piece of a line here.
        ("[[a]] > 0", ["", " &gt; 0"]),
        ("- [[a]] - b", ["- ", " - b"]),
        ("# [[a]]\n\n1. b", ["# ", " 1. b"]),
        ("**x**[[a]]*y*", ["<strong>x</strong>", "<em>y</em>"]),
        ("<b>[[a]]</b>", ["&lt;b&gt;", "&lt;/b&gt;"]),
    ],
)
def test_pieces_are_rendered_alone_and_keep_their_spaces(text: str, pieces: list[str]) -> None:
    KIND.check(one_gap(text))
    assert [render_piece(piece) for piece in cut(text)[0]] == pieces


@pytest.mark.parametrize(
    "text", ["*a [[a]] b*", "**[[a]]**", "`[[a]]`", "$x^{[[a]]}$", "[[[a]]](/x)"]
)
def test_no_mark_spans_a_gap(text: str) -> None:
    with pytest.raises(PayloadError) as caught:
        KIND.check(one_gap(text))
    assert str(caught.value) == (
        "text: A mark such as * or $ begins before a gap and ends behind it. End it before."
    )


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (one_gap("none"), "blanks.a: The text has no gap [[a]]."),
        (one_gap("[[a]] [[b]]"), "text: The gap [[b]] is not described."),
        (one_gap("[[a]] [[a]]"), "text: The gap [[a]] stands there twice."),
        (one_gap(kind="ordering"), "blanks.a.kind: Choose one of: numeric, text, single."),
        (one_gap(kind="numeric", value="x"), "blanks.a.value: Write a number such as"),
        (one_gap(kind=["numeric"]), "blanks.a.kind: Choose one of"),
        (one_gap(kind="text", accepted=["a"], pattern="("), "blanks.a.pattern: The pattern"),
        ({"text": "a", "blanks": {}}, "blanks: Describe 1 to 6 gaps."),
        ({"text": "a", "blanks": {"A": {}}}, "blanks: Use 1 to 20 small letters"),
        ({"text": "a", "blanks": {5: {}}}, "blanks: Expected text"),
    ],
)
def test_check_names_the_field(payload: object, message: str) -> None:
    with pytest.raises(PayloadError) as caught:
        KIND.check(payload)
    assert str(caught.value).startswith(message)
