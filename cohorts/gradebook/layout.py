"""The columns of a gradebook, and the rules that hold for all of them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cohorts.gradebook.arithmetic import CategoryRule, Item, Plan, Rules
from cohorts.gradebook.late import closes_at, policy_of
from cohorts.models import Category, Cohort
from courses.models import Status
from courses.statements import aware, fetch

# Each category with each of its items; a row with nothing for one without items.
COLUMNS = """
SELECT category.id, category.name, category.weight, category.counts, category.drop_lowest,
       item.id, item.title, item.points, item.released_at,
       item.quiz_id, quiz.title, quiz.slug, quiz.counts, quiz.status,
       item.assignment_id, assignment.title, assignment.published, assignment.anonymous,
       deadline.id, deadline.opens_at, deadline.due_at
  FROM cohorts_category category
  LEFT JOIN cohorts_gradeitem item ON item.category_id = category.id
  LEFT JOIN quizzes_quiz quiz ON quiz.id = item.quiz_id
  LEFT JOIN cohorts_assignment assignment ON assignment.id = item.assignment_id
  LEFT JOIN cohorts_deadline deadline ON deadline.cohort_id = category.cohort_id
        AND (deadline.quiz_id = item.quiz_id OR deadline.assignment_id = item.assignment_id)
 WHERE category.cohort_id = %s
 ORDER BY category.position, category.id, item.position, item.id
"""


class Kind(StrEnum):
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"
    HAND = "hand"  # nothing is handed in: points are only entered


@dataclass(frozen=True, slots=True)
class Column:
    """`offered`: learners can see it: it is published, and its release has come. `nameless`:
    graders may not know yet who got what. `due_at` is the class's."""

    item: Item
    kind: Kind
    title: str
    category: int
    released_at: datetime | None
    offered: bool
    nameless: bool = False
    quiz: int | None = None
    quiz_slug: str = ""
    assignment: int | None = None
    deadline: int | None = None
    due_at: datetime | None = None

    @property
    def id(self) -> int:
        return self.item.id


@dataclass(frozen=True, slots=True)
class Layout:
    """`names` are those of `plan.categories`; `first_at` is when attempts begin to count, `ended`
    whether the class is over, so that nothing is accepted any more."""

    plan: Plan
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    rules: Rules
    digits: int
    pass_mark: int
    first_at: datetime | None
    ended: bool

    def closes(self, due_at: datetime | None) -> datetime | None:
        return closes_at(due_at, self.rules.late)

    def place_of(self, item: int) -> int:
        """Raises StopIteration."""
        return next(place for place, column in enumerate(self.columns) if column.id == item)


def layout_of(cohort: Cohort, now: datetime) -> Layout:
    """One query."""
    categories: dict[int, tuple[CategoryRule, str]] = {}
    columns: list[Column] = []
    for pk, name, weight, counts, drop, *item in fetch(COLUMNS, [cohort.pk]):
        if pk not in categories:
            equal = counts == Category.Counts.EQUAL
            categories[pk] = CategoryRule(pk, exact(weight), equal, drop), name
        if item[0] is not None:
            columns.append(column(now, len(categories) - 1, *item))
    places = tuple(
        tuple(at for at, one in enumerate(columns) if one.category == category)
        for category in range(len(categories))
    )
    plan = Plan(
        tuple(rule for rule, _ in categories.values()),
        tuple(one.item for one in columns),
        places,
    )
    return Layout(
        plan=plan,
        columns=tuple(columns),
        names=tuple(name for _, name in categories.values()),
        rules=Rules(policy_of(cohort), cohort.missing_as_zero),
        digits=cohort.digits,
        pass_mark=cohort.pass_mark,
        first_at=None if cohort.earlier_work else begins_at(cohort),
        ended=is_over(cohort, now),
    )


def column(now: datetime, category: int, *row: Any) -> Column:
    item, title, points, released_at, quiz, quiz_title, slug, counts, status, *rest = row
    assignment, assignment_title, published, anonymous, deadline, opens_at, due_at = rest
    opened = opens_at is None or aware(opens_at) <= now
    public = status == Status.PUBLISHED if quiz else bool(published)
    return Column(
        item=Item(item, exact(points), counts or ""),
        kind=Kind.QUIZ if quiz else Kind.ASSIGNMENT if assignment else Kind.HAND,
        title=title or quiz_title or assignment_title,
        category=category,
        released_at=aware(released_at),
        offered=public and opened,
        nameless=bool(anonymous) and released_at is None,
        quiz=quiz,
        quiz_slug=slug or "",
        assignment=assignment,
        deadline=deadline,
        due_at=aware(due_at),
    )


def exact(value: Any) -> Decimal:
    """A decimal as a bare cursor hands it over: SQLite has it as a float, in few digits."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def begins_at(cohort: Cohort) -> datetime | None:
    first = cohort.starts_on
    return None if first is None else datetime.combine(first, time(), cohort.zone)


def is_over(cohort: Cohort, now: datetime) -> bool:
    """Archived, or after its last day."""
    if cohort.archived_at is not None or cohort.ends_on is None:
        return cohort.archived_at is not None
    return now >= datetime.combine(cohort.ends_on + timedelta(days=1), time(), cohort.zone)
