"""Whatever is stored comes back out of the form of its kind as it was."""

from functools import reduce
from operator import getitem
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.editor.answers import Answers, received, stored
from quizzes.editor.kinds import FORMS
from quizzes.kinds import KINDS, is_sound
from quizzes.models import Question
from tests.quiz_factories import PAYLOADS
from tests.quizzes.kinds.json import JSON, nearly, paths, put

every = pytest.mark.parametrize("kind", list(KINDS))


def again(answers: Answers) -> Answers:
    """After a browser has shown it and sent it back."""
    return received(answers.kind, answers.sent())


def test_there_is_a_form_of_every_kind_in_their_order() -> None:
    assert list(FORMS) == list(KINDS) == Question.Kind.values


@every
def test_what_is_stored_comes_back_as_it_was(kind: str) -> None:
    payload = PAYLOADS[kind]
    found = again(stored(kind, payload))
    assert found.form.payload(found.sheet) == payload
    assert found.problems(payload) == ()


MARKDOWN = {"text", "feedback", "false", "model_answer"}
TEXTS = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["a\r\nb", " two \n\n", "\n", "𝕏 é ﬁ", "👩🏽‍💻", "<b>", "“”", "\x85", "0", "on"]
)


@st.composite
def retold(draw: st.DrawFn, payload: Any) -> Any:
    """`payload` with other texts in places where any text may stand, and some of them gone."""
    for path in list(paths(payload)):
        free = path and path != ("text",) and path[-1] in MARKDOWN
        if free and isinstance(reduce(getitem, path, payload), str) and draw(st.booleans()):
            payload = put(payload, path, draw(TEXTS))
    return payload


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(KINDS)), st.data())
def test_any_sound_payload_comes_back(kind: str, data: st.DataObject) -> None:
    payload = data.draw(retold(PAYLOADS[kind]) | nearly(PAYLOADS[kind]))
    if is_sound(kind, payload):
        assert again(stored(kind, payload)).payload(payload) == payload


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(KINDS)), JSON, st.dictionaries(st.text(max_size=9), st.text()))
def test_a_form_is_total(kind: str, payload: Any, sent: dict[str, str]) -> None:
    for answers in (stored(kind, payload), received(kind, sent)):
        made = answers.payload(payload)
        answers.drawn(answers.problems(made))
        again(answers)
