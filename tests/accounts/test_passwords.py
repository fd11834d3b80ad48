import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests import people
from tests.accounts.conftest import mailed_path
from tests.accounts.test_signup import same

pytestmark = pytest.mark.django_db

RESET = "/accounts/password/reset/"
DONE = "/accounts/password/reset/done/"
CHANGE = "/accounts/password/change/"
NEW = "another-long-enough-phrase"


def test_reset_by_the_link_from_the_mail(client: Client, learner: User) -> None:
    assert client.post(RESET, {"email": learner.email})["Location"] == DONE
    assert mail.outbox[0].subject == "Choose a new password for Cairn"
    page = client.get(mailed_path(), follow=True)
    response = client.post(page.request["PATH_INFO"], {"password1": NEW})
    assert response["Location"] == "/accounts/password/reset/key/done/"
    learner.refresh_from_db()
    assert learner.check_password(NEW)
    assert mail.outbox[1].subject == "Your password for Cairn is new"


def test_link_works_once(client: Client, learner: User) -> None:
    client.post(RESET, {"email": learner.email})
    link = mailed_path()
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW})
    assert "This link no longer works" in client.get(link).content.decode()


def test_unknown_address_looks_the_same(client: Client, learner: User) -> None:
    known = client.post(RESET, {"email": learner.email}, follow=True)
    unknown = Client().post(RESET, {"email": "no@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain == [(DONE, 302)]
    assert same(known) == same(unknown)
    assert [message.to[0] for message in mail.outbox] == [learner.email, "no@example.org"]
    assert mail.outbox[1].subject == "There is no account at Cairn with this address"


def test_weak_password_is_refused(client: Client, learner: User) -> None:
    client.post(RESET, {"email": learner.email})
    page = client.get(mailed_path(), follow=True)
    response = client.post(page.request["PATH_INFO"], {"password1": "12345678"})
    assert "This password is too common." in response.content.decode()
    learner.refresh_from_db()
    assert learner.check_password(people.PASSWORD)


def test_change_keeps_this_device_and_ends_others(as_learner: Client, learner: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(learner)
    response = as_learner.post(CHANGE, {"oldpassword": people.PASSWORD, "password1": NEW})
    assert response["Location"] == "/accounts/"
    assert as_learner.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302
    assert mail.outbox[0].subject == "Your password for Cairn was changed"
    assert mail.outbox[0].to == [learner.email]


def test_change_needs_the_password_now(as_learner: Client, learner: User) -> None:
    response = as_learner.post(CHANGE, {"oldpassword": "wrong", "password1": NEW})
    assert "This is not your password." in response.content.decode()
    learner.refresh_from_db()
    assert learner.check_password(people.PASSWORD)


def test_who_has_none_may_set_one(as_learner: Client, learner: User) -> None:
    learner.set_unusable_password()
    learner.save(update_fields=["password"])
    as_learner.force_login(learner)
    assert as_learner.get(CHANGE)["Location"] == "/accounts/password/set/"
    as_learner.post("/accounts/password/set/", {"password1": NEW})
    learner.refresh_from_db()
    assert learner.check_password(NEW)


def test_stranger_signs_in_first(client: Client) -> None:
    assert client.get(CHANGE)["Location"] == f"/accounts/login/?next={CHANGE}"
