"""The progress table of a class: one page of learners beside all lessons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Group
from cohorts.overview.columns import Span, columns_in, spans
from cohorts.overview.finding import Wanted, learners_of, page_of, wanted
from cohorts.overview.matrix import Cell, Row, rows
from cohorts.overview.snapshot import Snapshot, snapshot_of
from cohorts.overview.standing import lessons_due, progress_of
from courses.pages.course import CoursePage
from courses.templatetags.times import ago


class Who(NamedTuple):
    """`url` is below the page of the class, so that nothing of the class stands in the cache;
    `risk` are the reasons, "" without any."""

    url: str
    name: str
    risk: str


class Tally(NamedTuple):
    done: int
    seen: str


@dataclass(frozen=True, slots=True)
class Table:
    spans: tuple[Span, ...]
    rows: list[Row]
    page: Page[Any]
    want: Wanted
    snapshot: Snapshot
    now: datetime

    @property
    def lessons(self) -> int:
        return sum(len(span.columns) for span in self.spans)

    @property
    def lines(self) -> Iterator[tuple[str, Who, tuple[Cell, ...], Tally]]:
        """The rows for `parts_around`: what is in the holes of each."""
        for row in self.rows:
            seen = ago(row.last_active, self.now) if row.last_active else _("never")
            who = Who(
                f"people/{row.person.id}/", row.person.name, row.risk.words if row.risk else ""
            )
            yield "", who, row.cells, Tally(row.done, seen)

    @property
    def has_dates(self) -> bool:
        return any(column.due_at for column in columns_in(self.spans))


def table_of(
    cohort: Cohort, course: CoursePage, groups: Sequence[Group], given: QueryDict, now: datetime
) -> Table:
    """Four queries, and those of the snapshot."""
    want = wanted(given, groups)
    snapshot = snapshot_of(cohort, course, now)
    learners = learners_of(cohort, want)
    page, people = page_of(learners, want.sort, snapshot, given.get("page"))
    due, extended = lessons_due(cohort, [person.id for person in people])
    head = spans(course, due, cohort.zone)
    columns = tuple(columns_in(head))
    lessons = [column.id for column in columns]
    found = rows(
        people,
        columns,
        progress_of([person.user_id for person in people], lessons),
        extended,
        last_active=snapshot.last_active,
        risks=snapshot.risks,
        now=now,
    )
    return Table(head, found, page, want, snapshot, now)
