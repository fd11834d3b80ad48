"""The two statements of a search, the same on both databases but for what a `Match` fills in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from courses.models import Course, Lesson

# What the course itself calls so, then what its glossary does, then all else.
FIRST = """CASE WHEN NOT ({in_title}) THEN 2 WHEN entry.kind IN ('lesson', 'concept') THEN 0
                WHEN entry.kind = 'term' THEN 1 ELSE 2 END"""
# A lesson or a concept is more likely what one wants than a reference that has the same words.
BOOST = "CASE entry.kind WHEN 'lesson' THEN 1.5 WHEN 'concept' THEN 1.3 ELSE 1.0 END"
# What stands around a match on its way from the database; never in an index text, never in a page.
START, STOP = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Match:
    """A database's own words for a query: SQL with `entry` as the table of entries."""

    source: str
    params: tuple[str, ...]
    rank: str
    title: str
    text: str
    # Whether the title alone matches, and the parameters of that.
    in_title: str
    title_params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """The entries that may be found, as a condition on `entry`."""

    condition: str
    params: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Row:
    kind: str
    title: str
    text: str
    context: str
    url: str
    marked_title: str
    marked_text: str


def scope_of(course: Course | None, user: Any, now: datetime) -> Scope:
    """What `user` may find at `now`: entries of lessons that they may read, or of no lesson."""
    lessons, params = Lesson.objects.visible_to(user, now).values("pk").query.sql_with_params()
    condition = f"(entry.lesson_id IS NULL OR entry.lesson_id IN ({lessons}))"
    if course is None:
        return Scope(condition, params)
    return Scope(f"{condition} AND entry.course_id = %s", (*params, course.pk))


def counts(match: Match, scope: Scope) -> dict[str, int]:
    return dict(
        rows(
            f"SELECT entry.kind, COUNT(*) FROM {match.source} AND {scope.condition} "  # noqa: S608
            "GROUP BY entry.kind",
            (*match.params, *scope.params),
        )
    )


def page(
    match: Match, scope: Scope, *, title: str, kind: str | None, limit: int, offset: int
) -> tuple[Row, ...]:
    """Rows of `kind`, best first: those FIRST, of them those with just `title` (in lower case)."""
    first = FIRST.format(in_title=match.in_title)
    only = "AND entry.kind = %s" if kind else ""
    asked = (*match.params, *scope.params, *([kind] if kind else []))
    found = rows(
        f"SELECT entry.kind, entry.title, entry.text, entry.context, entry.url, "  # noqa: S608
        f"{match.title}, {match.text} FROM {match.source} AND {scope.condition} {only} "
        f"ORDER BY {first}, LOWER(entry.title) = %s DESC, {match.rank}, entry.id "
        "LIMIT %s OFFSET %s",
        (*asked, *match.title_params, title, limit, offset),
    )
    return tuple(Row(*row) for row in found)


def rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
