from typing import Any

import pytest

from cohorts.here import ClassHere, classes_of, forget
from cohorts.models import Membership, Role
from tests.class_factories import NOW, ClassOf, MembershipFactory


def test_every_class_with_the_role_in_it(autumn: ClassOf) -> None:
    user = autumn.learner.user
    MembershipFactory(cohort=autumn.other, user=user, role=Role.OBSERVER)
    course = autumn.cohort.course_id
    assert set(classes_of(user)) == {
        ClassHere("autumn", "Autumn class", "learner", course, False),
        ClassHere("other", "Other class", "observer", autumn.other.course_id, False),
    }


def test_none_for_who_left(autumn: ClassOf) -> None:
    assert classes_of(autumn.left.user) == ()


def test_one_query_and_then_none(autumn: ClassOf, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        classes_of(autumn.learner.user)
    with django_assert_num_queries(0):
        classes_of(autumn.learner.user)


@pytest.mark.parametrize("change", ["leave", "delete", "archive", "update"])
def test_a_change_is_seen_at_once(change: str, autumn: ClassOf) -> None:
    user = autumn.learner.user
    assert [one.archived for one in classes_of(user)] == [False]
    if change == "leave":
        autumn.learner.left_at = NOW
        autumn.learner.save(update_fields=["left_at"])
    elif change == "delete":
        autumn.learner.delete()
    elif change == "archive":
        autumn.cohort.archived_at = NOW
        autumn.cohort.save(update_fields=["archived_at"])
    else:
        Membership.objects.filter(user=user).update(role=Role.OBSERVER)
        forget([user.pk])
    after = {"leave": [], "delete": [], "archive": [True], "update": [False]}
    assert [one.archived for one in classes_of(user)] == after[change]
