import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from courses.pages.shared import pages
from courses.pages.visitors import answers
from quizzes.question_versions import current, stored
from quizzes.wording import wordings
from tests import people

# Files that take longest: begun last, they would be waited for with nothing else to do.
SLOW = (
    "tests/browser/",
    "tests/faults/",
    "tests/config/test_worker.py",
    "tests/cohorts/test_routes.py",
    "tests/test_",
)
# They walk all addresses, whose pages are tested one by one on both databases.
WALKS = {"test_routes", "test_admin_pages", "test_admin_editor"}
# What asks for one of these, by whatever way, asks the database.
DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest comes first.

    What asks no database, and what walks all addresses, is tested once, in the run on SQLite.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))
    if os.environ.get("TEST_DATABASE_URL"):
        asks = [item for item in items if asks_database(item) and item.path.stem not in WALKS]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
        items[:] = asks


def asks_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("browser")
    apart = "faults" in item.path.parts
    return bool(marked or apart or DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite in a file, as in production: in memory, threads could not share it."""
    if connection.vendor == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def groups_come_back() -> Iterator[None]:
    """A transactional test flushes what migrations made, too; the next one finds it again."""
    kept: dict[str, set[tuple[str, str]]] = {}

    def keep_or_give(using: str, **kwargs: Any) -> None:
        groups = Group.objects.using(using)
        permissions = Permission.objects.using(using)
        if groups.exists():
            for group in groups.all():
                named = group.permissions.values_list("content_type__app_label", "codename")
                kept[group.name] = set(named)
            return
        for name, named in kept.items():
            given = [
                one
                for one in permissions.select_related("content_type")
                if (one.content_type.app_label, one.codename) in named
            ]
            groups.create(name=name).permissions.set(given)

    # The last to hear of it: all apps have their permissions then.
    sender = [config for config in apps.get_app_configs() if config.models_module][-1]
    post_migrate.connect(keep_or_give, sender=sender)
    yield
    post_migrate.disconnect(keep_or_give, sender=sender)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Nothing that a test before has left: shared pages are known by ids that come again."""
    for kept in (cache, pages, answers, current, stored, wordings):
        kept.clear()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what tests upload is stored, under names that never come twice."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def quick_settings(settings: Settings, files: Path) -> None:
    """Pages without a collectstatic before, passwords without a slow hash, files of no other."""
    settings.MEDIA_ROOT = str(files)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
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
