from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests import people


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def plain_static_files(settings: pytest.FixtureRequest) -> None:
    """Pages are rendered without a collectstatic before."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


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
