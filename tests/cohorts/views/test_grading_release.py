import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from cohorts.models import GradeItem
from tests.class_factories import ClassOf, GradeFactory, GradeItemFactory, MembershipFactory
from tests.cohorts.graded import assignment_with_points, free_quiz, handed_in, item_of
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_teacher(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.teacher.user)
    return client


@pytest.fixture
def item(autumn: ClassOf) -> GradeItem:
    return item_of(assignment_with_points(autumn.cohort, title="Essay"))


def url(item: GradeItem) -> str:
    return f"/cohorts/autumn/grading/items/{item.pk}/release/"


def text(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_first_what_it_shows_then_the_act(
    as_teacher: Client, item: GradeItem, autumn: ClassOf
) -> None:
    GradeFactory(item=item, membership=autumn.learner)
    handed_in(item.assignment, MembershipFactory(cohort=autumn.cohort))
    said = text(as_teacher.get(url(item)))
    assert "Learners in the class 2 With a grade 1 Work that waits to be graded 1 Excused 0" in said
    item.refresh_from_db()
    assert item.released_at is None
    answer = as_teacher.post(url(item), {"do": "release"})
    assert (answer.status_code, answer["Location"]) == (302, url(item))
    item.refresh_from_db()
    assert item.released_at is not None
    assert [message.to for message in mail.outbox] == [[autumn.learner.user.email]]
    said = text(as_teacher.get(url(item)))
    assert "The grades are released: learners see them." in said
    assert "Hide the grades again" in said


def test_and_back(as_teacher: Client, item: GradeItem) -> None:
    as_teacher.post(url(item), {"do": "release"})
    answer = as_teacher.post(url(item), {"do": "withdraw"}, follow=True)
    assert "The grades are hidden from learners." in text(answer)
    item.refresh_from_db()
    assert item.released_at is None


@pytest.mark.parametrize("said", [{}, {"do": "withdraw"}, {"do": "nonsense"}])
def test_an_old_page_does_nothing_else(
    as_teacher: Client, item: GradeItem, said: dict[str, str]
) -> None:
    answer = as_teacher.post(url(item), said, follow=True)
    assert "Nothing was changed." in text(answer)
    item.refresh_from_db()
    assert item.released_at is None


def test_nameless_work_gets_its_names(as_teacher: Client, autumn: ClassOf) -> None:
    item = item_of(assignment_with_points(autumn.cohort, anonymous=True))
    assert "graders see whose work is whose" in text(as_teacher.get(url(item)))


def test_a_quiz_tells_by_its_own_rules(
    as_teacher: Client, item: GradeItem, autumn: ClassOf
) -> None:
    column = GradeItemFactory(category=item.category, quiz=free_quiz(autumn.cohort), title="")
    assert "The quiz tells its results by its own rules." in text(as_teacher.get(url(column)))


@pytest.mark.parametrize("number", [3, 30])
def test_queries_do_not_grow(
    as_teacher: Client, item: GradeItem, autumn: ClassOf, number: int
) -> None:
    for _ in range(number):
        GradeFactory(item=item, membership=MembershipFactory(cohort=autumn.cohort))
    as_teacher.get(url(item))
    # session, user, member; item; learners, grades, what waits
    with queries(7):
        as_teacher.get(url(item))


def test_others_do_not_know_of_it(client: Client, item: GradeItem, autumn: ClassOf) -> None:
    found = []
    for member in (autumn.assistant, autumn.observer, autumn.learner, autumn.other_teacher):
        client.force_login(member.user)
        found.append(client.post(url(item), {"do": "release"}).status_code)
    assert found == [403, 403, 403, 404]
    item.refresh_from_db()
    assert item.released_at is None


def test_wrong_method(as_teacher: Client, item: GradeItem) -> None:
    assert as_teacher.delete(url(item)).status_code == 405
