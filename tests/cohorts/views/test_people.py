"""The pages of people: rights are in the table of routes, deeds in the tests of their modules."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from cohorts.models import Group, Membership
from courses.models import LessonProgress
from tests.class_factories import NOW, ClassOf, GroupFactory, MembershipFactory
from tests.cohorts.people.factories import InvitationFactory
from tests.factories import LessonFactory, TrackFactory, UserFactory
from tests.quizzes.sql import queries

PAGE = "/cohorts/autumn/people/"


@pytest.fixture
def teacher(autumn: ClassOf, client: Client) -> Client:
    client.force_login(autumn.teacher.user)
    return client


def names(client: Client, query: str = "") -> list[str]:
    text = client.get(PAGE + query).content.decode()
    return re.findall(r'<th scope="row">.*?<span>(?:<a[^>]*>)?([^<]+)', text)


def test_people_by_role_and_name(autumn: ClassOf, teacher: Client) -> None:
    MembershipFactory(cohort=autumn.cohort, listed_as="Aaron First")
    assert names(teacher) == [
        *("Amara Osei", "Tess Teacher", "Asif Assistant", "Olga Observer"),
        *("Aaron First", "Yi-Ting Chen"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=chen", ["Yi-Ting Chen"]),
        ("?q=CHEN yi", ["Yi-Ting Chen"]),
        ("?q=tess@example", ["Tess Teacher"]),
        ("?q=100%25", []),
        ("?q=otto", []),
        ("?role=observer", ["Olga Observer"]),
        ("?role=gone", ["Lars Left", "Remo Removed"]),
        ("?role=nonsense&group=x&page=y", ["Amara Osei", "Tess Teacher", "Asif Assistant"]),
    ],
)
def test_found(query: str, expected: list[str], autumn: ClassOf, teacher: Client) -> None:
    assert names(teacher, query)[:3] == expected


def test_of_a_group(autumn: ClassOf, teacher: Client) -> None:
    group = GroupFactory(cohort=autumn.cohort, name="Lab A")
    theirs = GroupFactory(cohort=autumn.other, name="Theirs")
    Membership.objects.filter(pk=autumn.learner.pk).update(group=group)
    assert names(teacher, f"?group={group.pk}") == ["Yi-Ting Chen"]
    # Of another class: as if it were not asked for.
    assert len(names(teacher, f"?group={theirs.pk}")) == 5
    assert "Theirs" not in teacher.get(PAGE).content.decode()


def many(autumn: ClassOf, number: int) -> None:
    lesson = LessonFactory(track=TrackFactory(course=autumn.cohort.course))
    users = UserFactory.create_batch(number)
    members = [
        Membership(cohort=autumn.cohort, user=user, joined_at=NOW - timedelta(days=n))
        for n, user in enumerate(users)
    ]
    Membership.objects.bulk_create(members)
    LessonProgress.objects.bulk_create(
        LessonProgress(user=user, lesson=lesson, started_at=NOW, last_read_at=NOW, version_read=1)
        for user in users
    )
    for _n in range(number // 30 + 1):
        InvitationFactory(cohort=autumn.cohort)
        GroupFactory(cohort=autumn.cohort)


@pytest.mark.parametrize("number", [3, 300])
def test_queries(number: int, autumn: ClassOf, teacher: Client) -> None:
    many(autumn, number)
    # Session, who asks, their membership; groups, how many people, who, when they last read; how
    # many invitations, which.
    with queries(9):
        answer = teacher.get(PAGE)
    assert len(answer.context["rows"]) == min(number + 5, 50)


def test_pages_keep_what_was_asked(autumn: ClassOf, teacher: Client) -> None:
    many(autumn, 120)
    text = teacher.get(f"{PAGE}?role=learner&q=example").content.decode()
    assert 'href="?role=learner&amp;q=example&amp;page=2"' in text


def test_an_observer_changes_nothing(autumn: ClassOf, client: Client) -> None:
    GroupFactory(cohort=autumn.cohort)
    InvitationFactory(cohort=autumn.cohort, email="secret@example.org")
    client.force_login(autumn.observer.user)
    text = client.get(PAGE).content.decode()
    assert "Yi-Ting Chen" in text
    for way in ("secret@example.org", "/edit/", "/invite/", 'name="member"', "oneroster"):
        assert way not in text


def test_only_those_below_can_be_changed(autumn: ClassOf, teacher: Client) -> None:
    text = teacher.get(PAGE).content.decode()
    found = {int(pk) for pk in re.findall(r"people/(\d+)/edit/", text)}
    assert found == {autumn.assistant.pk, autumn.observer.pk, autumn.learner.pk}
    assert teacher.get(f"{PAGE}{autumn.owner.pk}/edit/").status_code == 403
    assert teacher.post(f"{PAGE}{autumn.owner.pk}/remove/").status_code == 403


def test_learners_are_moved(autumn: ClassOf, teacher: Client) -> None:
    group = GroupFactory(cohort=autumn.cohort)
    form = {"member": [autumn.learner.pk, "99999", "x", "9" * 30], "to_group": group.pk}
    answer = teacher.post(f"{PAGE}move/", form, follow=True)
    assert "1 learner was moved." in answer.content.decode()
    autumn.learner.refresh_from_db()
    assert autumn.learner.group == group
    theirs = GroupFactory(cohort=autumn.other)
    answer = teacher.post(f"{PAGE}move/", {**form, "to_group": theirs.pk}, follow=True)
    assert "That group is gone." in answer.content.decode()
    answer = teacher.post(f"{PAGE}move/", {"to_group": group.pk}, follow=True)
    assert "Choose learners first." in answer.content.decode()


def form_of(**said: object) -> dict[str, object]:
    empty = {"role": "learner", "group": "", "listed_as": "", "number": "", "extra_time": 0}
    return {**empty, **said}


def test_a_member_is_changed(autumn: ClassOf, teacher: Client) -> None:
    page = f"{PAGE}{autumn.learner.pk}/edit/"
    answer = teacher.post(page, form_of(role="observer", listed_as="  Chen,  Yi-Ting "))
    assert answer.url == PAGE
    autumn.learner.refresh_from_db()
    assert (autumn.learner.role, autumn.learner.listed_as) == ("observer", "Chen, Yi-Ting")


@pytest.mark.parametrize(
    "said",
    [
        {"role": "teacher"},
        {"role": "owner"},
        {"role": "boss"},
        {"extra_time": 301},
        {"extra_time": -1},
        {"listed_as": "a\x00b"},
        {"listed_as": "a\x07b"},
        {"number": "n" * 65},
        {"group": 99999},
    ],
)
def test_what_is_refused(said: dict[str, object], autumn: ClassOf, teacher: Client) -> None:
    answer = teacher.post(f"{PAGE}{autumn.learner.pk}/edit/", form_of(**said))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    autumn.learner.refresh_from_db()
    assert (autumn.learner.role, autumn.learner.listed_as) == ("learner", "")


def test_removing_asks_first(autumn: ClassOf, teacher: Client) -> None:
    page = f"{PAGE}{autumn.learner.pk}/remove/"
    text = teacher.get(page).content.decode()
    assert "cannot come back by the join code" in text
    assert Membership.objects.get(pk=autumn.learner.pk).left_at is None
    teacher.post(page)
    assert Membership.objects.get(pk=autumn.learner.pk).removed
    teacher.post(f"{PAGE}{autumn.learner.pk}/back/")
    assert Membership.objects.get(pk=autumn.learner.pk).left_at is None


def test_groups(autumn: ClassOf, teacher: Client) -> None:
    page = f"{PAGE}groups/"
    assert teacher.post(page, {"name": " Lab  A "}).url == page
    group = Group.objects.get(name="Lab A")
    for name, error in (("lab a", "of this name already"), ("a\x07", "cannot be shown")):
        answer = teacher.post(page, {"name": name})
        assert answer.status_code == 422
        assert error in answer.content.decode()
    assert teacher.post(f"{page}{group.pk}/", {"name": "LAB A"}).url == page
    Membership.objects.filter(pk=autumn.learner.pk).update(group=group)
    assert "One person stays" in teacher.get(f"{page}{group.pk}/delete/").content.decode()
    assert teacher.post(f"{page}{group.pk}/delete/").url == page
    assert not Group.objects.filter(cohort=autumn.cohort).exists()


def test_an_invitation_above_ones_role(autumn: ClassOf, teacher: Client) -> None:
    invitation = InvitationFactory(cohort=autumn.cohort, role="teacher")
    page = f"{PAGE}invitations/{invitation.pk}/take-back/"
    assert teacher.post(page).status_code == 403
    teacher.force_login(autumn.owner.user)
    assert teacher.post(page).status_code == 302
