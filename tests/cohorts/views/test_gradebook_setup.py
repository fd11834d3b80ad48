from decimal import Decimal

import pytest
from django.test import Client

from cohorts.models import Category, GradeItem, LogEntry
from tests.class_factories import CategoryFactory, ClassOf, GradeFactory, GradeItemFactory
from tests.factories import CourseFactory
from tests.quiz_factories import QuizFactory
from tests.quizzes.sql import queries

URL = "/cohorts/autumn/gradebook/"


@pytest.fixture
def as_owner(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.owner.user)
    return client


def test_weights_in_percent(as_owner: Client, autumn: ClassOf) -> None:
    for name, weight in (("Quizzes", 2), ("Exam", 1)):
        CategoryFactory(cohort=autumn.cohort, name=name, weight=Decimal(weight))
    text = as_owner.get(f"{URL}setup/").text
    assert "Weight 2, which makes <strong>66.67%</strong> of the total" in text
    assert "Weight 1, which makes <strong>33.33%</strong> of the total" in text


def test_a_category_is_made_changed_and_removed(as_owner: Client, autumn: ClassOf) -> None:
    sent = {"name": "Exams", "weight": "60", "counts": "points", "drop_lowest": "0"}
    assert as_owner.post(f"{URL}categories/new/", sent).status_code == 302
    category = Category.objects.get()
    url = f"{URL}categories/{category.pk}/"
    again = as_owner.post(f"{URL}categories/new/", sent)
    assert again.status_code == 422
    assert "There is a category of this name." in again.text
    as_owner.post(url, {**sent, "weight": "55.5", "counts": "equal", "drop_lowest": "2"})
    category.refresh_from_db()
    assert (category.weight, category.counts, category.drop_lowest) == (
        Decimal("55.50"),
        "equal",
        2,
    )
    assert LogEntry.objects.filter(kind="grades").count() == 2
    as_owner.post(f"{url}remove/")
    assert not Category.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weight", "-1"),
        ("weight", "1001"),
        ("drop_lowest", "51"),
        ("counts", "x"),
        ("name", "a\x07b"),
    ],
)
def test_what_a_category_cannot_be(
    field: str, value: str, as_owner: Client, autumn: ClassOf
) -> None:
    sent = {"name": "Exams", "weight": "60", "counts": "points", "drop_lowest": "0", field: value}
    assert as_owner.post(f"{URL}categories/new/", sent).status_code == 422
    assert not Category.objects.exists()


def test_a_quiz_and_a_column_of_ones_own(as_owner: Client, autumn: ClassOf) -> None:
    quiz = QuizFactory(course=autumn.cohort.course, title="Attention")
    elsewhere = QuizFactory(course=CourseFactory(slug="another"))
    url = f"{URL}items/new/"
    assert as_owner.post(url, {"quiz": quiz.pk, "points": "10"}).status_code == 302
    item = GradeItem.objects.get()
    assert (item.quiz, item.category.name, str(item)) == (quiz, "Coursework", "Attention")
    category = {"category": item.category_id}
    for sent in (
        {"quiz": quiz.pk, "points": "10", **category},
        {"quiz": elsewhere.pk, "points": "10", **category},
        {"points": "10", **category},
        {"title": "Talk", "points": "0", **category},
        {"title": "Talk", "points": "10", "category": CategoryFactory(cohort=autumn.other).pk},
    ):
        assert as_owner.post(url, sent).status_code == 422, sent
    as_owner.post(url, {"title": "Talk", "points": "20", **category})
    assert [str(one) for one in GradeItem.objects.order_by("pk")] == ["Attention", "Talk"]
    text = as_owner.get(f"{URL}setup/").text
    assert "Entered by hand · 20 points · not released" in text


def test_an_item_is_changed(as_owner: Client, autumn: ClassOf) -> None:
    item = GradeItemFactory(category=CategoryFactory(cohort=autumn.cohort), title="Talk")
    other = CategoryFactory(cohort=autumn.cohort)
    url = f"{URL}items/{item.pk}/edit/"
    sent = {"title": "The talk", "points": "12.5", "category": other.pk, "position": "4"}
    assert as_owner.post(url, sent).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.points, item.category, item.position) == (
        "The talk",
        Decimal("12.50"),
        other,
        4,
    )
    assert as_owner.post(url, {**sent, "title": ""}).status_code == 422


def test_removing_asks_first(as_owner: Client, autumn: ClassOf) -> None:
    item = GradeItemFactory(category=CategoryFactory(cohort=autumn.cohort))
    GradeFactory(item=item, membership=autumn.learner)
    url = f"{URL}items/{item.pk}/remove/"
    assert "One learner has a grade, a change or an excuse here." in as_owner.get(url).text
    assert GradeItem.objects.exists()
    assert as_owner.post(url).status_code == 302
    assert not GradeItem.objects.exists()


def test_a_category_with_items_stays(as_owner: Client, autumn: ClassOf) -> None:
    category = CategoryFactory(cohort=autumn.cohort)
    GradeItemFactory(category=category)
    url = f"{URL}categories/{category.pk}/remove/"
    assert "There is one item in it." in as_owner.get(url).text
    as_owner.post(url)
    assert Category.objects.get() == category


@pytest.mark.parametrize("number", [1, 3])
def test_queries(number: int, as_owner: Client, autumn: ClassOf) -> None:
    """Session, user, membership, columns, categories."""
    for category in CategoryFactory.create_batch(number, cohort=autumn.cohort):
        GradeItemFactory.create_batch(number, category=category)
    with queries(5):
        as_owner.get(f"{URL}setup/")
