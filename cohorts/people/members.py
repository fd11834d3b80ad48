"""Changing who is in a class: role, group, name, number, extra time; taking out, bringing back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.log import note
from cohorts.models import Group, LogEntry, Membership, Role
from cohorts.people.joining import join
from cohorts.people.planning import may_change
from cohorts.permissions import may_give
from courses.progress import enrol

PEOPLE = LogEntry.Kind.PEOPLE


@transaction.atomic
def change_member(*, member: Membership, by: Membership, now: datetime, **said: Any) -> Membership:
    """Set role, group, listed_as, number and extra_time, as far as they are `said`.

    Each change is noted; names and numbers without saying which. Raises PermissionDenied where
    `by` may not change this person, or not give this role.
    """
    locked = locked_member(member, by)
    before = words_of(locked)
    if said.get("role", locked.role) != locked.role and not may_give(by, said["role"]):
        raise PermissionDenied
    for name, value in said.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*said])
    for what, (was, becomes) in differences(before, words_of(locked)).items():
        note(
            cohort=by.cohort,
            kind=PEOPLE,
            what=what,
            by=by.user,
            now=now,
            about=locked,
            before=was,
            after=becomes,
        )
    if locked.role == Role.LEARNER:
        enrol(user=locked.user, course=by.cohort.course, now=now, come_back=False)
    return locked


def locked_member(member: Membership, by: Membership) -> Membership:
    """As it is now: a class may have been handed over since the page was opened."""
    members = by.cohort.members.select_for_update(of=("self",))
    locked = members.select_related("user", "group").get(pk=member.pk)
    if not may_change(by, locked):
        raise PermissionDenied
    return locked


# What goes into the log as it is, and what only that it changed: the log names no people.
def words_of(member: Membership) -> dict[str, tuple[str, bool]]:
    return {
        _("Role"): (str(member.get_role_display()), True),
        _("Group"): (member.group.name if member.group else "", True),
        _("Extra time"): (f"{member.extra_time}%", True),
        _("Name in the class"): (member.listed_as, False),
        _("Student number"): (member.number, False),
    }


Words = Mapping[str, tuple[str, bool]]


def differences(before: Words, after: Words) -> dict[str, tuple[str, str]]:
    return {
        what: (before[what][0], value) if shown else ("", "")
        for what, (value, shown) in after.items()
        if before[what][0] != value
    }


@transaction.atomic
def remove(*, member: Membership, by: Membership, now: datetime) -> None:
    """Take somebody out. Their work stays; they do not come back by the code, nor by an
    invitation that was sent before. Safe to call twice."""
    locked = locked_member(member, by)
    if locked.left_at is not None and locked.removed:
        return
    locked.left_at, locked.removed = locked.left_at or now, True
    locked.save(update_fields=["left_at", "removed"])
    addresses = EmailAddress.objects.filter(user=locked.user).values("email")
    by.cohort.invitations.filter(email__in=addresses, accepted_at=None).delete()
    note(cohort=by.cohort, kind=PEOPLE, what=_("Removed"), by=by.user, now=now, about=locked)


@transaction.atomic
def bring_back(*, member: Membership, by: Membership, now: datetime) -> Membership:
    """In the role that they had."""
    locked = locked_member(member, by)
    return join(
        cohort=by.cohort, user=locked.user, role=locked.role, now=now, by=by.user, invited=True
    )


@transaction.atomic
def put_in_group(
    *, members: Iterable[int], group: Group | None, by: Membership, now: datetime
) -> int:
    """Put learners of the class, by their ids, into a group or out of all; how many it moved.

    Three queries, however many they are. Ids of others are passed over.
    """
    learners = by.cohort.members.learners().filter(pk__in=members)
    moved = [one for one in learners.select_related("group") if one.group != group]
    Membership.objects.filter(pk__in=[one.pk for one in moved]).update(group=group)
    LogEntry.objects.bulk_create(
        LogEntry(
            cohort=by.cohort,
            kind=PEOPLE,
            what=_("Group"),
            actor=by.user,
            at=now,
            about=one,
            before=one.group.name if one.group else "",
            after=group.name if group else "",
        )
        for one in moved
    )
    return len(moved)
