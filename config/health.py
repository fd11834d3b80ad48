"""Is this process ready to serve? Each part answers for itself."""

import secrets

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def cached() -> bool:
    token = secrets.token_hex(8)
    cache.set("readyz", token, 10)
    # Another process may write in between: any answer shows that the cache works.
    return cache.get("readyz") is not None


PARTS = {"database": database, "cache": cached, "migrations": migrations}


def report() -> dict[str, bool]:
    return {name: part() for name, part in PARTS.items()}
