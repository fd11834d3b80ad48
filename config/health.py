"""Is this process ready to serve? Each part answers for itself."""

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
    try:
        cache.set("readyz", "written", 10)
        return bool(cache.get("readyz") == "written")
    except OSError:  # a folder that may not be written to, a server that does not answer
        return False


PARTS = {"database": database, "cache": cached, "migrations": migrations}


def report() -> dict[str, bool]:
    return {name: part() for name, part in PARTS.items()}
