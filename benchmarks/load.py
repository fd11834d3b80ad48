"""Asks a server for pages from 16 kept connections: by wrk, or by our own generator."""

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
    """`p50` and `p99` in milliseconds; `bad` are answers other than 2xx, `lost` had none."""

    requests: int
    seconds: float
    p50: float
    p99: float
    bad: int
    status: int
    lost: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "the built-in generator"


def measure(port: int, requests: Path, seconds: float) -> Load:
    command = wrk_command if shutil.which("wrk") else built_in_command
    done = subprocess.run(
        command(port, requests, seconds),
        capture_output=True,
        text=True,
        timeout=seconds + 30,
        start_new_session=True,
    )
    if done.returncode:
        raise BenchError(f"{generator()} failed:\n{done.stdout}{done.stderr}")
    load = Load(**json.loads(done.stdout.strip().split("\n")[-1]))
    if load.bad or load.lost:
        raise BenchError(
            f"{requests.stem}: {load.bad} of {load.requests} answers were not 2xx"
            f" (such as {load.status}), {load.lost} never came."
        )
    return load


def wrk_command(port: int, requests: Path, seconds: float) -> list[str]:
    amount = [f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{round(seconds)}s", "--timeout", "10s"]
    url = f"http://127.0.0.1:{port}"
    return ["wrk", *amount, "-s", str(SCRIPT), url, "--", str(requests)]


def built_in_command(port: int, requests: Path, seconds: float) -> list[str]:
    program = [sys.executable, "-m", "benchmarks.generator"]
    return [*program, str(port), str(requests), str(seconds), str(CONNECTIONS)]
