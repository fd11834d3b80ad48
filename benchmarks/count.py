"""`python -m benchmarks.count FILE…`: how many queries the requests of each file need, and how
many bytes come back, as JSON.

What all readers share has been asked for before. `first` counts for a learner who comes for the
first time (opening a lesson is then written down), `queries` for one who comes again.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.errors import BenchError  # noqa: E402

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
    *others, learner = file.read_text().split("\n")[: WARM + 1]
    for sequence, line in enumerate(others):
        ask(line, sequence)
    first, _ = queries_of(learner, 1)
    again, size = queries_of(learner, 2)
    return {"first": first, "queries": again, "bytes": size}


def queries_of(line: str, sequence: int) -> tuple[int, int]:
    queries = Queries()
    with connection.execute_wrapper(queries):
        answer = ask(line, sequence)
    if not 200 <= answer.status_code < 300:
        path = line.split("\t")[1]
        raise BenchError(f"{path}: the answer was {answer.status_code}.")
    return len(queries.statements), len(answer.content)


if __name__ == "__main__":
    files = [Path(argument) for argument in sys.argv[1:]]
    print(json.dumps({file.stem: counted(file) for file in files}))
