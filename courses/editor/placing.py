"""A lesson's address, and its place on the road."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.editor.desk import locked
from courses.history.recording import Change, record
from courses.history.touching import documents_touched
from courses.models import Lesson, Revision


@transaction.atomic
def place(*, lesson: Lesson, by: User, now: datetime) -> None:
    """Save the track, the address and the position that `lesson` has been given."""
    desk = locked(lesson.pk, now)
    lesson.save(update_fields=["track", "slug", "position"])
    names = desk.touched() | documents_touched(lesson, "track__course")
    change = Change(Revision.Source.EDITOR, by)
    record(course=desk.course, names=names, change=change, now=now)
