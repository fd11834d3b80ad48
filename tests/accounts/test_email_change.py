import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests import people
from tests.accounts.conftest import mailed_code

pytestmark = pytest.mark.django_db

URL = "/accounts/email/"
CONFIRM = "/accounts/confirm-email/"
NEW = {"email": "new@example.org", "action_add": ""}


def test_code_to_the_new_address_moves_the_account(as_sure_learner: Client, learner: User) -> None:
    assert as_sure_learner.post(URL, NEW)["Location"] == CONFIRM
    assert mail.outbox[-1].to == ["new@example.org"]
    assert as_sure_learner.post(CONFIRM, {"code": mailed_code()})["Location"] == "/accounts/"
    learner.refresh_from_db()
    assert learner.email == "new@example.org"
    addresses = EmailAddress.objects.values_list("email", "verified", "primary")
    assert list(addresses) == [("new@example.org", True, True)]
    notice = mail.outbox[-1]
    assert notice.to == ["yi-ting@example.org"]
    assert notice.subject == "Your e-mail address at Cairn was changed"


def test_nothing_changes_before_the_code(as_sure_learner: Client, learner: User) -> None:
    as_sure_learner.post(URL, NEW)
    as_sure_learner.post(CONFIRM, {"code": "WRONG"})
    learner.refresh_from_db()
    assert learner.email == "yi-ting@example.org"


def test_password_is_asked_first(as_learner: Client) -> None:
    response = as_learner.post(URL, NEW)
    assert response["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    assert mail.outbox == []
    again = as_learner.post(response["Location"], {"password": people.PASSWORD, "next": URL})
    assert again["Location"] == CONFIRM


def test_address_of_another_account_is_not_told(
    as_sure_learner: Client, stranger: User, learner: User
) -> None:
    assert as_sure_learner.post(URL, NEW | {"email": stranger.email})["Location"] == CONFIRM
    assert mail.outbox[-1].to == [stranger.email]
    assert "Another account" not in as_sure_learner.get(CONFIRM).content.decode()
    # Only who reads that mailbox has the code, and is told.
    response = as_sure_learner.post(CONFIRM, {"code": mailed_code()})
    assert "Another account uses this e-mail address." in response.content.decode()
    learner.refresh_from_db()
    assert learner.email == "yi-ting@example.org"


def test_own_address_again(as_sure_learner: Client, learner: User) -> None:
    response = as_sure_learner.post(URL, NEW | {"email": learner.email})
    assert "This is your address already." in response.content.decode()


def test_stranger_signs_in_first(client: Client) -> None:
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"
