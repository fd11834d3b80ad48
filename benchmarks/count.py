"""`python -m benchmarks.count FILE…`: how many queries the requests of each file need, and how
many bytes come back, as JSON. Of a file of whole attempts (`.steps`): the most queries that each
kind of step needs.

What all readers share has been asked for before. `first` counts for a learner who comes for the
first time (opening a lesson is then written down), `queries` for one who comes again.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.errors import BenchError  # noqa: E402
from benchmarks.flows import STEPS, Places  # noqa: E402

WARM = 3
client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")


class Queries:
    """Counts what reaches the database: reads and writes, not BEGIN and COMMIT."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.statements.append(sql)
        return execute(sql, *rest)


def ask(line: str, sequence: int) -> HttpResponse:
    method, path, cookies, header, body = line.replace("{sequence}", str(sequence)).split("\t")
    client.cookies.clear()
    client.cookies.load(cookies)
    headers = dict([header.split(": ")]) if header else {}
    kind = "application/x-www-form-urlencoded"
    return cast(HttpResponse, client.generic(method, path, body, kind, headers=headers))


def counted(file: Path) -> dict[str, int]:
    return counted_steps(file) if file.suffix == STEPS else counted_page(file)


def counted_page(file: Path) -> dict[str, int]:
    *others, learner = file.read_text().split("\n")[: WARM + 1]
    for sequence, line in enumerate(others):
        ask(line, sequence)
    first, _ = queries_of(learner, 1)
    again, size = queries_of(learner, 2)
    return {"first": first, "queries": again, "bytes": size}


def queries_of(line: str, sequence: int) -> tuple[int, int]:
    queries, answer = asked(line, sequence)
    if not 200 <= answer.status_code < 300:
        path = line.split("\t")[1]
        raise BenchError(f"{path}: the answer was {answer.status_code}.")
    return queries, len(answer.content)


def asked(line: str, sequence: int) -> tuple[int, HttpResponse]:
    queries = Queries()
    with connection.execute_wrapper(queries):
        answer = ask(line, sequence)
    return len(queries.statements), answer


def counted_steps(file: Path) -> dict[str, int]:
    """By the last learners of the file, who are not soon asked to be fresh; one of them twice."""
    steps, sessions = (part.split("\n") for part in file.read_text().split("\n\n"))
    learner, *others = sessions[-WARM - 1 :]
    for other in others:
        list(attempt(steps, other))
    each = [*attempt(steps, learner), *attempt(steps, learner)]
    return {name: max(found for other, found in each if other == name) for name, _ in each}


def attempt(steps: list[str], session: str) -> Iterator[tuple[str, int]]:
    """The name of each step, and its queries."""
    places = Places(session)
    for step in steps:
        name, status, line = step.split("\t", 2)
        line = places.fill(line)
        queries, answer = asked(line, int(time.time() * 1000))
        if answer.status_code != int(status):
            raise BenchError(f"{line}: {answer.status_code} instead of {status}.")
        places.go(answer.headers.get("Location", ""))
        yield name, queries


if __name__ == "__main__":
    files = [Path(argument) for argument in sys.argv[1:]]
    print(json.dumps({file.stem: counted(file) for file in files}))
