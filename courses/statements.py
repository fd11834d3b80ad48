"""SQL of our own for the few statements that almost every page runs.

Composed by the ORM at each request, they would take longer to write than the database takes to
answer them. They are plain SQL that both databases know; the tests run them on both.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime


def fetch(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def aware(value: Any) -> Any:
    """A time as a bare cursor hands it over: SQLite in UTC without saying so, at times as text.

    Answers with an aware datetime, and with None for None.
    """
    found = parse_datetime(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
