"""The two sites of the bench: Cairn with its course and learners, and the yardstick."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.errors import BenchError
from benchmarks.flows import STEPS, Flow
from benchmarks.pages import Page
from benchmarks.postgres import Cluster
from benchmarks.servers import python

Subject = Page | Flow


@dataclass(frozen=True)
class Site:
    name: str
    application: str
    environment: dict[str, str]
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def write_requests(self, subjects: Iterable[Subject]) -> None:
        """One file a page, one line a learner; of a flow, its steps and the learners."""
        learners, quizzes = self.learners(), self.quizzes()
        for subject in subjects:
            try:
                text = (
                    "\n".join(subject.request_of(learner) for learner in learners)
                    if isinstance(subject, Page)
                    else subject.file(quizzes[subject.slug], [one["session"] for one in learners])
                )
            except KeyError as error:
                raise BenchError(f"{subject.title}: the seed has no {error}.") from error
            self.requests_of(subject).write_text(text)

    def learners(self) -> list[dict[str, Any]]:
        text = (self.folder / "learners").read_text()
        return [json.loads(line) for line in text.split("\n")]

    def quizzes(self) -> dict[str, list[str]]:
        """How whole attempts answer, by the slug of the quiz."""
        found: dict[str, list[str]] = json.loads((self.folder / "quizzes").read_text())
        return found

    def requests_of(self, subject: Subject) -> Path:
        return self.folder / (subject.key + ("" if isinstance(subject, Page) else STEPS))

    def counts(self, subjects: Iterable[Subject]) -> dict[str, dict[str, int]]:
        files = [str(self.requests_of(subject)) for subject in subjects]
        found: dict[str, dict[str, int]] = json.loads(
            python(self.environment, "-m", "benchmarks.count", *files)
        )
        return found


def cairn(cluster: Cluster, folder: Path) -> Site:
    folder.mkdir()
    environment = environment_of(
        "benchmarks.settings",
        cluster.url("cairn"),
        HTTPS="off",
        CACHE_URL="locmemcache://bench",
        EMAIL_URL="dummymail://",
        BENCH_STATIC_ROOT=str(folder / "static"),
    )
    cluster.execute("CREATE DATABASE cairn")
    for command in ("migrate", "load_course", "collectstatic"):
        options = ["--no-input"] if command != "load_course" else []
        python(environment, "manage.py", command, *options)
    python(environment, "-m", "benchmarks.seed", str(folder / "learners"))
    return Site("cairn", "config.wsgi:application", environment, folder)


def yardstick(cluster: Cluster, folder: Path) -> Site:
    folder.mkdir()
    environment = environment_of("benchmarks.yardstick.settings", cluster.url("yardstick"))
    cluster.execute("CREATE DATABASE yardstick")
    # Its tables, which have no migrations, refer to those that do.
    for options in ([], ["--run-syncdb"]):
        python(environment, "-m", "django", "migrate", *options)
    python(environment, "-m", "benchmarks.yardstick.seed", str(folder / "learners"))
    return Site("yardstick", "benchmarks.yardstick.wsgi:application", environment, folder)


def environment_of(settings: str, database: str, **more: str) -> dict[str, str]:
    """The bench's own environment; what the developer's says about Cairn does not count."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("GRANIAN_")},
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_urlsafe(40),
        "DEBUG": "off",
        "ALLOWED_HOSTS": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
        **more,
    }
