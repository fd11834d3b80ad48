from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests import people


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def quick_settings(settings: Settings) -> None:
    """Pages without a collectstatic before, passwords without a slow hash."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def learner(db: None) -> User:
    return people.learner()


@pytest.fixture
def stranger(db: None) -> User:
    return people.stranger()


@pytest.fixture
def teacher(db: None) -> User:
    return people.teacher()


@pytest.fixture
def editor(db: None) -> User:
    return people.editor()


@pytest.fixture
def superuser(db: None) -> User:
    return people.superuser()


@pytest.fixture
def as_learner(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client
