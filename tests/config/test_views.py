from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from config import health
from tests.factories import LessonFactory, TrackFactory

pytestmark = pytest.mark.django_db


def test_home_shows_the_course(client: Client) -> None:
    LessonFactory(track=TrackFactory(title="The Scientist"), title="Quantization")
    page = client.get("/").content.decode()
    assert "The Scientist" in page
    assert "Quantization" in page


def test_home_without_a_course(client: Client) -> None:
    assert "There is no course here yet" in client.get("/").content.decode()


def test_home_of_who_is_signed_in_is_today(as_learner: Client) -> None:
    assert as_learner.get("/").url == "/today/"


def test_home_of_a_visitor_costs_no_query_when_warm(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    LessonFactory()
    client.get("/")
    with django_assert_num_queries(0):
        client.get("/")


def test_acknowledgements_credit_the_source(client: Client) -> None:
    page = client.get("/acknowledgements/").content.decode()
    assert "https://github.com/mlabonne/llm-course" in page
    assert "Maxime Labonne" in page
    assert "Apache License 2.0" in page


@pytest.mark.parametrize(
    ("url", "title"), [("/accessibility/", "Accessibility"), ("/privacy/", "Privacy")]
)
def test_plain_pages(client: Client, url: str, title: str) -> None:
    assert f"<h1>{title}</h1>" in client.get(url).content.decode()


def test_healthz_asks_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "cache": True, "migrations": True}


def test_readyz_names_what_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "cache": True, "migrations": False}


def test_readyz_names_a_cache_that_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise PermissionError

    monkeypatch.setattr(health.cache, "set", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "cache": False, "migrations": True}


def test_outbox_shows_the_mail_that_was_not_sent(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DEBUG = True
    settings.EMAIL_FILE_PATH = tmp_path
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend")
    for number in (1, 2):
        EmailMessage(f"Subject {number}", "Ünicode <b>", to=["a@b.c"], connection=backend).send()
    page = client.get("/outbox/").content.decode()
    assert page.index("Subject 2") < page.index("Subject 1")
    assert "Ünicode &lt;b&gt;" in page


def test_outbox_may_be_empty(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.DEBUG = True
    settings.EMAIL_FILE_PATH = tmp_path
    assert "No mail has been sent yet" in client.get("/outbox/").content.decode()


def test_there_is_no_outbox_with_debug_off(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    assert client.get("/outbox/").status_code == 404


def test_pages_are_strict_about_what_may_load(client: Client) -> None:
    response = client.get("/accessibility/")
    assert set(response.headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    }
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_a_missing_page_helps_on(client: Client) -> None:
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "There is no page here" in response.content.decode()
