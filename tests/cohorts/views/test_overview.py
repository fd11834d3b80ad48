"""The at-risk page; who gets in at all is in the table of routes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.models import Cohort, LogEntry, Membership
from tests.class_factories import (
    ClassOf,
    DeadlineFactory,
    GroupFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.factories import LessonFactory
from tests.quizzes.sql import queries

PAGE = "/cohorts/autumn/at-risk/"
DAY = timedelta(days=1)
VALUES = {"idle_days": 3, "lessons_behind": 4, "failed_attempts": 5}


@pytest.fixture
def same_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks in between whether the course has changed, however slow the machine is."""
    monkeypatch.setattr("courses.versions.SECONDS", 600)


@pytest.fixture
def teacher(autumn: ClassOf, client: Client) -> Client:
    """Everybody has just joined: nobody is idle."""
    Membership.objects.update(joined_at=timezone.now())
    client.force_login(autumn.teacher.user)
    return client


def listed(client: Client, query: str = "") -> list[tuple[str, str]]:
    html = client.get(PAGE + query).content.decode()
    found = re.findall(
        r"<strong>([^<]+)</strong>.*?<ul class=\"reasons[^>]+>(.*?)</ul>", html, re.S
    )
    return [(name, " ".join(re.sub(r"<[^>]+>", " ", words).split())) for name, words in found]


def joined(autumn: ClassOf, name: str, days: float, **fields: object) -> Membership:
    at = timezone.now() - days * DAY
    member: Membership = MembershipFactory(
        cohort=autumn.cohort, listed_as=name, joined_at=at, **fields
    )
    return member


def test_the_worst_first_with_their_reasons(autumn: ClassOf, teacher: Client) -> None:
    joined(autumn, "Ada", 9)
    joined(autumn, "Ben", 30)
    busy = joined(autumn, "Cleo", 30)
    SubmissionFactory(
        assignment__cohort=autumn.cohort,
        membership=busy,
        submitted_at=timezone.now() - timedelta(hours=1),
    )
    assert listed(teacher) == [
        ("Ben", "Nothing yet, for 30 days"),
        ("Ada", "Nothing yet, for 9 days"),
    ]
    assert "2 of 4 learners could use a word." in teacher.get(PAGE).content.decode()


def test_nobody(autumn: ClassOf, teacher: Client) -> None:
    assert listed(teacher) == []
    html = teacher.get(PAGE).content.decode()
    assert "The one learner is on course by these thresholds." in html


def test_of_a_group(autumn: ClassOf, teacher: Client) -> None:
    group = GroupFactory(cohort=autumn.cohort, name="Lab A")
    joined(autumn, "Ada", 9, group=group)
    joined(autumn, "Ben", 30)
    assert listed(teacher, f"?group={group.pk}") == [("Ada", "Nothing yet, for 9 days")]
    theirs = GroupFactory(cohort=autumn.other)
    assert len(listed(teacher, f"?group={theirs.pk}")) == 2


def test_the_thresholds_are_saved_and_noted(autumn: ClassOf, teacher: Client) -> None:
    joined(autumn, "Ada", 4)
    assert listed(teacher) == []
    home = teacher.get("/cohorts/autumn/")
    assert "Nobody is at risk" in home.content.decode()
    answer = teacher.post(PAGE, VALUES)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert listed(teacher) == [("Ada", "Nothing yet, for 4 days")]
    # The class home does not wait for its half minute.
    assert "Nobody is at risk" not in teacher.get("/cohorts/autumn/").content.decode()
    cohort = Cohort.objects.get(pk=autumn.cohort.pk)
    assert {name: getattr(cohort, name) for name in VALUES} == VALUES
    noted = LogEntry.objects.order_by("pk").values_list("what", "before", "after", "actor")
    by = autumn.teacher.user_id
    assert list(noted) == [
        ("Days without activity", "7", "3", by),
        ("Lessons behind the schedule", "2", "4", by),
        ("Times that a quiz was failed", "2", "5", by),
    ]


@pytest.mark.parametrize("value", ["0", "-1", "366", "many", "", "1\0"])
def test_thresholds_that_are_none(value: str, autumn: ClassOf, teacher: Client) -> None:
    answer = teacher.post(PAGE, {**VALUES, "lessons_behind": value})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_lessons_behind"' in html
    assert LogEntry.objects.count() == 0
    assert Cohort.objects.get(pk=autumn.cohort.pk).idle_days == 7


def test_an_observer_sees_the_thresholds_and_changes_nothing(
    autumn: ClassOf, client: Client
) -> None:
    client.force_login(autumn.observer.user)
    html = client.get(PAGE).content.decode()
    assert "<dt>Days without activity</dt><dd>7</dd>" in html
    assert '<form class="stack" method="post"' not in html


def test_an_archived_class_is_read(autumn: ClassOf, teacher: Client) -> None:
    joined(autumn, "Ada", 30)
    Cohort.objects.filter(pk=autumn.cohort.pk).update(archived_at=timezone.now())
    html = teacher.get(PAGE).content.decode()
    assert "days without activity do not count" in html
    assert teacher.post(PAGE, VALUES).status_code == 403


@pytest.mark.usefixtures("same_content")
def test_as_many_queries_for_three_hundred(autumn: ClassOf, teacher: Client) -> None:
    """Session, user, member, groups; behind, failed, activity; these names."""
    lesson = LessonFactory(track__course=autumn.cohort.course)
    due = timezone.now() - DAY
    DeadlineFactory(cohort=autumn.cohort, assignment=None, lesson=lesson, due_at=due)
    joined(autumn, "Ada", 9)
    teacher.get(PAGE)
    with queries(8):
        teacher.get(PAGE)
    at = timezone.now() - 20 * DAY
    people = [MembershipFactory.build().user for _ in range(300)]
    users = type(people[0]).objects.bulk_create(people)
    Membership.objects.bulk_create(
        MembershipFactory.build(cohort=autumn.cohort, user=user, joined_at=at) for user in users
    )
    with queries(8):
        assert teacher.get(PAGE).content.count(b'class="reasons') == 50
