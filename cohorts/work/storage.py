"""Stored files go with the last row that names them; what is left over goes once a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import Storage, default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from cohorts.models import SubmissionFile

FOLDER = "submissions"
# A file is stored a moment before its row: a younger one may be of a request that still runs.
GRACE = timedelta(days=1)


@receiver(post_delete, sender=SubmissionFile)
def row_is_gone(instance: SubmissionFile, **kwargs: Any) -> None:
    """Not before the transaction is through: were it taken back, the file would be missed."""
    name = instance.file.name or ""
    transaction.on_commit(lambda: delete_unnamed(name), robust=True)


def delete_unnamed(name: str) -> None:
    if name and not SubmissionFile.objects.filter(file=name).exists():
        default_storage.delete(name)


def delete_orphans(now: datetime) -> int:
    """Deletes stored files that no row names, and says how many those were. A query a folder."""
    deleted = 0
    for names in stored(default_storage):
        named = set(SubmissionFile.objects.filter(file__in=names).values_list("file", flat=True))
        for name in names:
            if name not in named and now - default_storage.get_modified_time(name) > GRACE:
                default_storage.delete(name)
                deleted += 1
    return deleted


def stored(storage: Storage) -> Iterator[list[str]]:
    """The names in each folder below ours; nothing where that has not been made yet."""
    try:
        folders, _files = storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for folder in folders:
        yield [f"{FOLDER}/{folder}/{name}" for name in storage.listdir(f"{FOLDER}/{folder}")[1]]
