"""Learners answer while processes are killed under them; nothing acknowledged may be lost."""

import json
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from benchmarks.errors import BenchError
from benchmarks.postgres import Cluster, binary, cluster
from tests.faults import QUESTIONS
from tests.faults.learner import Learner
from tests.faults.processes import Server, run, serving

ON_POSTGRESQL = bool(os.environ.get("TEST_DATABASE_URL"))
# The first learners begin before the first fault, and the last are still answering after it.
SPREAD = 6.0

Fault = Callable[[], None]


def environment_of(folder: Path, address: str) -> dict[str, str]:
    return {
        **os.environ,
        "VAR_DIR": str(folder),
        "DATABASE_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "LOG_LEVEL": "ERROR",
    }


def take_quiz(server: Server, faults: list[Fault], seeded: dict[str, Any]) -> list[Learner]:
    """Everybody's quiz, with the faults at even distances while they answer."""
    learners = [Learner(server.port, key, Random(key)) for key in seeded["sessions"]]

    def take(learner: Learner) -> None:
        time.sleep(learner.rng.random() * SPREAD)
        learner.take(seeded["slug"])

    with ThreadPoolExecutor(len(learners)) as pool:
        takes = [pool.submit(take, learner) for learner in learners]
        for fault in faults:
            time.sleep(2)
            fault()
        for done in takes:
            done.result()
    return learners


def judge(learners: list[Learner], held: dict[str, Any]) -> None:
    assert len(held) == len(learners), "each learner has one attempt"
    for learner in learners:
        attempt = held[learner.attempt.split("/")[2]]
        assert (attempt["submitted"], attempt["graded"]) == (True, 1)
        assert set(learner.acknowledged) == set(range(1, QUESTIONS + 1))
        right = 0
        for place, answers in learner.acknowledged.items():
            journal = [tuple(entry) for entry in attempt["journal"].get(str(place), [])]
            assert {(*answer, False) for answer in answers} <= set(journal)
            # The learner repeats a packet until it is acknowledged, so the last one counts.
            option = answers[-1][1]
            assert attempt["answers"][str(place)] == [option, float(option == "a")]
            right += option == "a"
        assert attempt["score"] == pytest.approx(right / QUESTIONS)


def whole_server(server: Server) -> Fault:
    def fault() -> None:
        server.kill_all()
        time.sleep(0.5)
        server.start()

    return fault


def whole_database(database: Cluster) -> Fault:
    def fault() -> None:
        database.crash()
        time.sleep(0.5)
        database.start()

    return fault


@contextmanager
def seeded_site(folder: Path, address: str, learners: int) -> Iterator[tuple[Server, Any]]:
    environment = environment_of(folder, address)
    run(environment, "manage.py", "migrate", "-v0")
    run(environment, "manage.py", "collectstatic", "-v0", "--noinput")
    seeded = json.loads(run(environment, "-m", "tests.faults.seed", str(learners)))
    log = folder / "server.log"
    try:
        with serving(environment, log) as server:
            yield server, seeded
    except BaseException as error:
        error.add_note(log.read_text()[-3000:])
        raise


@pytest.mark.skipif(ON_POSTGRESQL, reason="SQLite is tested in the other run")
def test_sqlite(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/faults.sqlite3"
    with seeded_site(tmp_path, address, 20) as (server, seeded):
        faults = [server.kill_a_worker, whole_server(server), server.kill_a_worker]
        learners = take_quiz(server, faults, seeded)
    held = json.loads(run(server.environment, "-m", "tests.faults.verdict"))
    judge(learners, held)
    assert sum(learner.repeated for learner in learners) > 0, "no learner has met a fault"


@pytest.mark.skipif(not ON_POSTGRESQL, reason="PostgreSQL is tested in the other run")
def test_postgresql(tmp_path: Path) -> None:
    try:
        binary("initdb")
    except BenchError:
        pytest.skip("a server that can be killed needs PostgreSQL on this machine")
    # Not below pytest's own folder, which PostgreSQL's account may not enter.
    with TemporaryDirectory(prefix="cairn-faults-") as home, cluster(Path(home)) as database:
        database.execute("CREATE DATABASE faults")
        with seeded_site(tmp_path, database.url("faults"), 200) as (server, seeded):
            faults = [
                server.kill_a_worker,
                whole_server(server),
                whole_database(database),
                server.kill_a_worker,
            ]
            learners = take_quiz(server, faults, seeded)
        held = json.loads(run(server.environment, "-m", "tests.faults.verdict"))
    judge(learners, held)
    assert sum(learner.repeated for learner in learners) > 0, "no learner has met a fault"
