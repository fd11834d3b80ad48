"""Serves a WSGI application as in production, and says what CPU time that took."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks import cpu
from benchmarks.errors import BenchError
from benchmarks.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws"]


@dataclass(frozen=True)
class Server:
    pid: int
    port: int

    def cpu_seconds(self) -> float | None:
        return cpu.of_group(self.pid)


@contextmanager
def serve(application: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "granian", application, "--port", str(port), *FLAGS]
    with log.open("w") as sink:
        process = subprocess.Popen(
            command, stdout=sink, stderr=sink, cwd=ROOT, env=environment, start_new_session=True
        )
        try:
            wait_until_it_answers(process, port, log)
            yield Server(process.pid, port)
        finally:
            stop(process)


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("HEAD", "/")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise BenchError(f"The server did not start:\n{log.read_text()[-2000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """The server in good order, then whatever is left of its process group."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def python(environment: dict[str, str], *arguments: str) -> str:
    """What `python ARGUMENTS` prints, run under the environment of one of the two sites."""
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    if done.returncode:
        raise BenchError(f"{' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout
