from itertools import product

import pytest

from cohorts.models import Cohort, Membership, Role
from cohorts.permissions import PERMISSIONS, Permission, can_grade, can_hand_in, may_give
from tests.class_factories import NOW, ClassOf, MembershipFactory

EVERYBODY = ("owner", "teacher", "assistant", "observer", "learner", "left", "removed")

# owner, teacher, assistant, observer, learner; w: not in an archived class.
TABLE = {
    "see": "ota bl",
    "hand in": "l w",
    "see own grades": "l",
    "ask": "otal w",
    "see people": "otab",
    "see progress": "otab",
    "see grades": "otab",
    "see notes": "ota",
    "write notes": "ota w",
    "see work": "ota",
    "grade": "ota w",
    "see what is hidden": "ota",
    "moderate": "ota w",
    "edit the class": "ot w",
    "manage people": "ot w",
    "schedule": "ot w",
    "set work": "ot w",
    "manage grades": "ot w",
    "announce": "ot w",
    "look as a learner": "otab",
    "export": "ot",
    "copy": "ot",
    "see the log": "ot",
    "archive and hand over": "o",
}
LETTERS = {"o": "owner", "t": "teacher", "a": "assistant", "b": "observer", "l": "learner"}


def members(autumn: ClassOf) -> dict[str, Membership]:
    return {name: getattr(autumn, name) for name in EVERYBODY}


def test_every_permission_is_in_the_table() -> None:
    assert {one.name for one in PERMISSIONS} == set(TABLE)


@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda one: one.name)
@pytest.mark.parametrize("archived", [False, True], ids=["running", "archived"])
def test_both_faces_agree(permission: Permission, archived: bool, autumn: ClassOf) -> None:
    if archived:
        Cohort.objects.update(archived_at=NOW)
    letters = set(TABLE[permission.name])
    expected = {LETTERS[letter] for letter in letters & set(LETTERS)}
    if archived and "w" in letters:
        expected = set()
    for name, member in members(autumn).items():
        found = Membership.objects.select_related("cohort").get(pk=member.pk)
        assert permission(found) is (name in expected), name
        in_autumn = autumn.cohort in permission.cohorts(member.user)
        assert in_autumn is (name in expected), name


@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda one: one.name)
def test_nothing_of_another_class(permission: Permission, autumn: ClassOf) -> None:
    for member in members(autumn).values():
        assert autumn.other not in permission.cohorts(member.user)
    assert autumn.cohort not in permission.cohorts(autumn.other_teacher.user)


def test_a_role_is_of_one_class_only(autumn: ClassOf) -> None:
    MembershipFactory(cohort=autumn.other, user=autumn.owner.user)
    assert list(can_grade.cohorts(autumn.owner.user)) == [autumn.cohort]
    assert list(can_hand_in.cohorts(autumn.owner.user)) == [autumn.other]


def test_who_may_give_which_role(autumn: ClassOf) -> None:
    given = {
        (name, role)
        for (name, member), role in product(members(autumn).items(), Role)
        if may_give(member, role)
    }
    below = {Role.ASSISTANT, Role.OBSERVER, Role.LEARNER}
    expected = {("owner", role) for role in below | {Role.TEACHER}}
    assert given == expected | {("teacher", role) for role in below}
