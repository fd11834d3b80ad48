"""Tables that were sent, and wait for a yes: files that only who sent them can name."""

import uuid
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "tables"
KEPT = timedelta(days=1)


def path_of(owner: str, token: uuid.UUID, ending: str) -> str:
    return f"{FOLDER}/{owner}-{token.hex}.{ending}"


def keep(*, owner: str, data: bytes, name: str) -> uuid.UUID:
    """`owner` says whose table it is, and of what; `name` ends as the file did."""
    token = uuid.uuid4()
    ending = "xlsx" if name.lower().endswith(".xlsx") else "csv"
    default_storage.save(path_of(owner, token, ending), ContentFile(data))
    return token


def waiting(*, owner: str, token: uuid.UUID) -> tuple[bytes, str] | None:
    """The file and its name, or None where there is none (any more)."""
    for ending in ("csv", "xlsx"):
        path = path_of(owner, token, ending)
        if default_storage.exists(path):
            with default_storage.open(path) as file:
                return file.read(), path
    return None


def forget(*, owner: str, token: uuid.UUID) -> None:
    for ending in ("csv", "xlsx"):
        default_storage.delete(path_of(owner, token, ending))


def forget_old(now: datetime) -> int:
    """Delete what nobody said yes to for a day; how many."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    paths = [f"{FOLDER}/{name}" for name in names]
    old = [path for path in paths if now - default_storage.get_modified_time(path) > KEPT]
    for path in old:
        default_storage.delete(path)
    return len(old)
