import pytest

from accounts.models import User


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Yi-Ting Chen", "YC"), ("Ada", "A"), ("ada de la Cruz", "AC"), ("", "X"), ("  ", "X")],
)
def test_initials(name: str, initials: str) -> None:
    assert User(email="x@example.org", display_name=name).initials == initials
