from typing import Any

import pytest

from cohorts.models import LogEntry, Membership, Role
from cohorts.people.joining import CannotJoinError, join
from courses.models import Enrolment
from tests.class_factories import NOW, ClassOf, GroupFactory
from tests.people import stranger


def log(autumn: ClassOf) -> list[tuple[str, str, str]]:
    entries = LogEntry.objects.filter(cohort=autumn.cohort).order_by("pk")
    return [(one.what, one.after, one.reason) for one in entries]


def test_somebody_joins(autumn: ClassOf) -> None:
    sam = stranger()
    member = join(cohort=autumn.cohort, user=sam, role=Role.LEARNER, now=NOW, how="By the code")
    assert (member.role, member.joined_at, member.left_at) == ("learner", NOW, None)
    assert Enrolment.objects.active().filter(user=sam, course=autumn.cohort.course).exists()
    assert log(autumn) == [("Joined", "Learner", "By the code")]
    entry = LogEntry.objects.get()
    assert (entry.actor, entry.about) == (sam, member)


def test_joining_twice_joins_once(autumn: ClassOf) -> None:
    sam = stranger()
    for _ in range(2):
        join(cohort=autumn.cohort, user=sam, role=Role.LEARNER, now=NOW)
    assert Membership.objects.filter(user=sam).count() == 1
    assert len(log(autumn)) == 1


def test_who_left_finds_the_same_membership_again(autumn: ClassOf) -> None:
    user = autumn.left.user
    member = join(cohort=autumn.cohort, user=user, role=Role.LEARNER, now=NOW)
    assert (member.pk, member.left_at) == (autumn.left.pk, None)
    assert member.joined_at == autumn.left.joined_at
    assert log(autumn) == [("Came back", "Learner", "")]


def test_who_was_removed_comes_back_by_invitation_alone(autumn: ClassOf) -> None:
    user, removed = autumn.removed.user, autumn.removed
    with pytest.raises(CannotJoinError, match="Ask to be invited"):
        join(cohort=autumn.cohort, user=user, role=Role.LEARNER, now=NOW)
    removed.refresh_from_db()
    assert removed.left_at is not None
    member = join(cohort=autumn.cohort, user=user, role=Role.LEARNER, now=NOW, invited=True)
    assert (member.pk, member.left_at, member.removed) == (removed.pk, None, False)


@pytest.mark.parametrize(
    ("persona", "role", "invited", "becomes"),
    [
        ("learner", Role.ASSISTANT, True, "assistant"),
        ("learner", Role.ASSISTANT, False, "learner"),
        ("assistant", Role.LEARNER, True, "assistant"),
        ("owner", Role.TEACHER, True, "owner"),
    ],
)
def test_only_an_invitation_raises_a_role(
    persona: str, role: Role, invited: bool, becomes: str, autumn: ClassOf
) -> None:
    user = getattr(autumn, persona).user
    member = join(cohort=autumn.cohort, user=user, role=role, now=NOW, invited=invited)
    member.refresh_from_db()
    assert member.role == becomes


def test_an_invitation_brings_group_name_and_number(autumn: ClassOf) -> None:
    lab = GroupFactory(cohort=autumn.cohort)
    said: dict[str, Any] = {"group": lab, "listed_as": "Chen, Yi-Ting", "number": "1002"}
    user = autumn.learner.user
    join(cohort=autumn.cohort, user=user, role=Role.LEARNER, now=NOW, invited=True, **said)
    join(cohort=autumn.cohort, user=user, role=Role.LEARNER, now=NOW, invited=True)
    member = Membership.objects.get(pk=autumn.learner.pk)
    assert (member.group, member.listed_as, member.number) == (lab, "Chen, Yi-Ting", "1002")


def test_staff_are_not_put_on_the_course(autumn: ClassOf) -> None:
    sam = stranger()
    join(cohort=autumn.cohort, user=sam, role=Role.OBSERVER, now=NOW, invited=True)
    assert not Enrolment.objects.filter(user=sam).exists()


def test_nobody_joins_an_archived_class(autumn: ClassOf) -> None:
    autumn.cohort.archived_at = NOW
    with pytest.raises(CannotJoinError, match="archived"):
        join(cohort=autumn.cohort, user=stranger(), role=Role.LEARNER, now=NOW)
