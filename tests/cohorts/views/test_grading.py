import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.models import Membership, Submission
from tests.class_factories import NOW, ClassOf, GradeFactory, GroupFactory, MembershipFactory
from tests.cohorts.graded import answered, assignment_with_points, free_quiz, handed_in, item_of
from tests.factories import UserFactory
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db

URL = "/cohorts/autumn/grading/"


@pytest.fixture
def as_assistant(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.assistant.user)
    return client


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows(answer: Any) -> list[list[str]]:
    body = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.split(r"</t[hd]>", row)[:-1] for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_all_that_waits_in_one_table(as_assistant: Client, autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, 50, title="Essay")
    red = GroupFactory(cohort=autumn.cohort, name="Red")
    other = MembershipFactory(cohort=autumn.cohort, listed_as="Wang, Mei", group=red)
    handed_in(essay, autumn.learner)
    answered(free_quiz(autumn.cohort, title="Words"), other, minutes=65)
    again = handed_in(essay, other, minutes=90, number=2)
    earlier = handed_in(essay, other)
    GradeFactory(item=item_of(essay), membership=other, submission=earlier, score=30)
    answer = as_assistant.get(URL)
    assert rows(answer) == [
        ["Essay : Yi-Ting Chen", "Yi-Ting Chen", "–", "19 Nov 2026, 09:00", "Waiting", "– / 50"],
        [
            "Words : Wang, Mei answer 1",
            "Wang, Mei",
            "Red",
            "19 Nov 2026, 10:05",
            "Waiting",
            "– / 4",
        ],
        [
            "Essay : Wang, Mei",
            "Wang, Mei",
            "Red",
            "19 Nov 2026, 10:30",
            "Handed in again",
            "– / 50",
        ],
    ]
    assert f'href="{URL}work/{again.pk}/"' in answer.content.decode()
    assert "3 pieces of work wait, nothing is graded yet." in text(answer)


def test_nothing_is_said_in_words(as_assistant: Client, autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, 50, title="Essay")
    assert "Nothing waits, nothing is graded yet." in text(as_assistant.get(URL))
    done = handed_in(essay, autumn.learner)
    GradeFactory(item=item_of(essay), membership=autumn.learner, submission=done, score=30)
    assert "Nothing waits, one is graded." in text(as_assistant.get(URL))


def test_filters_are_kept_in_each_address(as_assistant: Client, autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, 50, title="Essay")
    done, todo = handed_in(essay, autumn.learner), None
    GradeFactory(item=item_of(essay), membership=autumn.learner, submission=done, score=30)
    todo = handed_in(essay, MembershipFactory(cohort=autumn.cohort))
    query = f"?state=graded&item=work-{essay.pk}"
    answer = as_assistant.get(URL + query)
    assert [row[-2:] for row in rows(answer)] == [["Graded", "30 / 50"]]
    html = answer.content.decode()
    assert f'href="{URL}work/{done.pk}/{query.replace("&", "&amp;")}"' in html
    assert str(todo.pk) not in html
    assert "One piece of work waits, one is graded." in text(answer)
    everything = as_assistant.get(f"{URL}?state=all")
    assert len(rows(everything)) == 2


def test_in_the_zone_of_the_class(as_assistant: Client, autumn: ClassOf) -> None:
    autumn.cohort.time_zone = "Asia/Taipei"
    autumn.cohort.save()
    handed_in(assignment_with_points(autumn.cohort), autumn.learner)
    assert rows(as_assistant.get(URL))[0][3] == "19 Nov 2026, 17:00"


def test_nameless_work_has_no_name_and_no_time(as_assistant: Client, autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, anonymous=True)
    autumn.learner.group = GroupFactory(cohort=autumn.cohort, name="Red")
    autumn.learner.save()
    handed_in(essay, autumn.learner, minutes=17)
    answer = as_assistant.get(URL)
    (row,) = rows(answer)
    assert re.fullmatch(r"Learner [0-9a-f]{6}", row[1])
    assert row[2:4] == ["–", "not told"]
    html = answer.content.decode()
    person = autumn.learner.user
    for telling in (person.email, person.display_name, "09:17", f"/{autumn.learner.pk}/"):
        assert telling not in html
    by_group = as_assistant.get(f"{URL}?group={autumn.learner.group.pk}")
    assert "Nothing waits to be graded here." in text(by_group)
    assert "not shown by group" in text(by_group)
    item = item_of(essay)
    item.released_at = NOW
    item.save()
    assert rows(as_assistant.get(URL))[0][1:4] == ["Yi-Ting Chen", "Red", "19 Nov 2026, 09:17"]


def test_nothing_waits(as_assistant: Client) -> None:
    said = text(as_assistant.get(URL))
    assert "Nothing waits to be graded here." in said
    assert "There is nothing of this kind." in text(as_assistant.get(f"{URL}?state=graded"))


def test_who_may_release_has_a_way_there(client: Client, autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort)
    handed_in(essay, autumn.learner)
    link = f"{URL}items/{item_of(essay).pk}/release/"
    found = []
    for member in (autumn.assistant, autumn.teacher):
        client.force_login(member.user)
        found.append(link in client.get(URL).content.decode())
    assert found == [False, True]


@pytest.mark.parametrize("number", [3, 300])
def test_queries_do_not_grow(as_assistant: Client, autumn: ClassOf, number: int) -> None:
    essay, quiz = assignment_with_points(autumn.cohort), free_quiz(autumn.cohort)
    users = type(UserFactory.build()).objects.bulk_create(UserFactory.build_batch(number))
    members = Membership.objects.bulk_create(
        Membership(cohort=autumn.cohort, user=user, joined_at=NOW) for user in users
    )
    Submission.objects.bulk_create(
        Submission(
            assignment=essay, membership=one, number=1, text="x", saved_at=NOW, submitted_at=NOW
        )
        for one in members
    )
    for member in members[:3]:
        answered(quiz, member)
    as_assistant.get(URL)
    # session, user, member; groups; counts of hand-ins and answers; how many, which; hand-ins,
    # answers, whose answers
    with queries(11):
        answer = as_assistant.get(URL)
    assert len(rows(answer)) == min(number + 3, 50)


def test_in_pages_that_keep_the_filter(as_assistant: Client, autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort)
    for at in range(51):
        handed_in(essay, MembershipFactory(cohort=autumn.cohort), minutes=at)
    html = as_assistant.get(f"{URL}?state=all").content.decode()
    assert 'href="?state=all&amp;page=2"' in html
    assert len(rows(as_assistant.get(f"{URL}?state=all&page=2"))) == 1
    assert len(rows(as_assistant.get(f"{URL}?page=nonsense"))) == 50


def test_an_archived_class_is_read(as_assistant: Client, autumn: ClassOf) -> None:
    autumn.cohort.archived_at = timezone.now()
    autumn.cohort.save()
    handed_in(assignment_with_points(autumn.cohort), autumn.learner)
    assert len(rows(as_assistant.get(URL))) == 1


def test_others_do_not_know_of_it(client: Client, autumn: ClassOf) -> None:
    found = []
    for member in (autumn.observer, autumn.learner, autumn.left, autumn.other_teacher):
        client.force_login(member.user)
        found.append(client.get(URL).status_code)
    assert found == [403, 403, 404, 404]
