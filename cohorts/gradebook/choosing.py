"""The learners on one page of the gradebook, with their rows and the figures of the class."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Window

from cohorts.gradebook.arithmetic import Row, State
from cohorts.gradebook.asking import BELOW, EVERYONE, MISSING, NAME, TOTAL, WAITING, Asked
from cohorts.gradebook.figures import Figures, keep, kept_or_new
from cohorts.gradebook.layout import Layout, layout_of
from cohorts.gradebook.reading import rows_of
from cohorts.gradebook.wording import standing
from cohorts.models import Cohort, Membership
from courses.statements import fetch

ROWS = 50
# The page that nearly everybody opens: as `learners` has them, in plain SQL.
BY_NAME = """
SELECT member.id,
       CASE WHEN member.listed_as <> '' THEN member.listed_as
            WHEN person.display_name <> '' THEN person.display_name
            ELSE person.email END AS name,
       COUNT(*) OVER ()
  FROM cohorts_membership member JOIN accounts_user person ON person.id = member.user_id
 WHERE member.cohort_id = %s AND member.left_at IS NULL AND member.role = 'learner'
 ORDER BY name, member.id LIMIT %s OFFSET %s
"""


class Person(NamedTuple):
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the gradebook. `fresh`: the figures are of this moment."""

    layout: Layout
    people: Sequence[Person]
    rows: Mapping[int, Row]
    found: int
    page: int
    pages: int
    figures: Figures
    fresh: bool


def sheet_of(cohort: Cohort, asked: Asked, now: datetime) -> Sheet:
    """Six queries at most, of which the statement for the rows takes all learners only where
    they are sorted or chosen by it."""
    layout = layout_of(cohort, now)
    return (everybody if asked.needs_all else one_page)(cohort, layout, asked, now)


def learners(cohort: Cohort, asked: Asked) -> QuerySet[Membership, tuple[int, str]]:
    """By name."""
    found = Membership.objects.filter(cohort=cohort).learners().by_name()
    if asked.group:
        found = found.filter(group=asked.group)
    if words := asked.words:
        named = Q(("name__icontains", words))
        found = found.filter(named | Q(user__email__icontains=words) | Q(number=words))
    return found.values_list("pk", "name")  # type: ignore[misc]  # from `by_name()`


def one_page(cohort: Cohort, layout: Layout, asked: Asked, now: datetime) -> Sheet:
    """In the order of names: the database knows who comes on the page."""
    count, page, pages, people = people_of(cohort, asked)
    rows = rows_of(layout, [one.pk for one in people], now)
    whole = not asked.is_filtered and pages == 1
    figures = keep(cohort, layout, rows.values()) if whole else kept_or_new(cohort, layout, now)
    return Sheet(layout, people, rows, count, page, pages, figures, whole)


def people_of(cohort: Cohort, asked: Asked) -> tuple[int, int, int, list[Person]]:
    """How many are found, the page that there is, how many there are, and who is on it. One
    query, or two where less pages are left than somebody asked for."""
    page = max(asked.page, 1)
    rows = counted(cohort, asked, page)
    if not rows and page > 1:
        page, _pages = within(page, learners(cohort, asked).count())
        rows = counted(cohort, asked, page)
    count = rows[0][2] if rows else 0
    return count, *within(page, count), [Person(pk, name) for pk, name, _count in rows]


def counted(cohort: Cohort, asked: Asked, page: int) -> Sequence[Sequence[Any]]:
    """Those on one page, each with how many are found in all."""
    first = (page - 1) * ROWS
    if not asked.is_filtered and not asked.down:
        return fetch(BY_NAME, [cohort.pk, ROWS, first])
    wanted = learners(cohort, asked)
    if asked.down:
        wanted = wanted.reverse()
    return list(wanted.values_list("pk", "name", Window(Count("pk")))[first : first + ROWS])


def everybody(cohort: Cohort, layout: Layout, asked: Asked, now: datetime) -> Sheet:
    people = [Person(*one) for one in learners(cohort, asked)]
    rows = rows_of(layout, [one.pk for one in people], now)
    whole = not asked.group and not asked.words
    figures = keep(cohort, layout, rows.values()) if whole else kept_or_new(cohort, layout, now)
    wanted = is_wanted(layout, asked.show)
    chosen = in_order([one for one in people if wanted(rows[one.pk])], layout, rows, asked)
    page, pages = within(asked.page, len(chosen))
    shown = chosen[(page - 1) * ROWS : page * ROWS]
    return Sheet(layout, shown, rows, len(chosen), page, pages, figures, whole)


def within(page: int, count: int) -> tuple[int, int]:
    """The page that there is, and how many there are."""
    pages = max(1, -(-count // ROWS))
    return min(max(page, 1), pages), pages


def is_wanted(layout: Layout, show: str) -> Callable[[Row], bool]:
    missing = (State.MISSING, State.ZERO)
    return {
        EVERYONE: lambda row: True,
        WAITING: lambda row: any(cell.waits for cell in row.cells),
        MISSING: lambda row: any(cell.state in missing for cell in row.cells),
        BELOW: lambda row: standing(layout, row.total) == "risk",
    }[show]


def in_order(
    people: Sequence[Person], layout: Layout, rows: Mapping[int, Row], asked: Asked
) -> list[Person]:
    """`people` come by name, and those who are equal stay so. Who has nothing comes last."""
    value = value_by(layout, asked.sort)
    if value is None:
        return list(reversed(people) if asked.down else people)
    found = {one.pk: value(rows[one.pk]) for one in people}
    sign = -1 if asked.down else 1

    def key(one: Person) -> tuple[bool, Decimal]:
        share = found[one.pk]
        return share is None, sign * (share or Decimal(0))

    return sorted(people, key=key)


def value_by(layout: Layout, sort: str) -> Callable[[Row], Decimal | None] | None:
    """None for an item that is not there: by name."""
    if sort == TOTAL:
        return lambda row: row.total
    places = [at for at, one in enumerate(layout.columns) if str(one.id) == sort]
    if sort == NAME or not places:
        return None
    return lambda row: row.cells[places[0]].share
