import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User

pytestmark = pytest.mark.django_db

URL = "/accounts/"
SAVE = "/accounts/preferences/"
CHOICE = {"display_name": "Yi-Ting", "time_zone": "Europe/Berlin", "theme": "dark"}


def test_account_leads_to_everything(as_learner: Client) -> None:
    page = as_learner.get(URL).content.decode()
    assert '<h1 class="h-small">Your account</h1>' in page
    for path in ("email", "password/change", "2fa", "2fa/webauthn/add", "erase"):
        assert f'href="/accounts/{path}/"' in page
    for path in ("preferences", "export", "logout"):
        assert f'action="/accounts/{path}/"' in page


def test_account_costs_four_queries(
    as_learner: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # session, person, e-mail address, second factors
    with django_assert_num_queries(4):
        as_learner.get(URL)


def test_preferences_are_saved_and_said(as_learner: Client, learner: User) -> None:
    response = as_learner.post(SAVE, CHOICE, follow=True)
    assert response.redirect_chain == [(URL, 302)]
    page = response.content.decode()
    assert "Your preferences are saved." in page
    assert 'data-theme="dark"' in page
    learner.refresh_from_db()
    assert (learner.display_name, learner.time_zone, learner.theme) == tuple(CHOICE.values())


def test_following_the_device_sets_no_theme(as_learner: Client, learner: User) -> None:
    as_learner.post(SAVE, CHOICE | {"theme": ""})
    assert "data-theme=" not in as_learner.get(URL).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("display_name", "", "Your name: This field is required."),
        ("time_zone", "Mars/Olympus", "Time zone: “Mars/Olympus” is not a time zone."),
        ("theme", "pink", "Colours: Select a valid choice."),
    ],
)
def test_bad_input_changes_nothing(
    as_learner: Client, learner: User, field: str, value: str, error: str
) -> None:
    response = as_learner.post(SAVE, CHOICE | {field: value})
    assert response.status_code == 200
    page = response.content.decode()
    assert error in page
    assert "Your account: Yi-Ting Chen" in page
    learner.refresh_from_db()
    assert (learner.time_zone, learner.theme) == ("UTC", "")


def test_nobody_makes_themselves_staff(as_learner: Client, learner: User) -> None:
    as_learner.post(SAVE, CHOICE | {"is_staff": "on", "is_superuser": "on", "email": "a@b.org"})
    learner.refresh_from_db()
    assert (learner.is_staff, learner.is_superuser) == (False, False)
    assert learner.email == "yi-ting@example.org"


def test_hostile_name_is_text(as_learner: Client) -> None:
    as_learner.post(SAVE, CHOICE | {"display_name": '<script>alert(1)</script>"'})
    page = as_learner.get(URL).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;" in page


@pytest.mark.parametrize("url", [URL, SAVE, "/accounts/export/", "/accounts/erase/"])
def test_stranger_signs_in_first(client: Client, url: str) -> None:
    if url in (SAVE, "/accounts/export/"):
        response = client.post(url, headers={"referer": f"http://testserver{URL}"})
        assert response["Location"] == f"/accounts/login/?next={URL}"
    else:
        assert client.get(url)["Location"] == f"/accounts/login/?next={url}"


@pytest.mark.parametrize(
    ("method", "url"), [("post", URL), ("get", SAVE), ("get", "/accounts/export/")]
)
def test_wrong_method(as_learner: Client, method: str, url: str) -> None:
    assert getattr(as_learner, method)(url).status_code == 405
