"""A whole site for the browser: its own database, its own files, a production server process."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.people import PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
# The database on PostgreSQL that those of the sites are copies of.
TEMPLATE = "cairn_browser_site"
PEOPLE = """
from tests import people
for person in (people.learner, people.stranger, people.teacher, people.editor):
    person()
"""


@dataclass(frozen=True)
class Site:
    url: str
    folder: Path
    environment: dict[str, str]

    def run(self, *words: str) -> None:
        manage(self.environment, *words)

    def code_for(self, email: str) -> str:
        """The code in the newest mail to `email`."""
        files = sorted((self.folder / "outbox").glob("*.log"), key=lambda f: f.stat().st_mtime)
        mails = [file.read_text("utf-8") for file in files]
        mine = [mail for mail in mails if f"To: {email}" in mail]
        found = re.findall(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mine[-1], re.MULTILINE)
        return str(found[-1])


def manage(environment: dict[str, str], *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {words[0]}: {done.stdout}{done.stderr}"


@contextmanager
def served(folder: Path, worker: str, shared: Path) -> Iterator[Site]:
    """A site in `folder` on a free port of this machine, stopped by its process id.

    The processes of a run make it once, in the folder that they share, and copy it.
    """
    port = free_port()
    shutil.copytree(made_once(shared / "site"), folder, dirs_exist_ok=True)
    with database(folder, f"cairn_browser_{worker}", TEMPLATE) as address:
        environment = environment_of(folder, address)
        with (folder / "server.log").open("w") as log:
            server = subprocess.Popen(
                [
                    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
                    *("--host", "127.0.0.1", "--port", str(port), "config.wsgi:application"),
                ],
                env=environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
            try:
                wait_for(f"http://localhost:{port}/readyz", server)
                yield Site(f"http://localhost:{port}", folder, environment)
            finally:
                server.terminate()
                server.wait(timeout=20)


def made_once(folder: Path) -> Path:
    """The files of a site that nobody has used, whose database is `TEMPLATE`. Who comes second
    waits, and finds them made."""
    made, done = folder / "made", folder / "done"
    made.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            with database(made, TEMPLATE) as address:
                for words in (
                    ("migrate", "-v0"),
                    ("load_course", "-v0"),
                    ("collectstatic", "-v0", "--noinput"),
                    ("shell", "-v0", "-c", PEOPLE),
                ):
                    manage(environment_of(made, address), *words)
            done.touch()
    return made


def environment_of(folder: Path, address: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": address,
        "EMAIL_URL": f"filemail:///{folder}/outbox",
        "ALLOWED_HOSTS": "localhost",
    }


@contextmanager
def database(folder: Path, name: str, template: str = "") -> Iterator[str]:
    """A fresh database of the kind that the suite runs on, on PostgreSQL called `name`.

    One that is no copy of a `template` stays, to be one.
    """
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given:
        yield f"sqlite:///{folder}/site.sqlite3"
        return
    drop(name)
    with psycopg.connect(given, autocommit=True) as connection:
        like = f" TEMPLATE {template}" if template else ""
        connection.execute(f"CREATE DATABASE {name}{like}".encode())
    old = conninfo_to_dict(given)["dbname"]
    head, _, tail = given.rpartition(str(old))
    yield f"{head}{name}{tail}"
    if template:
        drop(name)


def drop(name: str) -> None:
    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(url)


__all__ = ["PASSWORD", "TEMPLATE", "Site", "drop", "served"]
