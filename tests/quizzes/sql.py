"""Counting queries as a connection sees them: not the transaction's own statements."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@contextmanager
def queries(least: int, most: int | None = None) -> Iterator[None]:
    """Fail unless the block makes `least` queries, or between `least` and `most`."""
    with CaptureQueriesContext(connection) as captured:
        yield
    made = [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION)]
    assert least <= len(made) <= (most or least), "\n".join([f"{len(made)} queries:", *made])
