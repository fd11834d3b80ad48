import pytest

from quizzes.kinds import AnswerError, PayloadError
from quizzes.kinds.boolean import Boolean
from tests.quiz_factories import PAYLOADS

KIND = Boolean()


@pytest.mark.parametrize(
    ("right", "answer", "score"),
    [(True, "true", 1), (True, "false", 0), (False, "true", 0), (False, "false", 1)],
)
def test_grading(right: bool, answer: str, score: int) -> None:
    assert KIND.grade({"right": right}, {"chosen": [answer]}).score == score


@pytest.mark.parametrize("seed", ["", "1", "2", "3", "4"])
def test_true_stands_before_false(seed: str) -> None:
    shown = KIND.present(PAYLOADS["boolean"], seed=seed, answer={"chosen": ["false"]})
    assert [(one.id, one.text, one.chosen) for one in shown] == [
        ("true", "True", False),
        ("false", "False", True),
    ]


def test_feedback_on_each() -> None:
    parts = KIND.grade(PAYLOADS["boolean"], {"chosen": ["false"]}).parts
    assert [(one.id, one.right, one.feedback) for one in parts] == [
        ("true", True, ""),
        ("false", False, "It *is* true."),
    ]


@pytest.mark.parametrize("chosen", [[], ["true", "false"], ["maybe"], [True]])
def test_one_of_the_two_is_to_be_chosen(chosen: list[object]) -> None:
    with pytest.raises(AnswerError):
        KIND.from_json(PAYLOADS["boolean"], {"chosen": chosen})


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({}, "right: This field is missing."),
        ({"right": "yes"}, "right: Say true or false."),
        ({"right": True, "feedback": {"yes": "x"}}, "feedback: There is no field “yes”."),
        ({"right": True, "feedback": {"true": "$\\frac{$"}}, "feedback.true: "),
    ],
)
def test_check_names_the_field(payload: object, message: str) -> None:
    with pytest.raises(PayloadError) as caught:
        KIND.check(payload)
    assert str(caught.value).startswith(message)
