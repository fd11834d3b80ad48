from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import AnswerError, PayloadError
from quizzes.kinds.numbers import key_of, typed
from quizzes.kinds.numeric import Numeric
from tests.quiz_factories import PAYLOADS

KIND = Numeric()


def score(payload: dict[str, Any], answer: str) -> float:
    return KIND.grade(payload, {"value": answer}).score


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("6.5", "6.5"),
        ("6,5", "6.5"),
        ("+6.5e9", "6500000000"),
        ("6.5E9", "6500000000"),
        ("-6.5e-3", "-0.0065"),
        ("1.2×10^3", "1200"),
        ("1.2*10^3", "1200"),
        ("1.2 x 10**3", "1200"),
        ("1,2 · 10⁻³", "0.0012"),
        ("10⁹", "1000000000"),
        ("-10^3", "-1000"),
        ("10^(-2)", "0.01"),
        ("1 200", "1200"),
        ("1\N{THIN SPACE}200\N{NO-BREAK SPACE}000", "1200000"),
        ("1\N{NARROW NO-BREAK SPACE}200,5", "1200.5"),
        ("1'200", "1200"),
        ("1_000_000", "1000000"),
        ("−7", "-7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1.234", "1.234"),
        ("1,234e5", "123400"),
        ("  8  ", "8"),
        ("８", "8"),
        ("١٢", "12"),
        ("0", "0"),
        ("-0", "0"),
    ],
)
def test_what_people_type(answer: str, number: str) -> None:
    assert typed(answer) == Decimal(number)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("1,234,567.8", "Write the number without separators for thousands, such as 1234567.8."),
        ("1.234.567", "Write the number without separators for thousands, such as 1234567.8."),
        ("1,234", "Is “1,234” 1234 or 1.234? Write it in one of these two ways."),
        ("6.5 GB", "Write the number alone, such as 6.5 or 1.2e9, without a unit or a formula."),
        ("50%", "Write the number alone, such as 6.5 or 1.2e9, without a unit or a formula."),
        ("1/2", "Write the number alone, such as 6.5 or 1.2e9, without a unit or a formula."),
        ("2^10", "Write the number alone, such as 6.5 or 1.2e9, without a unit or a formula."),
        ("1 2", "Write the number alone, such as 6.5 or 1.2e9, without a unit or a formula."),
        ("six", "Write a number, such as 6.5 or 1.2e9."),
        ("NaN", "Write a number, such as 6.5 or 1.2e9."),
        ("Infinity", "Write a number, such as 6.5 or 1.2e9."),
        ("-", "Write a number, such as 6.5 or 1.2e9."),
        ("e5", "Write a number, such as 6.5 or 1.2e9."),
        ("1e1000", "This number is too large or too small. Check its exponent."),
        ("1e-999999999", "This number is too large or too small. Check its exponent."),
        ("1" * 61, "A number has at most 60 signs here. Write it shorter, such as 1.2e9."),
    ],
)
def test_what_is_no_number_says_how_to_write_it(answer: str, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        KIND.from_json(PAYLOADS["numeric"], {"value": answer})
    assert str(caught.value) == message
    assert caught.value.typed == {"value": answer}


@pytest.mark.parametrize(
    ("payload", "answer", "expected"),
    [
        ({"value": "6.5"}, "6.5", 1),
        ({"value": "6.5"}, "6.50", 1),
        ({"value": "6.5"}, "65e-1", 1),
        ({"value": "6.5"}, "6.5000000000000000000000000001", 0),
        ({"value": "0"}, "-0", 1),
        ({"value": "6.5", "tolerance": {"absolute": "0.1"}}, "6.4", 1),
        ({"value": "6.5", "tolerance": {"absolute": "0.1"}}, "6.6", 1),
        # In binary, 6.6 - 6.5 is a little less than 0.1 and 6.5 - 6.4 a little more.
        ({"value": "6.5", "tolerance": {"absolute": "0.1"}}, "6.399999999999999999999", 0),
        ({"value": "0.3", "tolerance": {"absolute": "0"}}, "0.3", 1),
        ({"value": "200", "tolerance": {"relative": "0.02"}}, "196", 1),
        ({"value": "200", "tolerance": {"relative": "0.02"}}, "204", 1),
        ({"value": "200", "tolerance": {"relative": "0.02"}}, "204.01", 0),
        ({"value": "-200", "tolerance": {"relative": "0.02"}}, "-196", 1),
        ({"value": "-200", "tolerance": {"relative": "0.02"}}, "196", 0),
        ({"value": "1e999"}, "1e-999", 0),
        ({"value": "1e999", "tolerance": {"relative": "0.1"}}, "1.1e999", 1),
    ],
)
def test_grading_is_exact(payload: dict[str, Any], answer: str, expected: int) -> None:
    KIND.check(payload)
    assert score(payload, answer) == expected


def test_a_known_mistake_is_told() -> None:
    [part] = KIND.grade(PAYLOADS["numeric"], {"value": "52,05"}).parts
    assert (part.right, part.feedback, part.given, part.expected, part.text, part.note) == (
        False,
        "These are giga*bits*.",
        "52,05",
        "6.5",
        "GB",
        "Anything from 6.4 to 6.6 counts as right.",
    )
    [part] = KIND.grade(PAYLOADS["numeric"], {"value": "53"}).parts
    assert part.feedback == ""


def test_equal_numbers_are_counted_together() -> None:
    counted = [
        KIND.counted(PAYLOADS["numeric"], {"value": one}) for one in ("1200", "1,2e3", "1 200.0")
    ]
    assert counted == [(("1200", "1200"),)] * 3
    assert [key_of(Decimal(one)) for one in ("-0", "1e15", "1e-7", "0.50")] == [
        "0",
        "1e+15",
        "1e-7",
        "0.5",
    ]


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({"value": 6.5}, "value: Expected text; put numbers in quotation marks."),
        ({"value": "6,5"}, "value: Write a number such as 6.5 or 1.2e9, in quotation marks."),
        ({"value": "1e1000"}, "value: Write a number such as 6.5 or 1.2e9, in quotation marks."),
        ({"value": "10e999"}, "value: This number is too large or too small."),
        ({"value": "1", "tolerance": {}}, "tolerance: Give either “absolute” or “relative”."),
        ({"value": "1", "tolerance": {"absolute": "-1"}}, "tolerance.absolute: Write 0 or more."),
        (
            {"value": "1", "tolerance": {"relative": "2"}},
            "tolerance.relative: Write a share from 0 to 1, such as 0.02.",
        ),
        (
            {"value": "0", "tolerance": {"relative": "0.1"}},
            "tolerance.relative: A share of 0 is 0. Give an absolute tolerance.",
        ),
        (
            {
                "value": "1",
                "tolerance": {"absolute": "1"},
                "mistakes": [{"value": "2", "feedback": "x"}],
            },
            "mistakes[0].value: This counts as right.",
        ),
        ({"value": "1", "unit": "$\\frac{$"}, "unit: "),
    ],
)
def test_check_names_the_field(payload: object, message: str) -> None:
    with pytest.raises(PayloadError) as caught:
        KIND.check(payload)
    assert str(caught.value).startswith(message)


numbers = st.decimals(-(10**6), 10**6, places=3)


@given(numbers, st.decimals(0, 100, places=2), numbers, numbers)
def test_who_is_nearer_never_gets_less(
    value: Decimal, tolerance: Decimal, one: Decimal, other: Decimal
) -> None:
    payload = {"value": f"{value:f}", "tolerance": {"absolute": f"{tolerance:f}"}}
    near, far = sorted((one, other), key=lambda number: abs(number - value))
    assert score(payload, f"{near:f}") >= score(payload, f"{far:f}")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**50), max_value=10**50))
def test_every_number_is_read_as_it_is_written(number: Decimal) -> None:
    for form in (str(number), str(number).replace("E", "e"), str(number).replace("E", "×10^")):
        if len(form) <= 60 and (number == 0 or abs(number.adjusted()) < 999):
            assert typed(form) == number


@given(st.text(alphabet="0123456789eE+-.,*×^ '_x()⁰¹²⁻", max_size=40))
def test_reading_is_total(answer: str) -> None:
    try:
        number = typed(answer)
    except AnswerError:
        return
    assert number.is_finite()
    assert typed(key_of(number)) == number
