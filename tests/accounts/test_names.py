import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from accounts.names import validate_name
from tests.accounts.test_signup import URL, form
from tests.accounts.test_views import CHOICE, SAVE


@pytest.mark.parametrize(
    "name", ["Zoë", "O’Brien-Łuk", "陳怡婷", "محمد", "👩\u200d🔬 Ann", "A\xa0B"]
)
def test_names_of_the_world(name: str) -> None:
    validate_name(name)


@pytest.mark.parametrize(
    "name", ["A\nB", "A\x1bB", "A\x85B", "A\u2028B", "\u202eA", "A\uffff", "A\ufffe", "A\ud800"]
)
def test_what_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="cannot be shown"):
        validate_name(name)


def test_who_signs_up_is_told(client: Client, db: None) -> None:
    page = client.post(URL, form(display_name="Ada\uffff")).content.decode()
    assert "There is a character in it that cannot be shown." in page
    assert not User.objects.exists()


def test_nobody_renames_themselves_so(as_learner: Client, learner: User) -> None:
    as_learner.post(SAVE, CHOICE | {"display_name": "Yi\nTing"})
    learner.refresh_from_db()
    assert learner.display_name == "Yi-Ting Chen"
