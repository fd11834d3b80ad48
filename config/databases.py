"""What each database engine needs to be safe and quick under Cairn."""

from pathlib import Path
from typing import Any

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

SQLITE_OPTIONS = {
    # Writers queue at BEGIN instead of failing in mid-transaction.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-20000;"
    ),
}
POSTGRESQL_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
    # Bound on the server and soon prepared, a statement is parsed and planned once. Not at first
    # use: a migration sends several commands as one, and those cannot be prepared.
    "server_side_binding": True,
    "prepare_threshold": 3,
}


def tuned(config: dict[str, Any]) -> dict[str, Any]:
    """`config` (from DATABASE_URL) with the options its engine needs; the URL's own win."""
    defaults = {SQLITE: SQLITE_OPTIONS, POSTGRESQL: POSTGRESQL_OPTIONS}[config["ENGINE"]]
    if config["ENGINE"] == SQLITE and config["NAME"] != ":memory:":
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    options = {**defaults, **config.get("OPTIONS", {})}
    return {**config, "OPTIONS": options, "CONN_MAX_AGE": 0}
