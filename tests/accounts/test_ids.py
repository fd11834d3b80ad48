import pytest

from accounts.ids import is_id


@pytest.mark.parametrize("text", ["0", "7", "007", "9" * 18])
def test_digits_are_an_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["", " 7", "-7", "7.0", "1e3", "٣", "²", "9" * 19, "x"])
def test_nothing_else_is(text: str) -> None:
    assert not is_id(text)
