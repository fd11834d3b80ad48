"""Counting queries as a connection sees them: not the transaction's own statements."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@contextmanager
def queries(number: int) -> Iterator[None]:
    """Fail unless the block makes just `number` queries."""
    with CaptureQueriesContext(connection) as captured:
        yield
    made = [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION)]
    assert len(made) == number, "\n".join([f"{len(made)} queries:", *made])
