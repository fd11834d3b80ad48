"""A question tried by its editor, as a learner would get it."""

from typing import Any

import pytest
from django.http import QueryDict

from quizzes.editor import trial
from quizzes.editor.trial import Tried
from quizzes.kinds import KINDS
from tests.quiz_factories import PAYLOADS
from tests.quizzes.kinds.test_every_kind import filled_in

every = pytest.mark.parametrize("kind", list(KINDS))


def tried(kind: str) -> Tried:
    return Tried(kind, "What is *asked*?\n", PAYLOADS[kind], "**Because.**\n")


def form_of(kind: str, answer: Any) -> QueryDict:
    shown = KINDS[kind].present(PAYLOADS[kind], seed="1", answer=answer)
    return filled_in(KINDS[kind], shown)


@every
def test_it_is_asked_as_learners_get_it(kind: str) -> None:
    found = trial.ask(tried(kind), seed="1")
    assert found.asked is not None
    assert str(found.asked.prompt) == "What is <em>asked</em>?"
    shown = KINDS[kind].present(PAYLOADS[kind], seed="1", answer=None)
    assert [one.id for one in found.asked.fields] == [one.id for one in shown]


@every
def test_a_right_answer_is_told_so(kind: str) -> None:
    right = KINDS[kind].right_answer(PAYLOADS[kind])
    found = trial.check(tried(kind), seed="1", form=form_of(kind, right))
    assert found.told is not None
    assert (found.told.verdict, found.told.pending) == (
        ("wrong", True) if kind == "free" else ("right", False)
    )
    assert "<strong>Because.</strong>" in found.told.explanation
    assert (found.to_rate != "") == (kind == "free")


@every
def test_the_right_answer_is_shown(kind: str) -> None:
    found = trial.show(tried(kind), seed="1")
    assert found.told is not None
    assert (found.told.verdict, found.told.pending, found.told.rates) == ("right", False, False)
    assert found.to_rate == ""


def test_a_wrong_answer_says_what_was_right() -> None:
    found = trial.check(tried("single"), seed="1", form=QueryDict("choice=b"))
    assert found.told is not None
    assert (found.told.verdict, list(found.told.key)) == ("wrong", ["Option <em>a</em>"])


def test_part_of_the_point() -> None:
    found = trial.check(tried("multiple"), seed="1", form=QueryDict("choice=a"))
    assert found.told is not None
    assert (found.told.verdict, found.told.gained) == ("part", 0.5)


def test_what_cannot_be_read_is_asked_again() -> None:
    found = trial.check(tried("numeric"), seed="1", form=QueryDict("value=much"))
    assert found.error == "Write a number, such as 6.5 or 1.2e9."
    assert found.asked is not None
    assert found.asked.fields[0].value == "much"


def test_no_answer_is_none() -> None:
    found = trial.check(tried("text"), seed="1", form=QueryDict("text="))
    assert found.error == "Answer the question first, or show the right answer."


def test_an_answer_in_own_words_is_rated_by_who_wrote_it() -> None:
    found = trial.check(tried("free"), seed="1", form=QueryDict("text=So.&self=0.5"))
    assert found.told is not None
    assert (found.told.verdict, found.told.rates, found.to_rate) == ("part", True, "")
