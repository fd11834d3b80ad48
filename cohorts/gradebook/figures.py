"""What a whole class comes to: the figures above its gradebook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from threading import Lock

from django.core.cache import cache

from cohorts.gradebook.arithmetic import Row
from cohorts.gradebook.layout import Layout
from cohorts.gradebook.reading import rows_of
from cohorts.gradebook.wording import standing
from cohorts.models import Cohort, Membership

# So old the figures may be where the page shows only some of the class. It says so.
SECONDS = 30
EDGES = (50, 60, 70, 80, 90)
adding_up = Lock()


@dataclass(frozen=True, slots=True)
class Figures:
    """`average` is the mean of the totals; `spread` counts totals under 50, by tens, over 90;
    `counted` learners have a total, `passing` of them pass; `waiting` results are outstanding."""

    learners: int
    counted: int
    average: Decimal | None
    passing: int
    waiting: int
    spread: tuple[int, ...]


def figures_of(layout: Layout, rows: Iterable[Row]) -> Figures:
    """Pure."""
    all_rows = list(rows)
    totals = [row.total for row in all_rows if row.total is not None]
    spread = [0] * (len(EDGES) + 1)
    for total in totals:
        spread[sum(total * 100 >= edge for edge in EDGES)] += 1
    return Figures(
        learners=len(all_rows),
        counted=len(totals),
        average=sum(totals, Decimal(0)) / len(totals) if totals else None,
        passing=sum(standing(layout, total) == "done" for total in totals),
        waiting=sum(cell.waits for row in all_rows for cell in row.cells),
        spread=tuple(spread),
    )


def key_of(cohort: Cohort) -> str:
    return f"gradebook-figures:{cohort.pk}"


def keep(cohort: Cohort, layout: Layout, rows: Iterable[Row]) -> Figures:
    """Of the whole class, for whoever looks at a part of it in the next seconds."""
    found = figures_of(layout, rows)
    cache.set(key_of(cohort), found, SECONDS)
    return found


def kept_or_new(cohort: Cohort, layout: Layout, now: datetime) -> Figures:
    """Three queries, where nobody asked in the last seconds. Of all who ask in one moment only
    the first adds up; the others wait for it."""
    found: Figures | None = cache.get(key_of(cohort))
    if found is not None:
        return found
    with adding_up:
        found = cache.get(key_of(cohort))
        return found or new(cohort, layout, now)


def new(cohort: Cohort, layout: Layout, now: datetime) -> Figures:
    members = list(Membership.objects.filter(cohort=cohort).learners().values_list("pk", flat=True))
    return keep(cohort, layout, rows_of(layout, members, now).values())
