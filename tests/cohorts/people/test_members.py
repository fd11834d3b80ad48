import pytest
from django.core.exceptions import PermissionDenied

from cohorts.models import Invitation, LogEntry, Membership
from cohorts.people.groups import create_group, delete_group, groups_with_counts, rename_group
from cohorts.people.joining import CannotJoinError, join
from cohorts.people.members import bring_back, change_member, put_in_group, remove
from courses.models import Enrolment
from tests.class_factories import NOW, ClassOf, GroupFactory, MembershipFactory
from tests.cohorts.people.factories import InvitationFactory
from tests.quizzes.sql import queries


def log(autumn: ClassOf) -> list[tuple[str, str, str]]:
    entries = LogEntry.objects.filter(cohort=autumn.cohort).order_by("pk")
    return [(one.what, one.before, one.after) for one in entries]


def test_everything_is_changed_and_noted(autumn: ClassOf) -> None:
    lab = GroupFactory(cohort=autumn.cohort, name="Lab A")
    change_member(
        member=autumn.learner,
        by=autumn.teacher,
        now=NOW,
        role="assistant",
        group=lab,
        listed_as="Chen, Yi-Ting",
        number="7",
        extra_time=25,
    )
    member = Membership.objects.get(pk=autumn.learner.pk)
    assert (member.role, member.group, member.listed_as) == ("assistant", lab, "Chen, Yi-Ting")
    assert (member.number, member.extra_time) == ("7", 25)
    # The log says no names and numbers.
    assert log(autumn) == [
        ("Role", "Learner", "Assistant"),
        ("Group", "", "Lab A"),
        ("Extra time", "0%", "25%"),
        ("Name in the class", "", ""),
        ("Student number", "", ""),
    ]
    assert {one.about for one in LogEntry.objects.all()} == {member}


def test_what_stays_is_not_noted(autumn: ClassOf) -> None:
    change_member(member=autumn.learner, by=autumn.teacher, now=NOW, number="", role="learner")
    assert log(autumn) == []


def test_who_becomes_a_learner_is_on_the_course(autumn: ClassOf) -> None:
    change_member(member=autumn.observer, by=autumn.teacher, now=NOW, role="learner")
    assert Enrolment.objects.filter(user=autumn.observer.user).exists()


@pytest.mark.parametrize(
    ("by", "whom", "role"),
    [
        ("teacher", "owner", "learner"),
        ("teacher", "teacher", "owner"),
        ("teacher", "teacher", "teacher"),
        ("teacher", "learner", "teacher"),
        ("teacher", "learner", "owner"),
        ("owner", "learner", "owner"),
        ("owner", "owner", "teacher"),
        ("assistant", "assistant", "teacher"),
        ("assistant", "learner", "learner"),
        ("learner", "learner", "teacher"),
    ],
)
def test_nobody_goes_beyond_their_role(by: str, whom: str, role: str, autumn: ClassOf) -> None:
    who, them = getattr(autumn, by), getattr(autumn, whom)
    with pytest.raises(PermissionDenied):
        change_member(member=them, by=who, now=NOW, role=role)
    assert Membership.objects.get(pk=them.pk).role == them.role


def test_the_owner_makes_teachers(autumn: ClassOf) -> None:
    change_member(member=autumn.learner, by=autumn.owner, now=NOW, role="teacher")
    assert Membership.objects.get(pk=autumn.learner.pk).role == "teacher"


def test_who_is_removed_is_out(autumn: ClassOf) -> None:
    user = autumn.learner.user
    InvitationFactory(cohort=autumn.cohort, email=user.email)
    other = InvitationFactory(cohort=autumn.other, email=user.email)
    for _ in range(2):
        remove(member=autumn.learner, by=autumn.teacher, now=NOW)
    member = Membership.objects.get(pk=autumn.learner.pk)
    assert (member.left_at, member.removed) == (NOW, True)
    with pytest.raises(CannotJoinError):
        join(cohort=autumn.cohort, user=user, role="learner", now=NOW)
    # What was sent before does not let them in again.
    assert list(Invitation.objects.all()) == [other]
    assert log(autumn) == [("Removed", "", "")]


@pytest.mark.parametrize("whom", ["owner", "teacher"])
def test_who_cannot_be_removed_by_a_teacher(whom: str, autumn: ClassOf) -> None:
    with pytest.raises(PermissionDenied):
        remove(member=getattr(autumn, whom), by=autumn.teacher, now=NOW)


def test_who_left_can_be_kept_out(autumn: ClassOf) -> None:
    remove(member=autumn.left, by=autumn.teacher, now=NOW)
    member = Membership.objects.get(pk=autumn.left.pk)
    assert (member.left_at, member.removed) == (autumn.left.left_at, True)


def test_brought_back(autumn: ClassOf) -> None:
    bring_back(member=autumn.removed, by=autumn.teacher, now=NOW)
    member = Membership.objects.get(pk=autumn.removed.pk)
    assert (member.left_at, member.removed, member.role) == (None, False, "learner")
    assert log(autumn) == [("Came back", "", "Learner")]


@pytest.mark.parametrize("number", [3, 300])
def test_many_into_a_group(number: int, autumn: ClassOf) -> None:
    lab = GroupFactory(cohort=autumn.cohort)
    users = [MembershipFactory(cohort=autumn.cohort).pk for _ in range(3)]
    theirs = MembershipFactory(cohort=autumn.other)
    chosen = [*users, autumn.teacher.pk, autumn.left.pk, theirs.pk, *range(10**6, 10**6 + number)]
    # Who they are, moved, noted.
    with queries(3):
        moved = put_in_group(members=chosen, group=lab, by=autumn.teacher, now=NOW)
    assert moved == 3
    assert set(lab.members.values_list("pk", flat=True)) == set(users)
    assert put_in_group(members=chosen, group=lab, by=autumn.teacher, now=NOW) == 0
    assert put_in_group(members=users[:1], group=None, by=autumn.teacher, now=NOW) == 1
    assert log(autumn)[2:] == [("Group", "", lab.name), ("Group", lab.name, "")]


def test_groups(autumn: ClassOf) -> None:
    lab = create_group(name="Lab A", by=autumn.teacher, now=NOW)
    Membership.objects.filter(pk__in=[autumn.learner.pk, autumn.left.pk]).update(group=lab)
    rename_group(group=lab, name="Lab B", by=autumn.teacher, now=NOW)
    assert [(one.name, one.people) for one in groups_with_counts(autumn.cohort)] == [("Lab B", 1)]
    delete_group(group=lab, by=autumn.teacher, now=NOW)
    assert Membership.objects.get(pk=autumn.learner.pk).group is None
    assert log(autumn) == [
        ("Group made", "", "Lab A"),
        ("Group renamed", "Lab A", "Lab B"),
        ("Group deleted", "Lab B", ""),
    ]
