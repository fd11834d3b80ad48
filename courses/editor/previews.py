"""Links by which whoever has one sees a lesson as it would be, until they end."""

from datetime import datetime, timedelta

from accounts.models import User
from courses.editor.desk import Desk
from courses.models import Lesson, LessonPreview

DAYS = (1, 7, 14, 30)
# Valid ones at a time: nobody needs more, and the list is on the form.
MOST = 20


class TooManyError(Exception):
    """End a link first."""


def make_link(*, lesson: Lesson, days: int, by: User, now: datetime) -> LessonPreview:
    """Raises TooManyError."""
    if lesson.previews.valid(now).count() >= MOST:
        raise TooManyError
    return LessonPreview.objects.create(
        lesson=lesson, made_at=now, expires_at=now + timedelta(days=days), made_by=by
    )


def end_link(*, lesson: Lesson, link_id: int) -> None:
    """Whoever has it sees nothing any more; ending twice is ending once."""
    LessonPreview.objects.filter(lesson=lesson, pk=link_id).delete()


def is_published_as_shown(desk: Desk, now: datetime) -> bool:
    """Whether readers have what a preview would show."""
    return desk.draft is None and desk.is_with_readers(now)
