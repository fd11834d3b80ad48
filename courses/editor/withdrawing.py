"""Taking a lesson away from readers."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.editor.desk import locked
from courses.editor.publishing import SILENT, ChangedError, Words, clear, write
from courses.models import Status


@transaction.atomic
def take_back(*, lesson_id: int, seen: str, by: User, now: datetime, words: Words = SILENT) -> None:
    """Make the lesson a draft that readers do not have; changes that waited become its text.

    Raises ChangedError where the lesson is not as `seen`, the stamp of its desk, any more, and
    where its rows have changed since the draft was begun: the draft would overwrite them.
    """
    desk = locked(lesson_id, now)
    if desk.stamp != seen or desk.is_stale:
        raise ChangedError
    write(desk, desk.text, {"status": str(Status.DRAFT)}, words, by, now)
    clear(desk)
