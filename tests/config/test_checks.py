from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from pytest_django import Settings

from accounts.models import User
from config import checks, demo

PRODUCTION: dict[str, Any] = {
    "DEBUG": False,
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": ["learn.example.org"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "CACHES": {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": "var/cache",
        }
    },
}
LOCMEM = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def production(settings: Settings) -> Settings:
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    return settings


def ours(**options: Any) -> list[str | None]:
    messages: list[CheckMessage] = run_checks(**options)
    return [message.id for message in messages if str(message.id).startswith("cairn.")]


def test_sound_settings(production: Settings) -> None:
    assert ours(include_deployment_checks=True) == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("SECRET_KEY", "k" * 31, "cairn.E001"),
        ("ALLOWED_HOSTS", ["learn.example.org", "*"], "cairn.W002"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "cairn.W003"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "cairn.W003"),
        ("CACHES", LOCMEM, "cairn.W004"),
        ("LINK_CHECK_ALLOW_PRIVATE", ["127.0.0.1:8901"], "cairn.E006"),
    ],
)
def test_contradiction(production: Settings, name: str, value: Any, found: str) -> None:
    setattr(production, name, value)
    assert ours(include_deployment_checks=True) == [found]


def test_short_key_is_refused_by_every_command(production: Settings) -> None:
    production.SECRET_KEY = "short"
    assert ours() == ["cairn.E001"]


def test_development_hears_nothing(settings: Settings) -> None:
    settings.DEBUG = True
    settings.SECRET_KEY = "short"
    assert ours() == []


@pytest.mark.django_db
def test_demo_people_with_debug_off(production: Settings, learner: User) -> None:
    production.DEBUG = True
    demo.create_people(now=learner.date_joined)
    assert ours(databases=["default"]) == []
    production.DEBUG = False
    assert ours(databases=["default"]) == ["cairn.E005"]
    demo.remove_people()
    assert ours(databases=["default"]) == []


@pytest.mark.django_db
def test_database_without_tables(production: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User._meta, "db_table", "not_there_yet")
    assert checks.demo_people_are_gone(databases=["default"]) == []


def test_demo_people_are_not_looked_for_without_a_database(production: Settings) -> None:
    assert checks.demo_people_are_gone(databases=None) == []
