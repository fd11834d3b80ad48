"""Many rows at once, without a model instance for each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

Row = Sequence[Any]


class Rows:
    """Rows for some tables, written together: COPY on PostgreSQL, else one prepared INSERT."""

    def __init__(self) -> None:
        self.waiting: dict[tuple[type[models.Model], tuple[str, ...]], list[Row]] = {}

    def add(self, model: type[models.Model], **values: Any) -> None:
        """By column; what is not named takes the database's default, such as the key."""
        self.waiting.setdefault((model, tuple(values)), []).append(tuple(values.values()))

    def write(self) -> None:
        for (model, columns), rows in self.waiting.items():
            insert(model._meta.db_table, columns, rows)
        self.waiting.clear()


def insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608
            cursor.executemany(statement, [[adapted(value) for value in row] for row in rows])


def adapted(value: Any) -> Any:
    """As SQLite keeps it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value.hex
    return str(value) if isinstance(value, Decimal) else value
