"""The processes that are killed: the site's server and its workers, and PostgreSQL itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.site import ROOT, free_port, wait_for

COMMAND = [
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
    *("--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers"),
    *("--respawn-interval", "0", "--host", "127.0.0.1"),
]


@dataclass
class Server:
    """Granian with two workers, always on the same port."""

    port: int
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with self.log.open("a") as sink:
            self.process = subprocess.Popen(
                [*COMMAND, "--port", str(self.port), "config.wsgi:application"],
                env=self.environment,
                cwd=ROOT,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )

    def workers(self) -> list[int]:
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_a_worker(self) -> None:
        for pid in self.workers()[-1:]:
            os.kill(pid, signal.SIGKILL)

    def kill_all(self) -> None:
        """The whole group at once, as when the machine runs out of memory."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)


@contextmanager
def serving(environment: dict[str, str], log: Path) -> Iterator[Server]:
    server = Server(free_port(), environment, log)
    server.start()
    try:
        assert server.process
        wait_for(f"http://127.0.0.1:{server.port}/healthz", server.process)
        yield server
    finally:
        server.kill_all()


def run(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout
