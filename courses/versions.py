"""The version of a course's content: what is the same for every reader is kept under it."""

from datetime import datetime

from django.core.cache import cache
from django.db.models import F, Max, Q

from courses.models import Course

# For how long a process may serve shared pages without asking the database whether they changed.
SECONDS = 2


def bump(course_id: int) -> None:
    """Say that content of the course changed: every shared page is made anew."""
    Course.objects.filter(pk=course_id).update(version=F("version") + 1)
    cache.delete(key_of(Course.objects.values_list("slug", flat=True).get(pk=course_id)))


def stamp(course: str, now: datetime) -> str | None:
    """The content of the course `course` as a short string, or None where there is no such course.

    It changes with every edit and when a scheduled lesson falls due; at most `SECONDS` late.
    """
    key = key_of(course)
    found: tuple[str, datetime | None] | None = cache.get(key)
    # Where another machine's clock is ahead, what is due there must not be kept as due from here.
    if found is None or (found[1] and found[1] > now):
        due = Max("tracks__lessons__publish_at", filter=Q(tracks__lessons__publish_at__lte=now))
        rows = Course.objects.filter(slug=course).values("pk", "version").annotate(due=due)
        row = rows.values_list("pk", "version", "due").first()
        if row is None:  # not kept: addresses that people guess must not fill the cache
            return None
        found = (f"{row[0]}.{row[1]}.{row[2].timestamp() if row[2] else 0}", row[2])
        cache.set(key, found, SECONDS)
    return found[0]


def key_of(course: str) -> str:
    return f"course-stamp:{course}"
