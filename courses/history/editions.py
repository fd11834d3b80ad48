"""States of the whole course with a name."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.content.documents import documents_of
from courses.history.recording import catch_up, newest_of
from courses.models import Course, Edition


@transaction.atomic
def make_edition(
    *, course: Course, name: str, by: User | None, note: str, now: datetime
) -> Edition:
    """Name what the course says now. Raises IntegrityError where it has the name already."""
    catch_up(course=course, names=None, now=now)
    edition = Edition.objects.create(course=course, name=name, note=note, made_at=now, made_by=by)
    edition.revisions.set(newest_of(course, documents_of(course)).values())
    return edition
