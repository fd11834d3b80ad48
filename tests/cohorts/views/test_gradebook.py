"""The table: who is on it, in which order, at what cost."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from cohorts.models import Category, Cohort, Grade, GradeItem, Group, Membership
from tests.class_factories import NOW, CategoryFactory, ClassOf, GradeItemFactory
from tests.quizzes.sql import queries

URL = "/cohorts/autumn/gradebook/"
NAME = re.compile(r'<tr><th scope="row"><a href="\d+/">([^<]*)</a>')


def classmates(autumn: ClassOf, *names: str) -> list[Membership]:
    users = User.objects.bulk_create(
        User(email=f"{number}@example.org", display_name=name) for number, name in enumerate(names)
    )
    return Membership.objects.bulk_create(
        Membership(cohort=autumn.cohort, user=user, joined_at=NOW) for user in users
    )


@pytest.fixture
def items(autumn: ClassOf) -> list[GradeItem]:
    first: Category = CategoryFactory(cohort=autumn.cohort, name="Talks", weight=Decimal(1))
    second: Category = CategoryFactory(cohort=autumn.cohort, name="Exams", weight=Decimal(3))
    return [
        GradeItemFactory(category=category, title=title, points=Decimal(50))
        for category, title in ((first, "Talk"), (second, "Exam"))
    ]


def grade(item: GradeItem, member: Membership, score: str | None, **fields: object) -> Grade:
    points = None if score is None else Decimal(score)
    return Grade.objects.create(item=item, membership=member, score=points, **fields)


@pytest.fixture
def as_teacher(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.teacher.user)
    return client


def names(client: Client, query: str = "") -> list[str]:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return NAME.findall(answer.text)


def test_scores_totals_and_standing(
    as_teacher: Client, autumn: ClassOf, items: list[GradeItem]
) -> None:
    talk, exam = items
    (ann,) = classmates(autumn, "Ann <b>")
    grade(talk, ann, "40")
    grade(exam, ann, "25")
    grade(talk, autumn.learner, "10", override=Decimal(20), reason="Q4")
    text = as_teacher.get(URL).text
    # (1 x 80% + 3 x 50%) / 4
    cells = f'<a tabindex="-1" href="{ann.pk}/{talk.pk}/">80</a>'
    assert f'<a href="{ann.pk}/">Ann &lt;b&gt;</a></th><td>{cells}' in text
    assert '<td class="total"><strong>57.5%</strong></td>' in text
    changed = f'{autumn.learner.pk}/{talk.pk}/" class="edited">40<span class="sr">'
    assert changed in text
    assert '<td class="total"><strong>40.0%</strong></td>' in text
    assert 'Talks <span class="soft">25%</span>' in text
    assert "0 of 2" in text
    assert '<span class="figure-num">48.8%</span>' in text


def test_order(as_teacher: Client, autumn: ClassOf, items: list[GradeItem]) -> None:
    talk, _exam = items
    for member, score in zip(
        classmates(autumn, "Ann", "Bo", "Cy"), ("10", "50", "20"), strict=True
    ):
        grade(talk, member, score)
    own = str(autumn.learner.user)
    by_name = sorted(["Ann", "Bo", "Cy", own])
    assert names(as_teacher) == by_name
    assert names(as_teacher, "?sort=-name") == by_name[::-1]
    # Who has nothing comes last, in both directions.
    assert names(as_teacher, "?sort=-total") == ["Bo", "Cy", "Ann", own]
    assert names(as_teacher, f"?sort={talk.pk}") == ["Ann", "Cy", "Bo", own]
    assert names(as_teacher, "?sort=99999") == by_name
    text = as_teacher.get(f"{URL}?sort=-total").text
    assert re.findall(r'aria-sort="(\w+)"><a href="([^"]*)"', text) == [
        ("descending", "?sort=total")
    ]


def test_choosing(as_teacher: Client, autumn: ClassOf, items: list[GradeItem]) -> None:
    talk, exam = items
    group = Group.objects.create(cohort=autumn.cohort, name="Lab")
    ann, bo, cy = classmates(autumn, "Ann", "Bo", "Cy")
    Membership.objects.filter(pk=cy.pk).update(group=group)
    for member, score in ((ann, "45"), (bo, "20"), (cy, "50")):
        grade(talk, member, score)
    assert names(as_teacher, "?show=below") == ["Bo"]
    assert names(as_teacher, f"?group={group.pk}") == ["Cy"]
    assert names(as_teacher, "?q=an") == ["Ann"]
    assert names(as_teacher, "?q=2%40example.org") == ["Cy"]
    assert names(as_teacher, "?show=missing") == []
    assert exam.title in as_teacher.get(URL).text


def test_nonsense_in_the_address_is_left_out(
    as_teacher: Client, autumn: ClassOf, items: list[GradeItem]
) -> None:
    own = [str(autumn.learner.user)]
    nonsense = "?show=%00&group=x&sort=-&page=" + "9" * 30
    assert names(as_teacher, nonsense) == own
    assert names(as_teacher, "?page=0") == own
    assert names(as_teacher, "?q=%00%0a") == own


def test_pages_of_fifty(as_teacher: Client, autumn: ClassOf, items: list[GradeItem]) -> None:
    Membership.objects.filter(pk=autumn.learner.pk).update(left_at=NOW)
    classmates(autumn, *(f"N{number:03}" for number in range(51)))
    assert len(names(as_teacher)) == 50
    assert names(as_teacher, "?page=2") == ["N050"]
    assert names(as_teacher, "?page=7") == ["N050"]
    text = as_teacher.get(f"{URL}?page=2&sort=-name").text
    assert 'href="?sort=-name">Previous page' in text


@pytest.mark.parametrize(("query", "number"), [("", 9), ("?sort=-total", 7), ("?show=below", 7)])
@pytest.mark.parametrize("learners", [3, 300])
def test_queries(
    learners: int,
    query: str,
    number: int,
    as_teacher: Client,
    autumn: ClassOf,
    items: list[GradeItem],
) -> None:
    """Session, user, membership, groups, who of how many, columns, work: no extension, because
    nothing is due. Where the page is not the whole class: who is in it, and their work."""
    Cohort.objects.update(ends_on=(NOW + timedelta(days=9)).date())
    members = classmates(autumn, *(f"N{number:03}" for number in range(learners)))
    Grade.objects.bulk_create(
        Grade(item=item, membership=member, score=10) for item in items for member in members
    )
    expected = number if learners > 50 or query else number - 2
    with queries(expected):
        as_teacher.get(URL + query)


def test_figures_are_kept_for_seconds(
    as_teacher: Client, autumn: ClassOf, items: list[GradeItem]
) -> None:
    members = classmates(autumn, *(f"N{number:03}" for number in range(60)))
    Grade.objects.bulk_create(Grade(item=items[0], membership=one, score=25) for one in members)
    first = as_teacher.get(URL).text
    assert '<span class="figure-num">50.0%</span>' in first
    assert "up to 30 seconds old" in first
    Grade.objects.update(score=50)
    assert '<span class="figure-num">50.0%</span>' in as_teacher.get(URL).text
    # Reading the whole class brings them up to date.
    assert '<span class="figure-num">100.0%</span>' in as_teacher.get(f"{URL}?sort=total").text


def test_a_class_without_items(as_teacher: Client, autumn: ClassOf) -> None:
    assert "Nothing is graded yet." in as_teacher.get(URL).text


def test_who_may_takes_it_away(client: Client, autumn: ClassOf) -> None:
    for member, may in ((autumn.teacher, True), (autumn.assistant, False)):
        client.force_login(member.user)
        assert (f'href="{URL}files/"' in client.get(URL).text) is may
