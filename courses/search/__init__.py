"""Search: one interface over PostgreSQL's full-text search and SQLite's FTS5."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from courses.models import Concept, Course, Lesson
from courses.search import postgresql, snippets, sqlite, statements
from courses.search.near import near
from courses.search.query import Query, parse
from courses.search.statements import Row, Scope

SUGGESTIONS = 8
MATCHES = {"sqlite": sqlite.match, "postgresql": postgresql.match}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. The title and the snippet are safe HTML with `<mark>`."""

    kind: str
    title_html: SafeString
    snippet_html: SafeString
    context: str
    url: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits; `total` counts those of the kind asked for, `counts` those of each kind."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    # Where nothing was found: what the words may have meant.
    near: tuple[Hit, ...] = ()

    @property
    def all_kinds(self) -> int:
        return sum(self.counts.values())


def find(
    query: str,
    *,
    course: Course | None,
    user: Any,
    now: datetime,
    kind: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """What `user` may read at `now` and that holds every word of `query`, best first.

    `query` is what was typed, of any length and content. Costs two or three statements.
    """
    asked = parse(query)
    if not asked:
        return Results()
    scope = statements.scope_of(course, user, now)
    match = MATCHES[connection.vendor](asked)
    counts = statements.counts(match, scope)
    if not counts:
        return Results(near=close_to(asked, scope))
    total = counts.get(kind, 0) if kind else sum(counts.values())
    if total <= offset:
        return Results((), total, counts)
    found = statements.page(match, scope, title=asked.typed, kind=kind, limit=limit, offset=offset)
    return Results(tuple(hit_of(row, asked.prefix) for row in found), total, counts)


def suggestions(*, user: Any, now: datetime) -> tuple[str, ...]:
    """Names worth looking for, for who has not typed yet: the first concept of some lessons."""
    concepts = Concept.objects.current().filter(lesson__in=Lesson.objects.visible_to(user, now))
    order = ["position", "lesson__track__optional", "lesson__track__position", "lesson__position"]
    return tuple(concepts.order_by(*order, "pk").values_list("name", flat=True)[:SUGGESTIONS])


def hit_of(row: Row, prefix: str) -> Hit:
    return Hit(
        row.kind,
        snippets.highlighted(row.title, row.marked_title, prefix),
        snippets.snippet(row.text, row.marked_text, prefix),
        row.context,
        row.url,
    )


def close_to(query: Query, scope: Scope) -> tuple[Hit, ...]:
    return tuple(
        Hit(kind, snippets.highlighted(title, title, ""), SafeString(), context, url)
        for kind, title, context, url in near(query, scope)
    )
