"""`docs/teaching.md` says what the code does."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.test import Client

from cohorts.exports import oneroster_results
from cohorts.files import TYPES
from cohorts.models import Category, GradeItem, Membership
from cohorts.people import oneroster, roster
from cohorts.permissions import PERMISSIONS
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CategoryFactory,
    ClassOf,
    DeadlineFactory,
    GradeFactory,
    GradeItemFactory,
    SubmissionFactory,
)

PAGE = Path(settings.BASE_DIR, "docs", "teaching.md").read_text(encoding="utf-8")
# However its lines are broken.
LINE = " ".join(PAGE.split())
COLUMNS = ("owner", "teacher", "assistant", "observer", "learner", "archived")


def rows_of(heading: str) -> Iterator[list[str]]:
    """The cells of the tables below a heading."""
    below = re.split(r"^##+ ", PAGE.split(f"# {heading}\n")[1], flags=re.MULTILINE)[0]
    for line in below.splitlines():
        if line.startswith("|") and not line.startswith("| ---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def test_the_table_of_permissions_is_that_of_the_code() -> None:
    head, *rows = rows_of("Who may do what")
    assert tuple(head[1:]) == COLUMNS
    said = {
        name.split(":")[0]: {
            column for column, cell in zip(COLUMNS, cells, strict=True) if cell == "yes"
        }
        for name, *cells in rows
    }
    assert said == {
        one.name: {str(role) for role in one.roles} | (set() if one.writes else {"archived"})
        for one in PERMISSIONS
    }


def points(
    category: Category, title: str, score: int, of: int, learner: Membership, late: int = 0
) -> GradeItem:
    """What a learner got; `late` hours after it was due, if it was handed in."""
    work = AssignmentFactory(cohort=category.cohort, title=title)
    due = DeadlineFactory(
        cohort=category.cohort, assignment=work, due_at=NOW - timedelta(days=5)
    ).due_at
    SubmissionFactory(assignment=work, membership=learner, submitted_at=due + timedelta(hours=late))
    item = GradeItemFactory(category=category, assignment=work, title="", points=Decimal(of))
    GradeFactory(item=item, membership=learner, score=Decimal(score))
    return item


def test_the_example_is_what_the_gradebook_says(client: Client, autumn: ClassOf) -> None:
    cohort, learner = autumn.cohort, autumn.learner
    cohort.late_percent, cohort.late_floor, cohort.late_cutoff = 10, 50, 7
    cohort.save()
    quizzes = CategoryFactory(
        cohort=cohort, weight=Decimal(40), counts=Category.Counts.EQUAL, drop_lowest=1
    )
    work = CategoryFactory(cohort=cohort, weight=Decimal(60))
    for title, score in (("Quiz 1", 16), ("Quiz 2", 10), ("Quiz 3", 18)):
        points(quizzes, title, score, 20, learner)
    points(work, "Essay", 27, 30, learner)
    points(work, "Report", 44, 50, learner, late=30)
    client.force_login(learner.user)
    found = " ".join(client.get("/cohorts/autumn/grades/").text.split())
    _head, *rows = rows_of("An example")
    said = [row[3] for row in rows]
    said += re.findall(r"^(?:Quizzes|Work|Total)  +(.+)$", PAGE, flags=re.MULTILINE)
    assert len(said) == 8
    assert [sentence for sentence in said if sentence not in found] == []


def test_types_of_files_and_columns_are_those_of_the_code() -> None:
    assert f"| types of file | {', '.join(TYPES)};" in PAGE
    for column in roster.HEADER:
        assert f"`{column}`" in LINE
    for name in (*oneroster.COLUMNS, *oneroster_results.COLUMNS):
        assert f"`{name}.csv`" in LINE
