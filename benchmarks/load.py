"""Asks a server for pages from 16 kept connections: by wrk, or by our own generator.

Whole attempts need memory from one request to the next: they are always made by our own.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import BenchError

CONNECTIONS, THREADS = 16, 2
SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True)
class Load:
    """`p50` and `p99` in milliseconds; `bad` are answers other than 2xx, `lost` had none.

    Of a flow, `requests` are attempts, `begun` the learners who made them, and `own_cpu` is the
    share of a core that went into asking; no times where not one attempt was whole.
    """

    requests: float
    seconds: float
    p50: float | None
    p99: float | None
    bad: int
    status: int
    lost: int
    begun: int = 0
    own_cpu: float | None = None

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "the built-in generator"


def measure(port: int, requests: Path, seconds: float) -> Load:
    command = wrk_command if shutil.which("wrk") else built_in_command
    return loaded(command(port, requests, seconds), requests, seconds)


def take(port: int, steps: Path, seconds: float, first: int) -> Load:
    """Attempts by the learners of the file from place `first` on."""
    program = [sys.executable, "-m", "benchmarks.taking", str(port), str(steps)]
    return loaded([*program, str(seconds), str(CONNECTIONS), str(first)], steps, seconds)


def loaded(command: list[str], requests: Path, seconds: float) -> Load:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=seconds + 30,
        start_new_session=True,
    )
    if done.returncode:
        raise BenchError(f"The load generator failed:\n{done.stdout}{done.stderr}")
    load = Load(**json.loads(done.stdout.strip().split("\n")[-1]))
    if load.bad or load.lost:
        raise BenchError(
            f"{requests.stem}: {load.bad} answers were not as they should be"
            f" (such as {load.status}), {load.lost} never came.\n{done.stderr}"
        )
    return load


def wrk_command(port: int, requests: Path, seconds: float) -> list[str]:
    amount = [f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{round(seconds)}s", "--timeout", "10s"]
    url = f"http://127.0.0.1:{port}"
    return ["wrk", *amount, "-s", str(SCRIPT), url, "--", str(requests)]


def built_in_command(port: int, requests: Path, seconds: float) -> list[str]:
    program = [sys.executable, "-m", "benchmarks.generator"]
    return [*program, str(port), str(requests), str(seconds), str(CONNECTIONS)]
