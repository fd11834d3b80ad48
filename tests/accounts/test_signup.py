import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests import people
from tests.accounts.conftest import mailed_code

pytestmark = pytest.mark.django_db

URL = "/accounts/signup/"
CONFIRM = "/accounts/confirm-email/"
NEXT = "/courses/llm-course/track/lesson/"


def form(**changes: Any) -> dict[str, Any]:
    return {
        "email": "ada@example.org",
        "display_name": "Ada Lovelace",
        "password1": people.PASSWORD,
        "time_zone": "Asia/Taipei",
    } | changes


def same(response: Any, *personal: str) -> str:
    """What a stranger can tell a response by, without tokens and what they typed themselves."""
    text = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", response.content.decode())
    for word in personal:
        text = text.replace(word, "…")
    return text


def test_newcomer_comes_back_to_the_lesson(client: Client) -> None:
    page = client.get(f"{URL}?next={NEXT}")
    assert f'<input type="hidden" name="next" value="{NEXT}">' in page.content.decode()

    response = client.post(URL, form(next=NEXT))
    assert (response.status_code, response["Location"]) == (302, CONFIRM)
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]

    response = client.post(CONFIRM, {"code": mailed_code()})
    assert (response.status_code, response["Location"]) == (302, NEXT)

    user = User.objects.get()
    assert (user.email, user.display_name) == ("ada@example.org", "Ada Lovelace")
    assert user.time_zone == "Asia/Taipei"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1


def test_without_next_today_follows(client: Client) -> None:
    client.post(URL, form())
    assert client.post(CONFIRM, {"code": mailed_code()})["Location"] == "/today/"


def test_no_account_is_open_before_the_code(client: Client) -> None:
    client.post(URL, form())
    assert "_auth_user_id" not in client.session
    response = client.post(CONFIRM, {"code": "WRONG"})
    assert response.status_code == 200
    assert "That code does not fit." in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_next_leads_to_this_site_only(client: Client, elsewhere: str) -> None:
    client.post(URL, form(next=elsewhere))
    assert client.post(CONFIRM, {"code": mailed_code()})["Location"] == "/today/"


def test_known_address_looks_like_a_new_one(client: Client, learner: User) -> None:
    other = Client()
    known = client.post(URL, form(email=learner.email, next=NEXT))
    unknown = other.post(URL, form(email="new@example.org", next=NEXT))
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"] == CONFIRM

    known, unknown = client.get(CONFIRM), other.get(CONFIRM)
    assert known.status_code == unknown.status_code == 200
    assert same(known, learner.email) == same(unknown, "new@example.org")

    known, unknown = client.post(CONFIRM, {"code": "X"}), other.post(CONFIRM, {"code": "X"})
    assert same(known, learner.email) == same(unknown, "new@example.org")


def test_known_address_is_told_by_mail(client: Client, learner: User) -> None:
    client.post(URL, form(email=learner.email.upper()))
    assert User.objects.count() == 1
    assert mail.outbox[0].subject == "You have an account at Cairn already"
    assert "http://testserver/accounts/password/reset/" in mail.outbox[0].body
    learner.refresh_from_db()
    assert learner.display_name == "Yi-Ting Chen"


def test_both_addresses_cost_one_password_hash(
    client: Client, learner: User, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.test_signup.Counting"]
    for count, email in enumerate([learner.email, "new@example.org"], start=1):
        Client().post(URL, form(email=email))
        assert Counting.hashed == count


class Counting:
    """A hasher that counts."""

    algorithm = "counting"
    hashed = 0

    def salt(self) -> str:
        return "salt"

    def encode(self, password: str, salt: str) -> str:
        Counting.hashed += 1
        return f"counting${salt}${password[::-1]}"


def test_mail_says_nothing_that_the_visitor_typed(client: Client) -> None:
    client.post(URL, form(display_name="Win at http://evil.example"))
    assert "evil" not in f"{mail.outbox[0].subject}{mail.outbox[0].body}"


def test_unknown_time_zone_becomes_utc(client: Client) -> None:
    client.post(URL, form(time_zone="../../etc/passwd"))
    assert User.objects.get().time_zone == "UTC"


def test_one_password_field_and_a_name(client: Client) -> None:
    page = client.get(URL).content.decode()
    names = re.findall(r'<(?:input|select)[^>]* name="(\w+)"', page)
    assert names == [
        "csrfmiddlewaretoken",
        "time_zone",
        "email",
        "display_name",
        "password1",
    ]


def test_bad_input_is_kept_and_explained(client: Client) -> None:
    response = client.post(URL, form(password1="12345678", display_name=""))
    page = response.content.decode()
    assert response.status_code == 200
    assert '<a href="#id_display_name">Your name: This field is required.</a>' in page
    assert '<a href="#id_password1">Password: This password is too common.</a>' in page
    assert 'value="ada@example.org"' in page
    assert "12345678" not in page
    assert User.objects.count() == 0


def test_new_code_can_be_sent_and_the_old_one_ends(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "10/s/key"}
    client.post(URL, form())
    old = mailed_code()
    assert client.post(CONFIRM, {"action": "resend"}).status_code == 302
    assert client.post(CONFIRM, {"code": old}).status_code == 200
    assert client.post(CONFIRM, {"code": mailed_code()}).status_code == 302


def test_another_address_can_be_used(client: Client) -> None:
    client.post(URL, form())
    again = client.post("/accounts/logout/", {"next": f"{URL}?next={NEXT}"})
    assert again["Location"] == f"{URL}?next={NEXT}"
    assert client.get(again["Location"]).status_code == 200


def test_signed_in_person_is_sent_on(as_learner: Client) -> None:
    assert as_learner.get(f"{URL}?next={NEXT}")["Location"] == NEXT
