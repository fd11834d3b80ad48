"""What a class can set dates for: lessons, quizzes and assignments, in the order of the course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.urls import reverse

from cohorts.models import Cohort
from courses.models import Status
from quizzes.models import Quiz

Kind = Literal["lesson", "quiz", "assignment"]
Key = tuple[Kind, int]
Row = Mapping[str, Any]
Place = tuple[int, ...]

LESSON = (
    *("id", "title", "slug", "position", "status", "publish_at"),
    *("track__slug", "track__title", "track__position", "track__archived"),
)
OF_LESSON = [f"lesson__{field}" for field in LESSON]
OF_TRACK = ["track__title", "track__position", "track__archived"]
QUIZ = ("id", "title", "slug", "mode", "status", *OF_LESSON, *OF_TRACK)
ASSIGNMENT = ("id", "title", "position", "published", *OF_LESSON)
# After everything that has a place.
LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class Thing:
    """`address` is None where it leads nowhere. `track` is the title of its track, or nothing.
    Learners see it if `published`, from `since` on. `closes`: work for it can come too late."""

    kind: Kind
    id: int
    title: str
    address: tuple[str, tuple[Any, ...]] | None
    track: str
    place: Place
    published: bool
    since: datetime | None = None
    closes: bool = False
    archived: bool = False

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def url(self) -> str:
        if self.address is None:
            return ""
        view, parts = self.address
        return reverse(view, args=parts)

    def is_seen(self, now: datetime) -> bool:
        return self.published and (self.since is None or self.since <= now)


def fields_below(prefix: str, fields: Iterable[str]) -> list[str]:
    return [f"{prefix}{field}" for field in fields]


def lesson_of(row: Row, cohort: Cohort, prefix: str = "") -> Thing:
    """Of a row with the fields `LESSON`, each after `prefix`; its class comes with its course."""
    archived = row[f"{prefix}track__archived"] or row[f"{prefix}status"] == Status.ARCHIVED
    slugs = (cohort.course.slug, row[f"{prefix}track__slug"], row[f"{prefix}slug"])
    return Thing(
        kind="lesson",
        id=row[f"{prefix}id"],
        title=row[f"{prefix}title"],
        address=("lesson", slugs),
        track=row[f"{prefix}track__title"],
        place=place_of(row, prefix),
        published=row[f"{prefix}status"] == Status.PUBLISHED and not archived,
        since=row[f"{prefix}publish_at"],
        archived=archived,
    )


def quiz_of(row: Row, cohort: Cohort, prefix: str = "") -> Thing:
    found = about_lesson(row, cohort, f"{prefix}lesson__")
    archived = row[f"{prefix}status"] == Status.ARCHIVED
    track = row[f"{prefix}track__title"] or ""
    if found:
        archived = archived or found.archived
        track = found.track
    else:
        archived = archived or bool(row[f"{prefix}track__archived"])
    return Thing(
        kind="quiz",
        id=row[f"{prefix}id"],
        title=row[f"{prefix}title"],
        address=("quiz", (row[f"{prefix}slug"],)),
        track=track,
        place=(*(found.place[:3] if found else at_the_end(row, prefix)), 1, row[f"{prefix}id"]),
        published=row[f"{prefix}status"] == Status.PUBLISHED
        and not archived
        and (found is None or found.published),
        since=found.since if found else None,
        closes=row[f"{prefix}mode"] == Quiz.Mode.GRADED,
        archived=archived,
    )


def assignment_of(row: Row, cohort: Cohort, prefix: str = "") -> Thing:
    found = about_lesson(row, cohort, f"{prefix}lesson__")
    place = found.place[:3] if found else (LAST, LAST, LAST)
    return Thing(
        kind="assignment",
        id=row[f"{prefix}id"],
        title=row[f"{prefix}title"],
        address=("assignment", (cohort.slug, row[f"{prefix}id"])),
        track=found.track if found else "",
        place=(*place, 2, row[f"{prefix}position"], row[f"{prefix}id"]),
        published=row[f"{prefix}published"],
        closes=True,
    )


def about_lesson(row: Row, cohort: Cohort, prefix: str) -> Thing | None:
    return None if row[f"{prefix}id"] is None else lesson_of(row, cohort, prefix)


def place_of(row: Row, prefix: str) -> Place:
    return row[f"{prefix}track__position"], row[f"{prefix}position"], row[f"{prefix}id"], 0


def at_the_end(row: Row, prefix: str) -> Place:
    """Of its track, or of the course."""
    position = row[f"{prefix}track__position"]
    return LAST if position is None else position, LAST, LAST
