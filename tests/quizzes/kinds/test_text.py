from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import AnswerError, PayloadError
from quizzes.kinds.folding import fold
from quizzes.kinds.text import Text, compared
from tests.quiz_factories import PAYLOADS

KIND = Text()


def score(answer: str, **payload: Any) -> float:
    KIND.check(payload)
    return KIND.grade(payload, {"text": answer}).score


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Reward \n  Model ", "reward model"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("naïve", "naive"),
        ("Åse", "ase"),
        ("ﬁne-tuning", "fine-tuning"),
        ("fine‑tuning", "fine-tuning"),
        ("ＧＰＴＱ", "gptq"),
        ("reward\N{NO-BREAK SPACE}model", "reward model"),
        ("soft\N{SOFT HYPHEN}max\N{ZERO WIDTH SPACE}", "softmax"),
        ("Zipf’s “law”", 'zipf\'s "law"'),
        ("İstanbul", "istanbul"),
        ("x²", "x2"),
        ("\N{COMBINING ACUTE ACCENT}", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("TIES merging.", "ties merging"),
        ("“on-policy”", "on-policy"),
        ("`min_p`", "min_p"),
        ("‘Zipf’s “law”.’", 'zipf\'s "law"'),
        ("...", "..."),
        ('""', '""'),
        ("e.g", "e.g"),
        ("don't", "don't"),
    ],
)
def test_what_is_written_around_an_answer_does_not_count(text: str, folded: str) -> None:
    assert compared(text, case=False) == folded
    assert score(text, accepted=[text.upper()]) == 1


def test_a_pattern_may_want_what_is_written_around() -> None:
    assert score('"a"', accepted=["b"], pattern='"a"') == 1
    assert score('"a"', accepted=["b"], pattern="a") == 1
    assert score("a", accepted=["b"], pattern='"a"') == 0


def test_capitals_are_kept_where_they_count() -> None:
    assert fold(" Ünï  CODE ", case=True) == "Uni CODE"


@given(st.text(), st.booleans())
def test_folding_twice_is_folding_once(text: str, case: bool) -> None:
    once = fold(text, case=case)
    assert fold(once, case=case) == once


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("reward model", 1),
        ("REWARD  MODÈL", 1),
        ("preference model", 1),
        ("the reward models", 1),
        ("the the reward model", 0),
        ("a reward model", 0),
        ("policy", 0),
        ("", 0),
    ],
)
def test_accepted_or_fitting_the_pattern(answer: str, expected: int) -> None:
    assert score(answer, **PAYLOADS["text"]) == expected


def test_the_pattern_fits_the_whole_answer_folded() -> None:
    assert score("Q8_0", accepted=["x"], pattern="q[2-8]_[01k]") == 1
    assert score("Q8_0", accepted=["x"], pattern="Q[2-8]_[01K]") == 1
    assert score("q8_0 or so", accepted=["x"], pattern="q[2-8]_[01k]") == 0


def test_case_counts_where_the_payload_says_so() -> None:
    assert score("adam", accepted=["Adam"]) == 1
    assert score("adam", accepted=["Adam"], case=True) == 0
    assert score("adam", accepted=["AdamW"], pattern="A.*", case=True) == 0
    assert score("Adam", accepted=["AdamW"], pattern="A.*", case=True) == 1


def test_a_known_mistake_is_told() -> None:
    [part] = KIND.grade(PAYLOADS["text"], {"text": " Pólicy"}).parts
    assert (part.right, part.feedback, part.expected) == (
        False,
        "That is what it *teaches*.",
        "Reward model",
    )


def test_like_answers_are_counted_together() -> None:
    counted = {KIND.counted(PAYLOADS["text"], {"text": one}) for one in ("Polícy", " policy")}
    assert counted == {(("policy", "policy"),)}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("x" * 501, "The answer has 501 characters; 500 is the most. Shorten it."),
        ("a\0", "The answer has a character that cannot be kept. Type it again."),
        ("\ud800", "The answer has a character that cannot be kept. Type it again."),
        (5, "The answer could not be read. Type it again."),
    ],
)
def test_what_cannot_be_kept_says_why(answer: object, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        KIND.from_json(PAYLOADS["text"], {"text": answer})
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({"accepted": []}, "accepted: Give a list of 1 to 20."),
        ({"accepted": ["a", 5]}, "accepted[1]: Expected text; put numbers in quotation marks."),
        (
            {"accepted": ["\N{COMBINING ACUTE ACCENT}"]},
            "accepted[0]: Nothing is left of this without accents and spaces.",
        ),
        ({"accepted": ["a" * 501]}, "accepted[0]: An answer has at most 500 characters."),
        (
            {"accepted": ["a"], "pattern": "(a"},
            "pattern: The pattern cannot be read: missing ): (a.",
        ),
        (
            {"accepted": ["a"], "pattern": r"(a)\1"},
            r"pattern: The pattern cannot be read: invalid escape sequence: \1.",
        ),
        (
            {"accepted": ["a"], "pattern": "a" * 301},
            "pattern: A pattern has at most 300 characters.",
        ),
        (
            {"accepted": ["a"], "pattern": "[ab]{999}[ab]{999}[ab]{999}"},
            "pattern: The pattern repeats too much. Use smaller counts.",
        ),
        ({"accepted": ["a"], "case": "no"}, "case: Say true or false."),
        (
            {"accepted": ["a"], "mistakes": [{"text": " Á ", "feedback": "x"}]},
            "mistakes[0].text: This counts as right.",
        ),
    ],
)
def test_check_names_the_field(payload: object, message: str) -> None:
    with pytest.raises(PayloadError) as caught:
        KIND.check(payload)
    assert str(caught.value) == message


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(.*a){20}", "(a?){100}a{100}"])
def test_no_pattern_takes_long(pattern: str) -> None:
    """Each of them takes Python's own matcher years."""
    assert score("a" * 499 + "c", accepted=["x"], pattern=pattern) == 0
