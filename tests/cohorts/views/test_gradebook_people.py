"""One learner's grades: the staff's page, and their own."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from cohorts.gradebook.items import add_item
from cohorts.models import GradeItem
from quizzes.models import Attempt
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CategoryFactory,
    ClassOf,
    GradeFactory,
    GradeItemFactory,
    MembershipFactory,
)
from tests.quiz_factories import QuizFactory
from tests.quizzes.sql import queries

URL = "/cohorts/autumn/grades/"


@pytest.fixture
def as_own(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.learner.user)
    return client


def test_every_number_explains_itself_in_the_same_words(client: Client, autumn: ClassOf) -> None:
    talks = CategoryFactory(cohort=autumn.cohort, name="Talks", weight=Decimal(40), drop_lowest=1)
    exams = CategoryFactory(cohort=autumn.cohort, name="Exams", weight=Decimal(60))
    for title, score in (("One", "30"), ("Two", "45"), ("Three", "40")):
        item = GradeItemFactory(category=talks, title=title, points=Decimal(50))
        GradeFactory(item=item, membership=autumn.learner, score=Decimal(score))
    item = GradeItemFactory(category=exams, title="Final", points=Decimal(80))
    GradeFactory(item=item, membership=autumn.learner, score=Decimal(50))
    said = [
        "45 + 40 = 85 of 100 points = 85%",
        "Left out as the lowest: One.",
        "Left out: it is among the lowest of its category.",
        "50 of 80 points = 62.5%",
        "(40 × 85% + 60 × 62.5%) ÷ 100 = 71.5%",
        "Totals are rounded half up to 1 digit after the point, once, at the end.",
        "makes 40% of the total",
        "Being late costs no points.",
        "Missing work does not count.",
        "To pass, a total of 60% is needed.",
    ]
    for member, url in (
        (autumn.learner, URL),
        (autumn.observer, f"/cohorts/autumn/gradebook/{autumn.learner.pk}/"),
    ):
        client.force_login(member.user)
        text = client.get(url).text
        assert [sentence for sentence in said if sentence not in text] == []


def test_ways_to_the_work(as_own: Client, autumn: ClassOf) -> None:
    category = CategoryFactory(cohort=autumn.cohort)
    essay, hidden = (
        AssignmentFactory(cohort=autumn.cohort, published=published) for published in (True, False)
    )
    quiz = QuizFactory(course=autumn.cohort.course)
    for thing in ({"assignment": essay}, {"assignment": hidden}, {"quiz": quiz}):
        item = GradeItemFactory(category=category, released_at=NOW, **thing)
        GradeFactory(item=item, membership=autumn.learner, score=Decimal(1))
    text = as_own.get(URL).text
    assert f'href="/cohorts/autumn/assignments/{essay.pk}/"' in text
    assert f'href="/quizzes/{quiz.slug}/"' in text
    assert f"assignments/{hidden.pk}/" not in text


def test_nothing_unreleased_and_nobody_elses(as_own: Client, autumn: ClassOf) -> None:
    shown = CategoryFactory(cohort=autumn.cohort, name="Talks")
    secret = GradeItemFactory(category=shown, title="Secret column", released_at=None)
    GradeFactory(item=secret, membership=autumn.learner, score=Decimal(13), reason="Whispered")
    work = AssignmentFactory(cohort=autumn.cohort, title="Report")
    report = add_item(cohort=autumn.cohort, assignment=work, points=Decimal(8), by=None, now=NOW)
    GradeFactory(item=report, membership=autumn.learner, score=Decimal(3))
    draft = AssignmentFactory(cohort=autumn.cohort, title="A draft", published=False)
    add_item(cohort=autumn.cohort, assignment=draft, points=Decimal(8), by=None, now=NOW)
    known = GradeItemFactory(category=shown, title="Talk", points=Decimal(50))
    GradeFactory(item=known, membership=autumn.learner, score=Decimal(40))
    other = MembershipFactory(cohort=autumn.cohort)
    GradeFactory(item=known, membership=other, score=Decimal(21))
    text = as_own.get(URL).text
    assert "80.0%" in text
    assert "The grades are not released yet." in text
    for leak in ("Secret column", "13", "Whispered", "37.5%", "A draft", "42%", "21 of"):
        assert leak not in text.split("<main")[1], leak
    text = as_own.get(f"/cohorts/autumn/gradebook/{autumn.learner.pk}/").text
    assert "Secret column" not in text


def test_the_staff_sees_what_the_learner_sees(client: Client, autumn: ClassOf) -> None:
    category = CategoryFactory(cohort=autumn.cohort)
    for released_at, score in ((NOW, 40), (None, 80)):
        item = GradeItemFactory(category=category, released_at=released_at)
        GradeFactory(item=item, membership=autumn.learner, score=Decimal(score))
    client.force_login(autumn.teacher.user)
    url = f"/cohorts/autumn/gradebook/{autumn.learner.pk}/"
    assert "The learner sees 40.0% so far" in client.get(url).text
    GradeItem.objects.update(released_at=NOW)
    text = client.get(url).text
    assert "The learner sees" not in text
    assert "60.0%" in text


def test_no_result_before_the_quiz_tells_it(as_own: Client, autumn: ClassOf) -> None:
    quiz = QuizFactory(course=autumn.cohort.course)
    add_item(cohort=autumn.cohort, quiz=quiz, points=Decimal(50), by=None, now=NOW)
    Attempt.objects.create(
        user=autumn.learner.user,
        quiz=quiz,
        seed=0,
        started_at=NOW - timedelta(hours=1),
        submitted_at=NOW,
        score=0.66,
        withheld=True,
    )
    main = as_own.get(URL).text.split("<main")[1]
    assert "Handed in. There is no result yet, so it does not count yet." in main
    assert "66" not in main
    assert "33" not in main
    Attempt.objects.update(withheld=False)
    text = as_own.get(URL).text
    assert "The best attempt (number 1) counts: 66% of 50 points, which is 33." in text


def test_no_grades_yet(as_own: Client, autumn: ClassOf) -> None:
    assert "There are no grades yet." in as_own.get(URL).text


@pytest.mark.parametrize("items", [1, 5])
def test_queries(items: int, as_own: Client, autumn: ClassOf) -> None:
    """Session, user, membership, columns, work, reasons."""
    category = CategoryFactory(cohort=autumn.cohort)
    for _ in range(items):
        GradeFactory(item=GradeItemFactory(category=category), membership=autumn.learner)
    with queries(6):
        as_own.get(URL)
