"""Every change of content becomes a revision of the documents that it touched."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from courses.content.documents import (
    digest_of,
    documents_called,
    documents_of,
    name_of,
)
from courses.content.normal import IMAGES
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
    recording once. To be called in the transaction of the change, after it. The number of queries
    does not grow with the names.
    """
    wanted = None if names is None else set(names)
    if wanted is not None and not wanted:
        return []
    # One recorder at a time: two could append the same state.
    Course.objects.select_for_update().get(pk=course.pk)
    found = documents_of(course) if wanted is None else documents_called(course, wanted)
    newest = newest_digests(course, found)
    digests = {name: digest_of(data) for name, data in found.items()}
    changed = {
        name: data
        for name, data in found.items()
        if newest.get(name) != digests[name] and (name in newest or is_a_file(name, data))
    }
    lessons = lessons_of(course, changed)
    readable = published_among(lessons.values(), now)
    return Revision.objects.bulk_create(
        Revision(
            course=course,
            name=name,
            lesson=lessons.get(name),
            version=lessons[name].version if name in lessons else None,
            public=name not in lessons or lessons[name].pk in readable,
            data=data,
            digest=digests[name],
            source=change.source,
            mark=change.mark,
            note=change.note,
            made_at=now,
            made_by=change.by,
        )
        for name, data in changed.items()
    )


def is_a_file(name: str, data: Mapping[str, Any]) -> bool:
    """Without pictures there is no images.yaml; that is worth a revision only if there was one."""
    return name != IMAGES or bool(data["images"])


def catch_up(*, course: Course, names: Iterable[str] | None, now: datetime) -> list[Revision]:
    """Before a change: what is there and was never recorded becomes a revision of its own."""
    return record(course=course, names=names, change=PAST, now=now)


def newest_of(course: Course, names: Iterable[str]) -> "dict[str, int]":
    """The newest revision's id of each of these documents that has one."""
    rows = Revision.objects.filter(course=course, name__in=list(names)).order_by()
    return dict(rows.values("name").annotate(last=Max("pk")).values_list("name", "last"))


def newest_digests(course: Course, names: Iterable[str]) -> dict[str, str]:
    rows = Revision.objects.filter(course=course, name__in=list(names)).order_by()
    last = rows.values("name").annotate(last=Max("pk")).values("last")
    return dict(Revision.objects.filter(pk__in=last).order_by().values_list("name", "digest"))


def lessons_of(course: Course, documents: Collection[str]) -> dict[str, Lesson]:
    """The lessons of these documents by the documents' names."""
    slugs = {name.removesuffix(".yaml").rpartition("/")[2] for name in documents}
    found = Lesson.objects.filter(track__course=course, slug__in=slugs).select_related("track")
    lessons = {name_of(lesson): lesson for lesson in found} if documents else {}
    return {name: lesson for name, lesson in lessons.items() if name in documents}


def published_among(lessons: Collection[Lesson], now: datetime) -> set[int]:
    if not lessons:
        return set()
    ids = [lesson.pk for lesson in lessons]
    return set(Lesson.objects.published(now).filter(pk__in=ids).values_list("pk", flat=True))
