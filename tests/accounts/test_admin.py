import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from accounts.models import User
from tests import people

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
FACTORS = "/admin/mfa/authenticator/"


@pytest.fixture
def as_superuser(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def form(user: User, **changes: str) -> dict[str, str]:
    return {
        "email": user.email,
        "display_name": user.display_name,
        "time_zone": user.time_zone,
        "theme": user.theme,
        "is_active": "on",
    } | changes


def test_superuser_finds_people(as_superuser: Client, learner: User, stranger: User) -> None:
    page = as_superuser.get(LIST, {"q": "yi-ting"}).content.decode()
    assert learner.email in page
    assert stranger.email not in page


@pytest.mark.parametrize("who", [people.editor, people.teacher])
@pytest.mark.parametrize("url", [LIST, f"{LIST}add/", FACTORS])
def test_staff_may_not(client: Client, who: type, url: str) -> None:
    client.force_login(who())
    assert client.get(url).status_code == 403


def test_new_person_signs_in_after_confirming(as_superuser: Client) -> None:
    passwords = {"password1": people.PASSWORD, "password2": people.PASSWORD}
    response = as_superuser.post(
        f"{LIST}add/",
        {"email": "Grace@Example.org", "display_name": "", "usable_password": "true"} | passwords,
    )
    assert response.status_code == 302
    assert User.objects.get(email="grace@example.org").check_password(people.PASSWORD)
    address = EmailAddress.objects.get(email="grace@example.org")
    assert (address.primary, address.verified) == (True, False)


def test_new_address_has_to_be_confirmed(as_superuser: Client, learner: User) -> None:
    url = f"{LIST}{learner.pk}/change/"
    assert as_superuser.post(url, form(learner, display_name="Yi")).status_code == 302
    assert EmailAddress.objects.get(user=learner).verified
    assert as_superuser.post(url, form(learner, email="new@example.org")).status_code == 302
    address = EmailAddress.objects.get(user=learner)
    assert (address.email, address.primary, address.verified) == ("new@example.org", True, False)


def test_last_superuser_keeps_the_keys(as_superuser: Client, superuser: User) -> None:
    response = as_superuser.post(f"{LIST}{superuser.pk}/change/", form(superuser))
    assert "This is the last active superuser." in response.content.decode()
    superuser.refresh_from_db()
    assert superuser.is_superuser
    assert as_superuser.post(f"{LIST}{superuser.pk}/delete/", {"post": "yes"}).status_code == 403


def test_second_factors_without_secrets(as_superuser: Client, learner: User) -> None:
    factor = TOTP.activate(learner, "TOPSECRETTOPSECRET").instance
    page = as_superuser.get(f"{FACTORS}{factor.pk}/change/").content.decode()
    assert learner.email in page or learner.display_name in page
    assert "TOPSECRET" not in page
    assert "secret" not in page
    assert as_superuser.get(f"{FACTORS}add/").status_code == 403
