"""Whatever is stored comes back out of the form of its kind as it was."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizzes.editor.answers import Answers, received, stored
from quizzes.editor.kinds import FORMS
from quizzes.kinds import KINDS, is_sound
from quizzes.models import Question
from tests.quiz_factories import PAYLOADS
from tests.quizzes.kinds.json import JSON, nearly

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


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(KINDS)), st.data())
def test_any_sound_payload_comes_back(kind: str, data: st.DataObject) -> None:
    payload = data.draw(nearly(PAYLOADS[kind]))
    assume(is_sound(kind, payload))
    assert again(stored(kind, payload)).payload(payload) == payload


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(KINDS)), JSON, st.dictionaries(st.text(max_size=9), st.text()))
def test_a_form_is_total(kind: str, payload: Any, sent: dict[str, str]) -> None:
    for answers in (stored(kind, payload), received(kind, sent)):
        made = answers.payload(payload)
        answers.drawn(answers.problems(made))
        again(answers)
