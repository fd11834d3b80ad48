"""Every change of content becomes a revision of the documents that it touched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.content.documents import digest_of, document, documents_of, lesson_called
from courses.models import Course, Lesson, Revision


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed something, by which way, and what they say about it."""

    source: str
    by: User | None = None
    mark: str = ""
    note: str = ""


PAST = Change(Revision.Source.OUTSIDE)


@transaction.atomic
def record(
    *, course: Course, names: Iterable[str] | None, change: Change, now: datetime
) -> list[Revision]:
    """Append a revision of each named document that differs from its newest one.

    `names` are those of files; None means all documents of the course. Recording twice is
    recording once. To be called in the transaction of the change, after it.
    """
    # One recorder at a time: two could append the same state.
    Course.objects.select_for_update().get(pk=course.pk)
    if names is None:
        found = documents_of(course)
    else:
        found = {name: data for name in names if (data := document(course, name)) is not None}
    newest = newest_digests(course, found)
    return [
        append(course, name, data, change, now)
        for name, data in found.items()
        if newest.get(name) != digest_of(data)
    ]


def catch_up(*, course: Course, names: Iterable[str] | None, now: datetime) -> list[Revision]:
    """Before a change: what is there and was never recorded becomes a revision of its own."""
    return record(course=course, names=names, change=PAST, now=now)


def newest_digests(course: Course, names: Iterable[str]) -> dict[str, str]:
    rows = Revision.objects.filter(course=course, name__in=list(names)).order_by("pk")
    return dict(rows.values_list("name", "digest"))


def append(
    course: Course, name: str, data: dict[str, object], change: Change, now: datetime
) -> Revision:
    lesson = lesson_called(course, name)
    return Revision.objects.create(
        course=course,
        name=name,
        lesson=lesson,
        version=lesson.version if lesson else None,
        public=is_public(lesson, now),
        data=data,
        digest=digest_of(data),
        source=change.source,
        mark=change.mark,
        note=change.note,
        made_at=now,
        made_by=change.by,
    )


def is_public(lesson: Lesson | None, now: datetime) -> bool:
    return lesson is None or Lesson.objects.published(now).filter(pk=lesson.pk).exists()
