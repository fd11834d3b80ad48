"""The gradebook of a class, as OneRoster is told about it."""

from collections.abc import Iterator
from datetime import datetime

from cohorts.exports.oneroster_results import (
    EXEMPT,
    GRADED,
    NOTHING,
    WAITING,
    Heading,
    LineItem,
    Result,
    Results,
)
from cohorts.gradebook.arithmetic import Cell, State
from cohorts.gradebook.layout import Column, Layout, layout_of
from cohorts.gradebook.numbers import half_up
from cohorts.gradebook.reading import rows_of
from cohorts.models import Cohort
from cohorts.people.exporting import term_of
from cohorts.people.oneroster import ORG

AT_ONCE = 500
STATUS = {
    State.EXCUSED: EXEMPT,
    State.WAITING: WAITING,
    State.MISSING: NOTHING,
    State.ZERO: NOTHING,
}


def results_of(cohort: Cohort, now: datetime) -> Results:
    """Two queries, and two more for each AT_ONCE learners, as the results are read."""
    layout = layout_of(cohort, now)
    categories = zip(layout.plan.categories, layout.names, strict=True)
    return Results(
        of_class=f"class-{cohort.slug}",
        term=f"term-class-{cohort.slug}",
        school=ORG,
        categories=[Heading(f"category-{one.id}", name, one.weight) for one, name in categories],
        items=[line_item(cohort, layout, column) for column in layout.columns],
        results=read(cohort, layout, now),
    )


def line_item(cohort: Cohort, layout: Layout, column: Column) -> LineItem:
    first, last = term_of(cohort)
    due = column.due_at.astimezone(cohort.zone).date() if column.due_at else last
    return LineItem(
        key=f"item-{column.id}",
        title=column.title,
        category=f"category-{layout.plan.categories[column.category].id}",
        most=column.item.points,
        assigned=min(first, due),
        due=due,
    )


def read(cohort: Cohort, layout: Layout, now: datetime) -> Iterator[Result]:
    """What there is to tell: of things to come, and of hidden ones, nothing."""
    people = list(cohort.members.learners().order_by("pk").values_list("pk", "user_id"))
    today = now.astimezone(cohort.zone).date()
    for first in range(0, len(people), AT_ONCE):
        some = dict(people[first : first + AT_ONCE])
        for member, row in rows_of(layout, list(some), now).items():
            for column, cell in zip(layout.columns, row.cells, strict=True):
                if cell.earned is not None or cell.state in STATUS:
                    yield Result(
                        key=f"result-{member}-{column.id}",
                        item=f"item-{column.id}",
                        student=f"user-{some[member]}",
                        status=status_of(cell),
                        score=None if cell.earned is None else half_up(cell.earned, 2),
                        on=today,
                        late=cell.days_late > 0,
                        missing=cell.state in (State.MISSING, State.ZERO),
                    )


def status_of(cell: Cell) -> str:
    return STATUS.get(cell.state, GRADED)
