from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from quizzes.admin.payload_text import EXAMPLES, LONGEST, dump, load
from quizzes.admin.payloads import IN_ROWS
from quizzes.kinds import KINDS
from quizzes.kinds.payload import storable
from tests.quiz_factories import PAYLOADS

TEXTS = st.text(max_size=40).filter(storable) | st.sampled_from(
    [
        "6.5",
        "true",
        "no",
        "null",
        "1e9",
        "a: b",
        "- a",
        "# a",
        "a\nb\n",
        "\n a\n\n",
        "a \nb",
        "[[a]]",
    ]
)
PAYLOADS_OF_ANY_SHAPE = st.recursive(
    st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=9,
)


@given(PAYLOADS_OF_ANY_SHAPE)
def test_nothing_is_lost_on_the_way(payload: Any) -> None:
    assert load(dump(payload)) == payload


@pytest.mark.parametrize("kind", PAYLOADS)
def test_payloads_come_back(kind: str) -> None:
    assert load(dump(PAYLOADS[kind])) == PAYLOADS[kind]


def test_several_lines_are_read_as_they_stand() -> None:
    assert dump({"model_answer": "One.\n\n*Two*.\n", "longest": 60}) == (
        "model_answer: |\n  One.\n\n  *Two*.\nlongest: 60\n"
    )


def test_there_is_a_sound_example_of_each_kind_that_is_not_written_in_rows() -> None:
    assert set(EXAMPLES) == set(KINDS) - IN_ROWS
    for kind, example in EXAMPLES.items():
        KINDS[kind].check(load(example))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1", "Line 1 is not YAML: expected ',' or ']', but got '<stream end>'."),
        ("a: 1\nb: *x", "Line 2 is not YAML: found undefined alias 'x'."),
        ("a: &x 1\nb: *x", "Line 1: b: write it out; no aliases here."),
        ("a: 1\na: 2", "Line 2: a: stands here twice."),
        ("a: " + "x" * LONGEST, f"The text is over {LONGEST} characters long."),
    ],
)
def test_what_is_not_plain_yaml_names_the_line(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        load(text)
    assert caught.value.messages == [message]


@given(
    st.text() | st.sampled_from(["[" * 9_000, "a: " * 300, "!!python/name:os.system x", "9" * 5000])
)
def test_reading_is_total(text: str) -> None:
    try:
        load(text)
    except ValidationError:
        return
