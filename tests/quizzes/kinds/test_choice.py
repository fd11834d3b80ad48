from copy import deepcopy
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import AnswerError, PayloadError, arrange, is_sound, verdict_of
from quizzes.kinds.choice import Multiple, Single
from tests.quiz_factories import chosen, option, payload
from tests.quizzes.kinds.json import JSON

SINGLE, MULTIPLE = Single(), Multiple()

# JSON that looks like the real thing, to get past the first checks.
NEARLY_OPTION = st.fixed_dictionaries(
    {
        "id": st.sampled_from("abc") | JSON,
        "text": st.just("T") | JSON,
        "right": st.booleans() | JSON,
    },
    optional={"feedback": st.just("F") | JSON, "more": JSON},
)
NEARLY = st.fixed_dictionaries({"options": st.lists(NEARLY_OPTION | JSON, max_size=9) | JSON})


@st.composite
def payloads(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=8, unique=True))
    right = draw(st.sets(st.sampled_from(names), min_size=1))
    return {"options": [option(name, right=name in right) for name in names]}


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """A sound payload with one field set to `value`."""
    found = deepcopy(payload())
    inner: Any = found
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return found


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (None, "Expected a mapping of fields."),
        ({}, "options: This field is missing."),
        ({**payload(), "hint": "x"}, "There is no field “hint”."),
        (changed(("options",), "ab"), "options: Give a list of 2 to 8."),
        (changed(("options",), [option("a", right=True)]), "options: Give a list of 2 to 8."),
        (changed(("options", 1), 7), "options[1]: Expected a mapping of fields."),
        (changed(("options", 2, "text"), " "), "options[2].text: Write something here."),
        (
            changed(("options", 2, "text"), 64),
            "options[2].text: Expected text; put numbers in quotation marks.",
        ),
        (
            changed(("options", 0, "text"), "x" * 4001),
            "options[0].text: The text is over 4000 characters long.",
        ),
        (
            changed(("options", 0, "feedback"), "a\0"),
            "options[0].feedback: The text has a character that cannot be stored.",
        ),
        (
            changed(("options", 0, "text"), "\ud800"),
            "options[0].text: The text has a character that cannot be stored.",
        ),
        (changed(("options", 0, "right"), "yes"), "options[0].right: Say true or false."),
        (
            changed(("options", 0, "id"), "A b"),
            "options[0].id: Use 1 to 20 small letters, digits and hyphens.",
        ),
        (changed(("options", 1, "id"), "a"), "options[1].id: Another option has this id."),
        (changed(("options", 1, "right"), True), "options: Exactly one option must be right."),
        (
            changed(("options", 0, "text"), "$\\frac{$"),
            "options[0].text: ",
        ),
    ],
)
def test_check_names_the_field(broken: object, message: str) -> None:
    with pytest.raises(PayloadError) as caught:
        SINGLE.check(broken)
    assert str(caught.value).startswith(message)
    assert message.endswith(": ") or str(caught.value) == message


def test_check_of_several_answers_wants_a_right_one() -> None:
    MULTIPLE.check(payload("abc", ""))
    with pytest.raises(PayloadError, match=r"^options: At least one option must be right\.$"):
        MULTIPLE.check(payload("", "abc"))


def test_feedback_may_be_left_out() -> None:
    bare = {"options": [{"id": "a", "text": "A", "right": True}, option("b")]}
    SINGLE.check(bare)
    assert [part.feedback for part in SINGLE.grade(bare, None).parts] == ["", "Feedback on b."]


@pytest.mark.parametrize(("answer", "score"), [("a", 1.0), ("b", 0.0), ("c", 0.0)])
def test_single_is_right_or_wrong(answer: str, score: float) -> None:
    assert SINGLE.grade(payload(), chosen(answer)).score == score


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("", 0.0),
        ("a", 1 / 3),
        ("abc", 1.0),
        ("abcd", 2 / 3),
        ("abd", 1 / 3),
        ("abde", 0.0),
        ("de", 0.0),
        ("abcde", 1 / 3),
    ],
)
def test_multiple_takes_wrong_choices_from_right_ones(answer: str, score: float) -> None:
    assert MULTIPLE.grade(payload("abc", "de"), chosen(answer)).score == pytest.approx(score)


def test_parts_say_what_was_chosen_and_why() -> None:
    parts = SINGLE.grade(payload("a", "b"), chosen("b")).parts
    assert [(part.id, part.chosen, part.right, part.feedback) for part in parts] == [
        ("a", False, True, "Feedback on a."),
        ("b", True, False, "Feedback on b."),
    ]


@pytest.mark.parametrize("kind", [SINGLE, MULTIPLE])
def test_no_answer_is_worth_nothing(kind: Single | Multiple) -> None:
    outcome = kind.grade(payload(), None)
    assert outcome.score == 0.0
    assert [part.chosen for part in outcome.parts] == [False, False, False]


@pytest.mark.parametrize(
    ("query", "answer"),
    [("choice=b", ["b"]), ("choice=b&choice=b", ["b"])],
)
def test_single_reads_a_form(query: str, answer: list[str]) -> None:
    assert SINGLE.from_form(payload(), QueryDict(query)) == {"chosen": answer}


def test_multiple_reads_a_form_in_the_authors_order() -> None:
    assert MULTIPLE.from_form(payload(), QueryDict("choice=c&choice=a")) == chosen("ac")
    assert MULTIPLE.from_form(payload(), QueryDict("")) == chosen("")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Choose one answer, or skip the question for now."),
        ("choice=a&choice=b", "Choose one answer, or skip the question for now."),
        ("choice=z", "This is not one of the options. Reload the page and choose again."),
    ],
)
def test_single_refuses_a_form(query: str, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        SINGLE.from_form(payload(), QueryDict(query))
    assert str(caught.value) == message


@pytest.mark.parametrize("raw", [None, [], "a", {}, {"chosen": "a"}, {"chosen": None}])
def test_an_answer_of_another_shape_is_refused(raw: object) -> None:
    with pytest.raises(AnswerError, match=r"^The answer could not be read\. Choose again\.$"):
        MULTIPLE.from_json(payload(), raw)


def test_empty_is_what_chooses_nothing() -> None:
    assert [MULTIPLE.is_empty(answer) for answer in (None, chosen(""), chosen("a"))] == [
        True,
        True,
        False,
    ]


def test_shown_in_the_authors_order_without_a_seed() -> None:
    shown = SINGLE.present(payload(), seed="", answer=chosen("b"))
    assert [(one.id, one.chosen) for one in shown] == [("a", False), ("b", True), ("c", False)]


def test_order_is_pinned_for_ever() -> None:
    """Attempts under way keep their order when Cairn or Python is upgraded."""
    shown = MULTIPLE.present(payload("abcdefgh", ""), seed="42:1", answer=None)
    assert "".join(one.id for one in shown) == "cfhebdag"


@pytest.mark.parametrize(("score", "verdict"), [(1.0, "right"), (0.25, "part"), (0.0, "wrong")])
def test_verdict(score: float, verdict: str) -> None:
    assert verdict_of(score) == verdict


def test_sound_is_what_can_be_asked() -> None:
    assert is_sound("single", payload())
    assert not is_sound("single", payload("ab", "c"))
    assert not is_sound("essay", payload())


@given(JSON | NEARLY)
def test_check_is_total(value: object) -> None:
    for kind in (SINGLE, MULTIPLE):
        try:
            kind.check(value)
        except PayloadError:
            continue
        assert kind.grade(value, kind.right_answer(value)).score == 1.0


@given(payloads(), JSON | st.fixed_dictionaries({"chosen": st.lists(st.sampled_from("abcxyz"))}))
def test_grading_is_total(asked: dict[str, Any], answer: object) -> None:
    try:
        score = MULTIPLE.grade(asked, answer).score
    except AnswerError:
        return
    assert 0.0 <= score <= 1.0


@given(payloads(), st.sets(st.sampled_from("abcdefgh")), st.randoms())
def test_grading_does_not_depend_on_order(
    asked: dict[str, Any], picked: set[str], chance: Any
) -> None:
    names = [one["id"] for one in asked["options"]]
    answer = [name for name in names if name in picked]
    shuffled = {"options": chance.sample(asked["options"], len(names))}
    before = MULTIPLE.grade(asked, {"chosen": answer})
    after = MULTIPLE.grade(shuffled, {"chosen": chance.sample(answer, len(answer))})
    assert before.score == after.score
    assert set(before.parts) == set(after.parts)


@given(payloads(), st.text(min_size=1, max_size=9), st.randoms())
def test_order_comes_from_the_seed_alone(asked: dict[str, Any], seed: str, chance: Any) -> None:
    other = {"options": chance.sample(asked["options"], len(asked["options"]))}
    shown = MULTIPLE.present(asked, seed=seed, answer=None)
    assert shown == MULTIPLE.present(other, seed=seed, answer=None)
    assert shown == arrange(shown, seed)
    assert {one.id for one in shown} == {one["id"] for one in asked["options"]}


@given(payloads())
def test_one_more_right_choice_never_costs(asked: dict[str, Any]) -> None:
    right = MULTIPLE.right_answer(asked)["chosen"]
    scores = [MULTIPLE.grade(asked, {"chosen": right[:n]}).score for n in range(len(right) + 1)]
    assert scores == sorted(scores)
    assert (scores[0], scores[-1]) == (0.0, 1.0)


@given(payloads())
def test_sources_are_all_texts(asked: dict[str, Any]) -> None:
    assert set(MULTIPLE.sources(asked)) == {
        one[field] for one in asked["options"] for field in ("text", "feedback")
    }


@given(payloads(), st.sets(st.sampled_from("abcdefgh")), st.sampled_from("abcdefgh"))
def test_one_more_wrong_choice_never_pays(
    asked: dict[str, Any], picked: set[str], more: str
) -> None:
    right = {one["id"]: one["right"] for one in asked["options"]}
    before = sorted(picked & set(right) - {more})
    if more not in right:
        return
    scores = [
        MULTIPLE.grade(asked, {"chosen": chosen}).score for chosen in (before, [*before, more])
    ]
    assert scores == sorted(scores, reverse=not right[more])
