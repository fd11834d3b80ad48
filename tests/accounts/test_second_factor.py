import re
import time
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal import auth as webauthn
from django.test import Client
from fido2.webauthn import PublicKeyCredentialDescriptor, PublicKeyCredentialType

from accounts.models import User
from tests import people

pytestmark = pytest.mark.django_db

ACTIVATE = "/accounts/2fa/totp/activate/"
CODES = "/accounts/2fa/recovery-codes/"
SIGN_IN = "/accounts/2fa/authenticate/"


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


@pytest.fixture
def secret(learner: User) -> str:
    """The learner has an authenticator app with this secret, and recovery codes."""
    secret: str = generate_totp_secret()
    TOTP.activate(learner, secret)
    RecoveryCodes.activate(learner)
    return secret


def recovery_codes(user: User) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def test_turning_the_app_on(as_sure_learner: Client, learner: User) -> None:
    page = as_sure_learner.get(ACTIVATE).content.decode()
    found = re.search(r'id="authenticator_secret" type="text" value="(\w+)"', page)
    assert found
    response = as_sure_learner.post(ACTIVATE, {"code": code_of(found.group(1))})
    assert response["Location"] == CODES
    kinds = set(Authenticator.objects.filter(user=learner).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}


def test_qr_code_is_svg_in_the_page(as_sure_learner: Client) -> None:
    page = as_sure_learner.get(ACTIVATE).content.decode()
    assert page.count('<svg role="img" aria-label="QR code for your authenticator app"') == 1
    assert "data:" not in page
    assert "style=" not in page
    assert "<?xml" not in page


def test_wrong_digits_turn_nothing_on(as_sure_learner: Client, learner: User) -> None:
    as_sure_learner.get(ACTIVATE)
    response = as_sure_learner.post(ACTIVATE, {"code": "000000"})
    assert "That code does not fit." in response.content.decode()
    assert not Authenticator.objects.filter(user=learner).exists()


def test_password_alone_no_longer_signs_in(client: Client, learner: User, secret: str) -> None:
    form = {"login": learner.email, "password": people.PASSWORD, "next": "/accounts/email/"}
    assert client.post("/accounts/login/", form)["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session
    assert "That code does not fit." in client.post(SIGN_IN, {"code": "1"}).content.decode()
    assert client.post(SIGN_IN, {"code": code_of(secret)})["Location"] == "/accounts/email/"
    assert client.session["_auth_user_id"] == str(learner.pk)


@pytest.mark.parametrize("keys", [0, 1])
def test_a_passkey_is_offered_to_who_has_one(
    client: Client, learner: User, secret: str, keys: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=b"key")
    monkeypatch.setattr(webauthn, "get_credentials", lambda user: [key] * keys)
    client.post("/accounts/login/", {"login": learner.email, "password": people.PASSWORD})
    assert client.get(SIGN_IN).content.decode().count("Use a passkey") == keys


def test_recovery_code_signs_in_once(client: Client, learner: User, secret: str) -> None:
    code = recovery_codes(learner)[0]
    form = {"login": learner.email, "password": people.PASSWORD}
    client.post("/accounts/login/", form)
    assert client.post(SIGN_IN, {"code": code})["Location"] == "/today/"
    client.post("/accounts/logout/")
    client.post("/accounts/login/", form)
    assert client.post(SIGN_IN, {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_turning_the_app_off(as_sure_learner: Client, learner: User, secret: str) -> None:
    url = "/accounts/2fa/totp/deactivate/"
    assert "Turn off the authenticator app?" in as_sure_learner.get(url).content.decode()
    assert as_sure_learner.post(url)["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.filter(user=learner).exists()


def test_codes_can_be_read_downloaded_and_renewed(
    as_sure_learner: Client, learner: User, secret: str
) -> None:
    codes = recovery_codes(learner)
    page = as_sure_learner.get(CODES).content.decode()
    assert [code for code in codes if f"<li>{code}</li>" in page] == codes
    file = as_sure_learner.get(f"{CODES}download/")
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert file.content.decode().split() == codes
    assert as_sure_learner.post(f"{CODES}generate/")["Location"] == CODES
    assert set(recovery_codes(learner)).isdisjoint(codes)


@pytest.mark.parametrize("url", [CODES, "/accounts/2fa/webauthn/add/"])
def test_password_is_asked_first(as_learner: Client, secret: str, url: str) -> None:
    response = as_learner.get(url)
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/reauthenticate/?{urlencode({'next': url})}"


def test_password_is_asked_before_the_secret_is_shown(as_learner: Client) -> None:
    assert as_learner.get(ACTIVATE)["Location"].startswith("/accounts/reauthenticate/?next=")


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("/accounts/2fa/", "Second factor"),
        ("/accounts/2fa/webauthn/", "Passkeys"),
        ("/accounts/2fa/webauthn/add/", "Add a passkey"),
        ("/accounts/2fa/recovery-codes/generate/", "Make new recovery codes?"),
        ("/accounts/2fa/reauthenticate/", "Is it you?"),
    ],
)
def test_pages(as_sure_learner: Client, secret: str, url: str, heading: str) -> None:
    response = as_sure_learner.get(url)
    page = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [heading]
    assert "style=" not in page


def test_passkeys_of_mine_only(as_sure_learner: Client, learner: User, stranger: User) -> None:
    mine, theirs = (
        Authenticator.objects.create(
            user=user, type="webauthn", data={"name": name, "passwordless": True, "credential": {}}
        )
        for user, name in ((learner, "My phone"), (stranger, "Their phone"))
    )
    page = as_sure_learner.get("/accounts/2fa/webauthn/").content.decode()
    assert "My phone" in page
    assert "Their phone" not in page
    for action in ("edit", "remove"):
        assert (
            as_sure_learner.get(f"/accounts/2fa/webauthn/keys/{mine.pk}/{action}/").status_code
            == 200
        )
        url = f"/accounts/2fa/webauthn/keys/{theirs.pk}/{action}/"
        assert as_sure_learner.get(url).status_code == 404


def test_signing_in_offers_a_passkey(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert 'id="passkey_login"' in page
    answer = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert set(answer.json()) == {"request_options"}
