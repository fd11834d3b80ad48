"""A PostgreSQL of our own: made in a temporary folder, on a free loopback port, with the
engine's default (durable) settings, and gone at the end."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.errors import BenchError
from benchmarks.ports import free_port

SYSTEM_BINARIES = Path("/usr/lib/postgresql")
NAME = "bench"

Account = dict[str, Any]


@dataclass
class Cluster:
    folder: Path
    port: int
    password: str
    version: str
    process: subprocess.Popen[Any] | None = None

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def url(self, database: str) -> str:
        return f"postgres://{NAME}:{self.password}@127.0.0.1:{self.port}/{database}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def start(self) -> None:
        options = ("listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        flags = [word for option in options for word in ("-c", option)]
        data, log = self.folder / "data", self.folder / "log"
        command = [binary("postgres"), "-D", str(data), "-p", str(self.port), *flags]
        with log.open("a") as sink:
            # A session of its own: Ctrl-C stops the bench, and the bench then stops PostgreSQL.
            self.process = subprocess.Popen(
                command,
                stdout=sink,
                stderr=sink,
                cwd=self.folder,
                start_new_session=True,
                **account_to_run_as(),
            )
        try:
            wait_until_it_answers(self, log)
        except BenchError:
            self.crash()
            raise

    def crash(self) -> None:
        """All its processes end at once, as in a power cut; what was committed is on the disk."""
        assert self.process
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(20)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A new server with its data in `folder`, which then belongs to the account it runs as."""
    folder.mkdir(mode=0o700, exist_ok=True)
    account, password = account_to_run_as(), secrets.token_hex(16)
    data = create(folder, password, account)
    started = Cluster(folder, free_port(), password, (data / "PG_VERSION").read_text().strip())
    started.start()
    try:
        yield started
    finally:
        started.crash()  # at once: the data is thrown away


def create(folder: Path, password: str, account: Account) -> Path:
    data, secret = folder / "data", folder / "secret"
    secret.write_text(password)
    if account:
        for path in (folder, secret):
            os.chown(path, account["user"], account["group"])
    options = ["-U", NAME, "-E", "UTF8", "--no-locale", "-A", "scram-sha-256"]
    done = subprocess.run(
        [binary("initdb"), "-D", str(data), *options, f"--pwfile={secret}"],
        capture_output=True,
        text=True,
        cwd=folder,
        start_new_session=True,
        **account,
    )
    if done.returncode:
        raise BenchError(f"initdb failed:\n{done.stdout}{done.stderr}")
    return data


def wait_until_it_answers(server: Cluster, log: Path) -> None:
    end = time.monotonic() + 30
    while server.process and server.process.poll() is None and time.monotonic() < end:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise BenchError(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")


def binary(name: str) -> str:
    installed = sorted(
        SYSTEM_BINARIES.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    found = shutil.which(name) or next(map(str, installed), None)
    if not found:
        raise BenchError(
            f"The bench needs PostgreSQL's {name}: install the server package, or add it to PATH."
        )
    return found


def account_to_run_as() -> Account:
    """PostgreSQL refuses to run as root: then another account, as keywords of subprocess."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise BenchError("PostgreSQL does not run as root, and there is no postgres or nobody here.")
