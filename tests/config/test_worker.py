import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from config import clock
from config.management.commands import worker as worker_command
from quizzes.models import ReviewPreferences
from quizzes.tasks import mail_due_reviews
from tests.review_factories import CardFactory

ROOT = Path(__file__).resolve().parent.parent.parent
RUNNING = [sys.executable, "manage.py", "worker", "--attached"]


@pytest.fixture
def queue(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks wait in the database, and no round is due."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(clock, "ROUNDS", ())


@pytest.mark.django_db(transaction=True)
def test_does_what_is_queued(queue: None, learner: User) -> None:
    learner.time_zone = f"Etc/GMT{timezone.now().hour - 12:+}"  # where it is noon
    learner.save()
    ReviewPreferences.objects.create(user=learner, mail=True)
    CardFactory(user=learner, remembered=True, due_at=timezone.now() - timedelta(hours=1))
    mail_due_reviews.enqueue(learner.pk)
    assert mail.outbox == []
    call_command("worker", once=True)
    assert [message.to for message in mail.outbox] == [[learner.email]]
    assert [task.return_value for task in DBTaskResult.objects.all()] == [True]


@pytest.fixture
def locked(queue: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The database is locked at first; what the worker did is noted."""
    done: list[str] = []

    def run(self: Worker) -> None:
        done.append("tried")
        if len(done) == 1:
            raise OperationalError("database is locked")
        self.running = False

    monkeypatch.setattr(Worker, "run", run)
    monkeypatch.setattr(Worker, "configure_signals", lambda self: None)
    monkeypatch.setattr(worker_command, "PAUSE", 0)
    return done


@pytest.mark.django_db(transaction=True)
def test_outlives_a_database_that_is_locked(
    locked: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    call_command("worker")
    assert locked == ["tried", "tried"]
    assert caplog.messages == ["The queue cannot be read at present."]


@pytest.mark.django_db(transaction=True)
def test_once_says_that_it_could_not(locked: list[str]) -> None:
    with pytest.raises(OperationalError):
        call_command("worker", once=True)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    address = f"sqlite:///{tmp_path}/worker.sqlite3"
    environment = {**os.environ, "DATABASE_URL": address, "VAR_DIR": str(tmp_path)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], env=environment, cwd=ROOT, check=True
    )
    return environment


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    running = subprocess.Popen(RUNNING, env=environment, cwd=ROOT, stdin=subprocess.PIPE)
    with running as process:
        yield process
        process.kill()


def test_ends_with_who_started_it(worker: "subprocess.Popen[bytes]") -> None:
    assert worker.stdin
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(timeout=2)
    worker.stdin.close()
    assert worker.wait(timeout=20) == 0


def test_ends_when_told(worker: "subprocess.Popen[bytes]") -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(timeout=6)  # until it listens, on a slow machine, too
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
