"""What a form of a kind does beyond bringing a payload back."""

from typing import Any

import pytest

from quizzes.editor.answers import Answers, received, stored
from quizzes.kinds import KINDS
from tests.quiz_factories import PAYLOADS


def edited(kind: str, **fields: str) -> dict[str, Any]:
    """The payload after `fields` of its form were changed."""
    data = stored(kind, PAYLOADS[kind]).sent()
    return edited_answers(kind, data | fields_of(fields)).payload(PAYLOADS[kind])


def fields_of(fields: dict[str, str]) -> dict[str, str]:
    return {f"payload-{name.replace('_', '-')}": value for name, value in fields.items()}


def edited_answers(kind: str, data: dict[str, str]) -> Answers:
    return received(kind, data)


def test_ids_stay_and_new_rows_get_free_ones() -> None:
    """Not even the id of a row that is gone: saved answers name it."""
    found = edited("multiple", options_0_text="", options_0_feedback="", options_3_text="New")
    assert [(one["id"], one["text"]) for one in found["options"]] == [
        ("b", "Option *b*"),
        ("c", "Option *c*"),
        ("d", "New"),
    ]


def test_items_stand_where_their_places_say() -> None:
    found = edited("ordering", items_3_position="1", items_0_position="2")
    assert [one["id"] for one in found["items"]] == ["e", "m", "c", "x"]


def test_ids_never_tell_the_order() -> None:
    places = {"c": "1", "e": "2", "m": "3", "x": "4"}
    fields = {f"items_{at}_position": places[name] for at, name in enumerate("mcxe")}
    found = edited("ordering", **fields)
    assert found["items"][0]["text"] == "Round one column"
    assert [one["id"] for one in found["items"]][1:] == ["e", "m", "x"]
    KINDS["ordering"].check(found)


@pytest.mark.parametrize("count", [3, 5, 8])
def test_new_items_get_ids_that_tell_nothing(count: int) -> None:
    data = {f"payload-items-{at}-text": f"Step {at}" for at in range(count)}
    KINDS["ordering"].check(received("ordering", data).payload())


def test_pairs_follow_their_rows() -> None:
    """The first on the right is emptied, so the others move up."""
    found = edited("matching", right_0_text="", left_0_pair="2")
    assert [one["id"] for one in found["right"]] == ["y", "z"]
    assert found["key"] == {"a": "z", "b": "y"}


def test_a_new_pair_never_has_one_id() -> None:
    texts = {
        f"payload-{side}-{at}-text": f"{side} {at}" for side in ("left", "right") for at in "01"
    }
    data = texts | {"payload-left-0-pair": "1", "payload-left-1-pair": "0"}
    found = received("matching", data).payload()
    KINDS["matching"].check(found)
    assert {one["id"] for one in found["left"]} & {one["id"] for one in found["right"]} == set()


def test_a_gap_keeps_what_it_had_wherever_it_goes() -> None:
    found = edited("blanks", text="[[type]] of [[bits]] and [[sign]]")
    assert list(found["blanks"]) == ["type", "bits", "sign"]
    assert found["blanks"]["bits"] == {"kind": "numeric", "value": "8"}
    assert found["blanks"]["sign"] == {"kind": "numeric", "value": ""}


def test_a_gap_of_another_kind_has_its_fields() -> None:
    answers = received("blanks", {"payload-text": "[[a]]", "payload-gaps-0-name": "a",
                                  "payload-gaps-0-kind": "single"})  # fmt: skip
    [gaps] = [one for one in answers.drawn() if one.name == "payload-gaps"]
    assert [one.name for one in gaps.rows[0].inputs] == [
        "payload-gaps-0-name",
        "payload-gaps-0-kind",
        "payload-gaps-0-options",
    ]


@pytest.mark.parametrize(
    ("kind", "data", "problems"),
    [
        ("single", {}, [("Answers to choose from", "Fill in at least 2 of these.")]),
        ("numeric", {"payload-margin": "1"}, [
            ("What counts as right", "Choose what the number below means, or empty it.")]),
        ("text", {"payload-accepted-0-text": "a", "payload-mistakes-0-text": "A",
                  "payload-mistakes-0-feedback": "No."},
         [("Mistake 1, Text", "This counts as right.")]),
        ("blanks", {"payload-text": "[[a]]", "payload-gaps-0-name": "a",
                    "payload-gaps-0-kind": "text"},
         [("Gap 1, Spellings that are right", "Fill in at least 1 of these.")]),
        ("blanks", {"payload-text": " ".join(f"[[{one}]]" for one in "abcdefg")},
         [("Text with gaps", "Leave at most 6 gaps.")]),
    ],
)  # fmt: skip
def test_problems_say_where_and_what(
    kind: str, data: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    answers = received(kind, data)
    found = [(answers.where(at)[1], said) for at, said in answers.problems(answers.payload())]
    assert found[: len(problems)] == problems


def test_what_stands_in_a_form_in_words() -> None:
    assert stored("matching", PAYLOADS["matching"]).told()[:5] == [
        "Right 1, Text: The *error* of a layer",
        "Right 2, Text: The size of `activations`",
        "Right 3, Text: One tensor’s largest value",
        "Left 1, Text: GPTQ",
        "Left 1, Belongs with: 1. The *error* of a layer",
    ]
