"""The progress table of a class: one page of learners beside all lessons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict

from cohorts.models import Cohort, Group
from cohorts.overview.columns import Span, columns_in, spans
from cohorts.overview.finding import Wanted, learners_of, page_of, wanted
from cohorts.overview.matrix import Row, rows
from cohorts.overview.snapshot import Snapshot, snapshot_of
from cohorts.overview.standing import lessons_due, progress_of
from courses.pages.course import CoursePage


@dataclass(frozen=True, slots=True)
class Table:
    spans: tuple[Span, ...]
    rows: list[Row]
    page: Page[Any]
    want: Wanted
    groups: Sequence[Group]
    snapshot: Snapshot

    @property
    def lessons(self) -> int:
        return sum(len(span.columns) for span in self.spans)

    @property
    def has_dates(self) -> bool:
        return any(column.due_at for column in columns_in(self.spans))


def table_of(cohort: Cohort, course: CoursePage, given: QueryDict, now: datetime) -> Table:
    """Five queries, and those of the snapshot."""
    groups = list(cohort.groups.all())
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
        risks={one.member_id: one for one in snapshot.at_risk},
        now=now,
    )
    return Table(head, found, page, want, groups, snapshot)
