"""When the course changed for its readers: light rows, without what the documents say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models.fields.json import KT

from courses.changes.public import readable_by
from courses.models import Revision
from courses.pages.course import CoursePage
from courses.pages.shared import kept

# Older ones are in the history that editors have.
MOST = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A revision that readers could see; `before` is the one before it, 0 for the first."""

    id: int
    name: str
    lesson: int
    track: str
    at: datetime
    source: str
    mark: str
    note: str
    before: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One change, or all documents that came at one moment (`loaded`)."""

    at: datetime
    rows: tuple[Row, ...]
    loaded: bool

    @property
    def id(self) -> int:
        return max(row.id for row in self.rows)

    def is_of(self, track: str, mark: str) -> bool:
        """Where a filter is empty, everything passes it."""
        of_track = not track or any(row.track == track for row in self.rows)
        return of_track and (not mark or any(row.mark == mark for row in self.rows))


def timeline(course: CoursePage, now: datetime) -> tuple[Event, ...]:
    """The newest first; of lessons, those that readers have. Two queries a content version."""
    return kept(course.slug, "timeline", now, lambda: tuple(events_of(rows_of(course, now)))) or ()


def rows_of(course: CoursePage, now: datetime) -> list[Row]:
    """Each with the one before it, the oldest first.

    Where there are more than are read, what seems to be first of its kind is not: it is left out.
    """
    tracks = {lesson.id: track.slug for track in course.tracks for lesson in track.lessons}
    revisions = readable_by(Revision.objects.filter(course=course.id), now).order_by("-pk")
    times = due_times(revisions)
    fields = ("pk", "name", "lesson_id", "made_at", "source", "mark", "note")
    found = list(revisions.values_list(*fields)[:MOST])
    rows = [
        Row(pk, name, lesson or 0, tracks.get(lesson, ""), times.get(pk, at), *rest)
        for pk, name, lesson, at, *rest in found
        if lesson is None or lesson in tracks
    ]
    whole = len(found) < MOST
    in_order = linked(sorted(rows, key=lambda row: (row.at, row.id)))
    return [row for row in in_order if whole or row.before]


def due_times(revisions: Any) -> dict[int, datetime]:
    """When readers got those that had waited for their time."""
    waited = revisions.filter(public=False).annotate(due=KT("data__publish_at"))
    return {pk: datetime.fromisoformat(due) for pk, due in waited.values_list("pk", "due")[:MOST]}


def linked(rows: Iterable[Row]) -> Iterator[Row]:
    last: dict[object, int] = defaultdict(int)
    for row in rows:
        # A lesson whose address changed is the same lesson.
        key = row.lesson or row.name
        yield replace(row, before=last[key])
        last[key] = row.id


def events_of(rows: list[Row]) -> Iterator[Event]:
    """The newest first.

    What was there before history was kept is no news; nor are a course's own texts when they
    come with nothing new.
    """
    news = [row for row in rows if row.before or row.source != Revision.Source.OUTSIDE]
    for (at, first), group in groupby(reversed(news), key=lambda row: (row.at, not row.before)):
        found = tuple(group)
        lessons = [row for row in found if row.lesson]
        if not first:
            yield from (Event(at, (row,), loaded=False) for row in found)
        elif len(lessons) > 1:
            yield Event(at, found, loaded=True)
        else:
            yield from (Event(at, (row,), loaded=False) for row in lessons)
