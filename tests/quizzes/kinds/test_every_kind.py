"""What holds of every kind of question, whatever is sent to it."""

import time
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import KINDS, AnswerError, Kind, PayloadError, Shown
from quizzes.kinds.blanks import Blanks
from quizzes.kinds.boolean import Boolean
from quizzes.kinds.choice import Choice, Multiple, Single
from quizzes.kinds.free import Free
from quizzes.kinds.matching import Matching
from quizzes.kinds.numeric import Numeric
from quizzes.kinds.ordering import Ordering
from quizzes.kinds.text import Text
from quizzes.models import Question
from tests.quiz_factories import PAYLOADS
from tests.quizzes.kinds.json import JSON, nearly

kinds = st.sampled_from(list(KINDS.values()))
every = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def filled_in(kind: Kind, shown: tuple[Shown, ...]) -> QueryDict:
    """What a browser sends of the fields that `kind` shows, untouched."""
    form = QueryDict(mutable=True)
    for one in shown:
        match kind:
            case Choice():
                form.setlistdefault("choice").extend([one.id] if one.chosen else [])
            case Ordering():
                form.appendlist("item", one.id)
                form[f"place-{one.id}"] = one.value
            case Matching():
                form[f"pair-{one.id}"] = one.value
            case Blanks():
                form[f"blank-{one.id}"] = one.value
            case _:
                form[one.id] = one.value
    return form


def test_registry_knows_each_kind_by_its_name_in_order() -> None:
    assert [(name, type(kind)) for name, kind in KINDS.items()] == [
        ("single", Single),
        ("multiple", Multiple),
        ("boolean", Boolean),
        ("numeric", Numeric),
        ("text", Text),
        ("ordering", Ordering),
        ("matching", Matching),
        ("blanks", Blanks),
        ("free", Free),
    ]
    assert list(KINDS) == list(PAYLOADS) == Question.Kind.values


@every
def test_the_payloads_to_test_with_are_sound(kind: Kind) -> None:
    kind.check(PAYLOADS[kind.name])


@every
def test_the_right_answer_is_right(kind: Kind) -> None:
    payload = PAYLOADS[kind.name]
    answer = kind.right_answer(payload)
    outcome = kind.grade(payload, answer)
    assert outcome.pending or outcome.score == 1.0
    assert kind.from_json(payload, answer) == answer
    assert not kind.is_empty(answer)


@every
def test_no_answer_is_worth_nothing(kind: Kind) -> None:
    outcome = kind.grade(PAYLOADS[kind.name], None)
    assert (outcome.score, outcome.pending) == (0.0, False)
    assert kind.is_empty(None)
    assert kind.counted(PAYLOADS[kind.name], None) == ()
    assert not any(part.chosen for part in outcome.parts)


@every
def test_an_empty_form_is_an_empty_answer_or_an_error(kind: Kind) -> None:
    payload = PAYLOADS[kind.name]
    if kind.name in {"single", "boolean", "ordering"}:
        with pytest.raises(AnswerError):
            kind.from_form(payload, QueryDict())
    else:
        answer = kind.from_form(payload, QueryDict())
        assert kind.is_empty(answer)
        assert kind.grade(payload, answer).score == 0.0


@every
def test_what_is_shown_comes_back(kind: Kind) -> None:
    payload = PAYLOADS[kind.name]
    answer = kind.right_answer(payload)
    shown = kind.present(payload, seed="1:2", answer=answer)
    assert kind.from_form(payload, filled_in(kind, shown)) == answer


@every
def test_every_text_shown_is_known_to_who_renders_them(kind: Kind) -> None:
    payload = PAYLOADS[kind.name]
    known = {*kind.sources(payload), *kind.blocks(payload), *kind.pieces(payload), ""}
    outcome = kind.grade(payload, None)
    texts = {part.text for part in outcome.parts} | {part.feedback for part in outcome.parts}
    if kind.name != "boolean":
        assert texts <= known
    assert {outcome.feedback, outcome.after} <= known


@every
def test_ten_thousand_letters_are_refused_fast(kind: Kind) -> None:
    payload = PAYLOADS[kind.name]
    long = "1 " * 5_000
    names = ["choice", "value", "text", "item", "pair-a", "blank-bits", "blank-type", "place-m"]
    form = QueryDict(mutable=True)
    form.update(dict.fromkeys(names, long))
    started = time.perf_counter()
    with pytest.raises(AnswerError):
        kind.from_form(payload, form)
    assert time.perf_counter() - started < 0.1


@given(kinds, st.data())
def test_check_is_total(kind: Kind, data: st.DataObject) -> None:
    payload = data.draw(JSON | nearly(PAYLOADS[kind.name]))
    try:
        kind.check(payload)
    except PayloadError as error:
        error.in_words()
        return
    outcome = kind.grade(payload, kind.right_answer(payload))
    assert outcome.pending or outcome.score == 1.0


@given(kinds, st.data())
def test_reading_an_answer_is_total(kind: Kind, data: st.DataObject) -> None:
    payload = PAYLOADS[kind.name]
    raw = data.draw(JSON | nearly(kind.right_answer(payload)))
    try:
        answer = kind.from_json(payload, raw)
    except AnswerError as error:
        if error.typed is not None:
            kind.present(payload, seed="1", answer=error.typed)
        return
    assert kind.from_json(payload, answer) == answer
    assert 0.0 <= kind.grade(payload, answer).score <= 1.0
    assert isinstance(kind.in_words(payload, answer), str)
    counted = kind.counted(payload, answer)
    assert len(dict(counted)) == len(counted)
    shown = kind.present(payload, seed="1", answer=answer)
    if "self" not in answer:
        assert_comes_back(kind, payload, shown, answer)


def assert_comes_back(kind: Kind, payload: Any, shown: tuple[Shown, ...], answer: Any) -> None:
    again = kind.from_form(payload, filled_in(kind, shown))
    assert again == answer


@given(kinds, st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=9))
def test_reading_a_form_is_total(kind: Kind, sent: list[tuple[str, str]]) -> None:
    payload = PAYLOADS[kind.name]
    names = ["choice", "value", "text", "self", "item", "place-m", "pair-a", "blank-bits"]
    form = QueryDict(mutable=True)
    for (name, value), known in zip(sent, names, strict=False):
        form.appendlist(name, value)
        form.appendlist(known, value)
    try:
        answer = kind.from_form(payload, form)
    except AnswerError:
        return
    assert 0.0 <= kind.grade(payload, answer).score <= 1.0


@given(kinds, st.text(max_size=9))
def test_the_order_shown_comes_from_the_seed_alone(kind: Kind, seed: str) -> None:
    payload = PAYLOADS[kind.name]
    shown = kind.present(payload, seed=seed, answer=None)
    assert shown == kind.present(payload, seed=seed, answer=None)
    other = kind.present(payload, seed="another", answer=None)
    assert {one.id for one in shown} == {one.id for one in other}


@every
def test_a_free_hand_with_oneself_is_for_free_answers_alone(kind: Kind) -> None:
    answer = kind.right_answer(PAYLOADS[kind.name])
    assert kind.self_assessed == (kind.name == "free")
    assert kind.unrated(answer) == answer
