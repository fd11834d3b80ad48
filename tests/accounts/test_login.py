from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests import people

pytestmark = pytest.mark.django_db

URL = "/accounts/login/"
NEXT = "/courses/llm-course/track/lesson/"


def form(user: User, **changes: Any) -> dict[str, Any]:
    return {"login": user.email, "password": people.PASSWORD} | changes


def test_goes_on_where_it_was_asked_to(client: Client, learner: User) -> None:
    response = client.post(URL, form(learner, next=NEXT))
    assert (response.status_code, response["Location"]) == (302, NEXT)
    assert client.session["_auth_user_id"] == str(learner.pk)


def test_address_in_capitals(client: Client, learner: User) -> None:
    assert client.post(URL, form(learner, login=learner.email.upper())).status_code == 302


@pytest.mark.parametrize(("remember", "with_browser"), [("on", False), ("", True)])
def test_remember(client: Client, learner: User, remember: str, with_browser: bool) -> None:
    client.post(URL, form(learner, remember=remember))
    assert client.session.get_expire_at_browser_close() is with_browser


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example"])
def test_next_leads_to_this_site_only(client: Client, learner: User, elsewhere: str) -> None:
    assert client.post(URL, form(learner, next=elsewhere))["Location"] == "/today/"


def test_next_is_carried_to_sign_up(client: Client) -> None:
    page = client.get(f"{URL}?next={NEXT}").content.decode()
    assert 'href="/accounts/signup/?next=%2Fcourses%2Fllm-course%2Ftrack%2Flesson%2F"' in page


def test_wrong_password_and_unknown_address_read_alike(client: Client, learner: User) -> None:
    words = "This e-mail address and password do not belong together."
    for wrong in (form(learner, password="wrong"), form(learner, login="no@example.org")):
        response = client.post(URL, wrong)
        assert response.status_code == 200
        assert words in response.content.decode()
        assert "_auth_user_id" not in client.session


def test_closed_account(client: Client, learner: User) -> None:
    learner.is_active = False
    learner.save(update_fields=["is_active"])
    assert client.post(URL, form(learner))["Location"] == "/accounts/inactive/"
    assert "This account is closed" in client.get("/accounts/inactive/").content.decode()


def test_sixth_wrong_password_has_to_wait(client: Client, learner: User) -> None:
    for _ in range(5):
        client.post(URL, form(learner, password="wrong"))
    response = client.post(URL, form(learner))
    assert "Too many tries. Wait five minutes" in response.content.decode()
    assert "_auth_user_id" not in client.session
    cache.clear()
    assert client.post(URL, form(learner)).status_code == 302


def test_many_tries_get_a_friendly_429(client: Client, learner: User) -> None:
    for number in range(30):
        client.post(URL, form(learner, login=f"{number}@example.org"))
    response = client.post(URL, form(learner))
    assert response.status_code == 429
    assert '<h1 class="h-small">A little too fast</h1>' in response.content.decode()


def test_admin_has_no_back_door(client: Client, superuser: User) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/login/?next=%2Fadmin%2F",
    )
    response = client.post(
        "/admin/login/", {"username": superuser.email, "password": people.PASSWORD}
    )
    assert response.status_code == 302
    assert "_auth_user_id" not in client.session


def test_sign_out_takes_a_post(as_learner: Client) -> None:
    assert as_learner.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in as_learner.session
    assert as_learner.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in as_learner.session


def test_no_style_attribute_or_inline_script(client: Client) -> None:
    page = client.get(URL)
    assert "style=" not in page.content.decode()
    assert "data:" not in page.content.decode()
    assert "default-src 'self'" in page["Content-Security-Policy"]
