"""What whoever runs the site sees of classes, and can mend."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cohorts.models import Invitation, LogEntry, Membership, Role
from tests.class_factories import NOW, ClassOf, CohortFactory, MembershipFactory

# Session, person, count (twice), rows; one for each filter by another table, two for a hierarchy.
LISTS = {"cohort": 8, "membership": 5, "invitation": 5, "logentry": 5}


def make_rows(number: int) -> None:
    for index in range(number):
        cohort = MembershipFactory(cohort=CohortFactory()).cohort
        times = {"invited_at": NOW, "expires_at": NOW}
        Invitation.objects.create(cohort=cohort, email="a@example.org", token=str(index), **times)
        LogEntry.objects.create(cohort=cohort, at=NOW, kind="class", what="Name")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_lists(
    client: Client, superuser: User, django_assert_num_queries: Any, name: str, number: int
) -> None:
    make_rows(number)
    client.force_login(superuser)
    url = reverse(f"admin:cohorts_{name}_changelist")
    client.get(url)
    with django_assert_num_queries(LISTS[name]):
        answer = client.get(url)
    assert len(answer.context["cl"].result_list) == number


def change(client: Client, member: Membership, role: Role) -> Any:
    url = reverse("admin:cohorts_membership_change", args=[member.pk])
    return client.post(url, {"role": role, "listed_as": "", "number": "", "extra_time": 0})


def test_a_class_without_an_owner_gets_one(
    autumn: ClassOf, client: Client, superuser: User
) -> None:
    autumn.owner.user.delete()
    client.force_login(superuser)
    assert change(client, autumn.teacher, Role.OWNER).status_code == 302
    autumn.teacher.refresh_from_db()
    assert autumn.teacher.role == Role.OWNER
    entry = LogEntry.objects.get()
    assert (entry.about, entry.actor) == (autumn.teacher, superuser)
    assert (entry.before, entry.after) == ("Teacher", "Owner")


def test_no_second_owner_and_none_who_left(
    autumn: ClassOf, client: Client, superuser: User
) -> None:
    client.force_login(superuser)
    answer = change(client, autumn.teacher, Role.OWNER)
    assert "The class has an owner" in answer.content.decode()
    autumn.owner.delete()
    answer = change(client, autumn.left, Role.OWNER)
    assert "Who has left the class cannot own it" in answer.content.decode()
    assert not LogEntry.objects.exists()


def test_tokens_of_invitations_are_not_shown(client: Client, superuser: User) -> None:
    make_rows(1)
    Invitation.objects.update(token="a-secret-way-in")
    client.force_login(superuser)
    url = reverse("admin:cohorts_invitation_change", args=[Invitation.objects.get().pk])
    answer = client.get(url)
    assert answer.status_code == 200
    assert "a-secret-way-in" not in answer.content.decode()
