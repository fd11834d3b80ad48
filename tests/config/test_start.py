import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.make import port
from config.management.commands import start

Calls = list[tuple[Any, ...]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What `start` would run, in order."""
    noted: Calls = []

    def note(*words: Any, **options: Any) -> None:
        noted.append(words)

    monkeypatch.setattr(start, "call_command", note)
    monkeypatch.setattr(start, "work", lambda address: noted.append(("worker", address)))
    monkeypatch.setattr(port, "claim", lambda number: noted.append(("claim", number)))
    monkeypatch.setattr(start.connection, "close", lambda: None)
    monkeypatch.setattr(sys, "argv", ["manage.py", "start", "--port", "8123"])
    return noted


@pytest.fixture
def debug(settings: Settings) -> None:
    settings.DEBUG = True


@pytest.mark.django_db
def test_prepares_then_serves(
    debug: None, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("start", port=8123)
    assert calls == [
        ("claim", 8123),
        ("load_course",),
        ("demo",),
        ("worker", "http://127.0.0.1:8123/"),
        ("runserver", "127.0.0.1:8123"),
    ]
    assert sys.argv == ["manage.py", "runserver", "127.0.0.1:8123"]
    assert capsys.readouterr().out == (
        "Loading the course…\n"
        "\n"
        "Cairn is at http://127.0.0.1:8123/\n"
        "\n"
        "Demo people, all with the password stones-on-the-trail\n"
        "  learner@example.org  Lena Learner\n"
        "  teacher@example.org  Tomas Teacher\n"
        "  editor@example.org   Edda Editor\n"
        "The teacher has a class of 30, eight weeks into its term.\n"
        "\n"
        "E-mails are not sent; they are at http://127.0.0.1:8123/outbox/\n"
        "Ctrl-C stops the server.\n"
    )


@pytest.mark.django_db
def test_migrates_only_what_is_not_applied(
    debug: None, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan: Callable[..., list[str]] = lambda *args: ["0001_initial"]  # noqa: E731
    monkeypatch.setattr(start.MigrationExecutor, "migration_plan", plan)
    call_command("start", port=8123)
    assert calls[1:4] == [("migrate",), ("load_course",), ("demo",)]


def test_refuses_without_debug(calls: Calls) -> None:
    with pytest.raises(CommandError, match="This is for DEBUG=on"):
        call_command("start", port=8123)
    assert calls == []


@pytest.mark.django_db
def test_interrupted_preparation_ends_quietly(
    debug: None, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: Any, **options: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "call_command", interrupted)
    with pytest.raises(SystemExit) as stopped:
        call_command("start", port=8123)
    assert stopped.value.code == 0
