"""One cell and one column: what is said about them, and changing them."""

from decimal import Decimal

import pytest
from django.test import Client

from cohorts.gradebook.items import add_item
from cohorts.models import Assignment, Cohort, Grade, GradeItem, LogEntry, Membership, RubricMark
from cohorts.talk.plain_text import UNREADABLE
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CategoryFactory,
    ClassOf,
    GradeFactory,
    GradeItemFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.cohorts.graded import assignment_with_points, item_of
from tests.quiz_factories import QuizFactory
from tests.quizzes.sql import queries


@pytest.fixture
def item(autumn: ClassOf) -> GradeItem:
    category = CategoryFactory(cohort=autumn.cohort)
    made: GradeItem = GradeItemFactory(category=category, title="Talk", points=Decimal(20))
    return made


@pytest.fixture
def as_assistant(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.assistant.user)
    return client


def url_of(autumn: ClassOf, item: GradeItem) -> str:
    return f"/cohorts/autumn/gradebook/{autumn.learner.pk}/{item.pk}/"


def test_a_score_is_changed_and_the_reason_told(
    as_assistant: Client, autumn: ClassOf, item: GradeItem
) -> None:
    GradeFactory(item=item, membership=autumn.learner, score=Decimal(5))
    url = url_of(autumn, item)
    sent = {"act": "change", "change-seen": "0", "change-points": "15.5", "change-reason": "Q4"}
    answer = as_assistant.post(url, sent)
    assert (answer.status_code, answer["Location"]) == (302, url)
    text = as_assistant.get(url).text
    assert "5 of 20 points: 25%." in text
    assert "Changed by hand from 5 to 15.5 of 20 points." in text
    assert "Reason: Q4" in text
    assert "5 points → <strong>5 points, changed to 15.5 points</strong>: Q4" in text
    assert str(autumn.assistant.user) in text
    as_assistant.post(url, {"act": "back", "back-seen": "1"})
    assert Grade.objects.get().override is None


def test_points_and_an_excuse(as_assistant: Client, autumn: ClassOf, item: GradeItem) -> None:
    url = url_of(autumn, item)
    as_assistant.post(url, {"act": "points", "points-seen": "0", "points-points": "7"})
    assert Grade.objects.get().score == Decimal(7)
    as_assistant.post(url, {"act": "excuse", "excuse-seen": "1", "excuse-reason": "Was ill"})
    assert Grade.objects.get().excused is True
    assert "Excused: it does not count." in as_assistant.get(url).text
    assert LogEntry.objects.filter(about=autumn.learner, item=item).count() == 2


@pytest.mark.parametrize(
    ("points", "reason", "said"),
    [
        ("", "Q4", "New points, of 20: This field is required."),
        ("15", "", "Reason, shown to the learner: This field is required."),
        ("40.01", "Q4", "Give at most 40 points."),
        ("-1", "Q4", "Give no points, or more."),
        ("1.234", "Q4", "Ensure that there are no more than 2 decimal places."),
        ("NaN", "Q4", "Enter a number."),
        ("15", "a\x00b", str(UNREADABLE)),
    ],
)
def test_what_cannot_be(
    points: str, reason: str, said: str, as_assistant: Client, autumn: ClassOf, item: GradeItem
) -> None:
    sent = {"act": "change", "change-seen": "0", "change-points": points, "change-reason": reason}
    answer = as_assistant.post(url_of(autumn, item), sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert not Grade.objects.exists()


def test_who_saves_over_a_change_is_told_and_may_save_again(
    as_assistant: Client, autumn: ClassOf, item: GradeItem
) -> None:
    GradeFactory(item=item, membership=autumn.learner, score=Decimal(5), revision=4)
    url = url_of(autumn, item)
    sent = {"act": "points", "points-seen": "3", "points-points": "9"}
    answer = as_assistant.post(url, sent)
    assert answer.status_code == 422
    assert "Somebody changed it meanwhile to: 5 points." in answer.text
    assert 'name="points-seen" value="4"' in answer.text
    as_assistant.post(url, {**sent, "points-seen": "4"})
    assert Grade.objects.get().score == Decimal(9)


def test_an_observer_reads_and_an_archive_stays(
    client: Client, autumn: ClassOf, item: GradeItem
) -> None:
    url = url_of(autumn, item)
    client.force_login(autumn.observer.user)
    assert "Change the score" not in client.get(url).text
    assert client.post(url, {"act": "back", "back-seen": "0"}).status_code == 403
    Cohort.objects.update(archived_at=NOW)
    client.force_login(autumn.owner.user)
    assert "Change the score" not in client.get(url).text
    assert client.post(url, {"act": "back", "back-seen": "0"}).status_code == 403


def test_ways_to_what_was_handed_in(client: Client, autumn: ClassOf) -> None:
    """Not for who may not see work, nor where the way would tell whose it is."""
    essay = assignment_with_points(autumn.cohort)
    item = item_of(essay)
    SubmissionFactory(assignment=essay, membership=autumn.learner, number=1)
    newest = SubmissionFactory(assignment=essay, membership=autumn.learner, number=2)
    column = f"/cohorts/autumn/gradebook/items/{item.pk}/"
    way = f"?state=all&amp;item=work-{essay.pk}"

    def ways(member: Membership) -> tuple[bool, bool]:
        client.force_login(member.user)
        to_work = f"/cohorts/autumn/grading/work/{newest.pk}/{way}"
        found = client.get(url_of(autumn, item)).text
        return to_work in found, f"/cohorts/autumn/grading/{way}" in client.get(column).text

    assert ways(autumn.assistant) == (True, True)
    grades = client.get(f"/cohorts/autumn/gradebook/{autumn.learner.pk}/").text
    assert f'href="/cohorts/autumn/people/{autumn.learner.pk}/"' in grades
    assert ways(autumn.observer) == (False, False)
    Assignment.objects.update(anonymous=True)
    assert ways(autumn.assistant) == (False, True)


def test_points_over_a_rubric_say_what_they_take_away(
    as_assistant: Client, autumn: ClassOf
) -> None:
    essay = assignment_with_points(autumn.cohort)
    item = item_of(essay)
    work = SubmissionFactory(assignment=essay, membership=autumn.learner, number=1)
    grade = GradeFactory(item=item, membership=autumn.learner, score=Decimal(5))
    pages = (
        (url_of(autumn, item), "These points come from the rubric."),
        (f"/cohorts/autumn/gradebook/items/{item.pk}/", "By the rubric: other points take"),
    )
    for url, said in pages:
        assert said not in as_assistant.get(url).text
    RubricMark.objects.create(grade=grade, criterion=essay.criteria.create(title="A"), points=5)
    for url, said in pages:
        assert as_assistant.get(url).text.count(said) == 1
    way = f"/cohorts/autumn/grading/work/{work.pk}/?state=all&amp;item=work-{essay.pk}"
    assert f'<a href="{way}">Grade by the rubric</a>' in as_assistant.get(pages[0][0]).text
    # Who has not seen the marks is told of them first.
    Grade.objects.update(revision=1)
    sent = {"act": "points", "points-seen": "0", "points-points": "9"}
    answer = as_assistant.post(pages[0][0], sent)
    assert (answer.status_code, RubricMark.objects.count()) == (422, 1)
    assert pages[0][1] in answer.text
    as_assistant.post(pages[0][0], sent | {"points-seen": "1"})
    assert (Grade.objects.get().score, RubricMark.objects.count()) == (Decimal(9), 0)


def test_names_are_hidden_until_the_release(
    as_assistant: Client, autumn: ClassOf, item: GradeItem
) -> None:
    work = AssignmentFactory(cohort=autumn.cohort, anonymous=True)
    hidden = add_item(cohort=autumn.cohort, assignment=work, points=Decimal(20), by=None, now=NOW)
    GradeFactory(item=hidden, membership=autumn.learner, score=Decimal("17.25"))
    pages = (
        "",
        f"{autumn.learner.pk}/",
        f"{autumn.learner.pk}/{hidden.pk}/",
        f"items/{hidden.pk}/",
    )
    for page in pages:
        text = as_assistant.get(f"/cohorts/autumn/gradebook/{page}").text
        assert "17.25" not in text
        assert "86%" not in text
        assert "86.25" not in text
    sent = {"act": "change", "change-seen": "0", "change-points": "9", "change-reason": "x"}
    assert as_assistant.post(url_of(autumn, hidden), sent).status_code == 422


def column_of(item: GradeItem, *said: tuple[int, str, str, int]) -> dict[str, str]:
    """For each learner: what was there, what is sent, and the revision on the page."""
    sent: dict[str, str] = {}
    for pk, was, points, seen in said:
        sent[f"initial-points-{pk}"] = was
        sent[f"points-{pk}"] = points
        sent[f"seen-{pk}"] = str(seen)
    return sent


def test_a_column_saves_what_was_changed(
    as_assistant: Client, autumn: ClassOf, item: GradeItem
) -> None:
    other = MembershipFactory(cohort=autumn.cohort)
    # Somebody has changed this one since, and the sender has not.
    GradeFactory(item=item, membership=other, score=Decimal(3), revision=2)
    url = f"/cohorts/autumn/gradebook/items/{item.pk}/"
    sent = column_of(
        item, (autumn.learner.pk, "", "12,5".replace(",", "."), 0), (other.pk, "1", "1", 1)
    )
    assert as_assistant.post(url, sent).status_code == 302
    assert list(Grade.objects.order_by("pk").values_list("score", flat=True)) == [
        Decimal(3),
        Decimal("12.5"),
    ]
    assert "The points of 1 learner are saved." in as_assistant.get(url).text


def test_a_column_tells_of_a_conflict_and_saves_the_rest(
    as_assistant: Client, autumn: ClassOf, item: GradeItem
) -> None:
    other = MembershipFactory(cohort=autumn.cohort)
    GradeFactory(item=item, membership=other, score=Decimal(3), revision=2)
    url = f"/cohorts/autumn/gradebook/items/{item.pk}/"
    sent = column_of(item, (autumn.learner.pk, "", "12", 0), (other.pk, "1", "8", 1))
    answer = as_assistant.post(url, sent)
    assert answer.status_code == 422
    assert "Somebody changed it meanwhile to: 3 points." in answer.text
    assert f'name="seen-{other.pk}" value="2"' in answer.text
    assert Grade.objects.get(membership=autumn.learner).score == Decimal(12)
    assert Grade.objects.get(membership=other).score == Decimal(3)


def test_a_quiz_has_no_column_to_fill(as_assistant: Client, autumn: ClassOf) -> None:
    quiz = QuizFactory(course=autumn.cohort.course)
    item = add_item(cohort=autumn.cohort, quiz=quiz, points=Decimal(5), by=None, now=NOW)
    url = f"/cohorts/autumn/gradebook/items/{item.pk}/"
    sent = column_of(item, (autumn.learner.pk, "", "5", 0))
    assert as_assistant.post(url, sent).status_code == 422
    assert not Grade.objects.exists()


@pytest.mark.parametrize("learners", [3, 49])
def test_queries_of_a_column(
    learners: int, as_assistant: Client, autumn: ClassOf, item: GradeItem
) -> None:
    """Session, user, membership, item, how many, who, columns, grades, work, groups."""
    MembershipFactory.create_batch(learners, cohort=autumn.cohort)
    with queries(10):
        as_assistant.get(f"/cohorts/autumn/gradebook/items/{item.pk}/")


@pytest.mark.parametrize("learners", [3, 30])
def test_queries_of_a_cell(
    learners: int, as_assistant: Client, autumn: ClassOf, item: GradeItem
) -> None:
    """Session, user, membership, learner, item, grade, columns, work, reasons, log, neighbours."""
    MembershipFactory.create_batch(learners, cohort=autumn.cohort)
    with queries(11):
        as_assistant.get(url_of(autumn, item))
