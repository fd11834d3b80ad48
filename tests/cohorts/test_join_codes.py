import re
from random import Random

import pytest

from cohorts.join_codes import ALPHABET, new_code, picture, read, shown


def test_alphabet_has_one_of_each_look_alike() -> None:
    assert ALPHABET == "0123456789ACDEFGHJKMNPRTVWXY"


def test_a_code() -> None:
    code = new_code(Random(4))
    assert (len(code), set(code) - set(ALPHABET)) == (8, set())
    assert new_code(Random(4)) == code != new_code(Random(5))


@pytest.mark.parametrize(
    "typed",
    ["ACDE0123", "acde-0123", " ACDE 0123 ", "acde–o123", "ACDE/0I23", "ACDEOLZ3", "acdeqi23"],
)
def test_what_is_typed_is_read_kindly(typed: str) -> None:
    assert read(typed)[1] == "ACDE0123"


def test_it_is_also_taken_as_it_stands() -> None:
    assert read("autumn-23") == ("AUTUMN23", "AVTVMN23")


@pytest.mark.parametrize("nothing", ["", "–––", "班級代碼", "\x00"])
def test_nothing_to_read(nothing: str) -> None:
    assert read(nothing) == ("", "")


def test_shown_in_two_halves() -> None:
    assert shown("ACDE0123") == "ACDE-0123"


def test_the_picture_fits_a_strict_policy() -> None:
    drawn = picture("https://cairn.example.org/join/ACDE0123/")
    attributes = set(re.findall(r"\b([\w:-]+)=", drawn))
    assert attributes == {"viewBox", "fill", "d", "stroke"}
    assert 'stroke="#000"' in drawn
    assert 'fill="#fff"' in drawn
