"""`make test`: the whole suite on SQLite, then on PostgreSQL, and what was left out.

Everything after `make test ARGS=` goes to pytest. `TEST_DATABASE_URL` names a PostgreSQL to
use; without it one is started for the run and thrown away. With `CI` set, a database or a
browser that is missing is a failure.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.errors import BenchError
from benchmarks.postgres import binary, cluster
from config.make import ROOT, browser

LOGS = ROOT / "var" / "log"
# One process more than there are cores, as browsers and databases are waited for. A file stays
# with one of them, which makes what its tests share once.
SHARED = [
    *("-n", str((os.cpu_count() or 1) + 1)),
    *("--dist", "loadfile", "--no-loadscope-reorder"),
]
# How pytest ends that was given nothing to test.
NO_TESTS = 5
NO_POSTGRESQL = (
    "The PostgreSQL run was skipped: no PostgreSQL server was found. Install it (Debian: apt "
    "install postgresql; macOS: brew install postgresql) or name one: "
    "make test TEST_DATABASE_URL=postgres://…"
)
# A database that lives for minutes need not survive a power cut.
HASTE = [f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes")]


@dataclass(frozen=True)
class Outcome:
    passed: int
    failed: int

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.passed + other.passed, self.failed + other.failed)


def main(arguments: list[str]) -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    chromium = browser.chromium()
    environment = {**os.environ, "CHROMIUM": chromium or ""}
    missing = [] if chromium else [browser.MISSING]
    sqlite = {**environment, "TEST_DATABASE_URL": ""}
    outcome = suite("SQLite", sqlite, arguments)
    with postgresql(os.environ.get("TEST_DATABASE_URL", "")) as url:
        if url:
            outcome += suite("PostgreSQL", {**environment, "TEST_DATABASE_URL": url}, arguments)
        else:
            missing.append(NO_POSTGRESQL)
    return close(outcome, missing, strict="CI" in os.environ)


@contextmanager
def postgresql(given: str) -> Iterator[str]:
    """The address of a database server for the tests, or nothing if there is none."""
    if given or not installed():
        yield given
        return
    with (
        tempfile.TemporaryDirectory(prefix="cairn-test-") as folder,
        cluster(Path(folder)) as server,
    ):
        server.execute(*HASTE, "SELECT pg_reload_conf()")
        yield server.url("postgres")


def installed() -> bool:
    try:
        return bool(binary("initdb") and binary("pg_ctl"))
    except BenchError:
        return False


def suite(name: str, environment: dict[str, str], options: list[str]) -> Outcome:
    print(f"\n{name}", flush=True)
    report = LOGS / f"tests-{name.lower()}.xml"
    report.unlink(missing_ok=True)
    words = [sys.executable, "-m", "pytest", "-q", *SHARED, f"--junitxml={report}", *options]
    code = subprocess.run(words, env=environment, cwd=ROOT).returncode
    # What asks no database was tested in the first run.
    nothing_left = code == NO_TESTS and bool(environment["TEST_DATABASE_URL"])
    return counted(report, 0 if nothing_left else code)


def counted(report: Path, code: int) -> Outcome:
    """What pytest wrote to `report`; a run that ended badly has at least one failure."""
    if not report.exists():
        return Outcome(0, 1)
    numbers = ElementTree.parse(report).getroot().find("testsuite")
    assert numbers is not None
    of = {key: int(numbers.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")}
    failed = of["failures"] + of["errors"]
    passed = of["tests"] - failed - of["skipped"]
    return Outcome(passed, failed or (1 if code else 0))


def close(outcome: Outcome, missing: list[str], *, strict: bool) -> int:
    """Says what was left out and how to have it, then the result as the last line."""
    if strict:
        outcome += Outcome(0, len(missing))
    print()
    for line in missing:
        print(line)
    print(f"{outcome.passed} passed, {outcome.failed} failed", flush=True)
    return 1 if outcome.failed else 0


if __name__ == "__main__":
    # So that a run that is told to end takes its PostgreSQL with it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
