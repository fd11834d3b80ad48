"""Coming into a class: by the code, by an invitation, by a roster."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.log import note
from cohorts.models import Cohort, Group, Invitation, LogEntry, Membership, Role
from courses.progress import enrol

# From the one who may most to the one who may least.
RANK = {role: rank for rank, role in enumerate(Role)}


class CannotJoinError(Exception):
    """Says why, in words for who wanted to join."""


@transaction.atomic
def join(
    *,
    cohort: Cohort,
    user: User,
    role: str,
    now: datetime,
    group: Group | None = None,
    listed_as: str = "",
    number: str = "",
    by: User | None = None,
    invited: bool = False,
    how: str = "",
) -> Membership:
    """Put `user` into `cohort`; who left finds everything again. Safe to call twice.

    Who is in already stays as they are; only an invitation (`invited`) raises a role, and sets
    the group, name and number that it gives. `how` goes into the log, such as "By the code"; `by`
    is who did it, where that was somebody else. Raises CannotJoinError for an archived class,
    and for who was removed and is not invited.
    """
    if cohort.archived_at:
        raise CannotJoinError(_("This class is archived: nobody can join it any more."))
    given = {"group": group, "listed_as": listed_as, "number": number}
    fresh: Mapping[str, Any] = {"role": role, **given}
    locked = Membership.objects.select_for_update(of=("self",))
    member, made = locked.get_or_create(
        cohort=cohort, user=user, defaults={**fresh, "joined_at": now}
    )
    member.user, member.cohort = user, cohort
    what = _("Joined") if made else come_back(member, role, invited)
    if invited and not made:
        fill_in(member, fresh)
    if what and not invited:
        take_invitation(member, now)
    if what:
        write_down(member, what, by=by or user, now=now, how=how)
    if member.role == Role.LEARNER:
        enrol(user=user, course=cohort.course, now=now)
    return member


def write_down(member: Membership, what: str, *, by: User, now: datetime, how: str) -> None:
    note(
        cohort=member.cohort,
        kind=LogEntry.Kind.PEOPLE,
        what=what,
        by=by,
        now=now,
        about=member,
        after=member.get_role_display(),
        reason=how,
    )


def come_back(member: Membership, role: str, invited: bool) -> str:
    """What is to be written down, or nothing where nothing changed."""
    if member.left_at:
        if member.removed and not invited:
            raise CannotJoinError(
                _("Somebody who teaches this class has taken you out of it. Ask to be invited.")
            )
        member.role, member.left_at, member.removed = role, None, False
        member.save(update_fields=["role", "left_at", "removed"])
        return _("Came back")
    if invited and RANK[Role(role)] < RANK[Role(member.role)]:
        member.role = role
        member.save(update_fields=["role"])
        return _("Took a role by invitation")
    return ""


def fill_in(member: Membership, given: Mapping[str, Any]) -> None:
    """Take over what an invitation says about somebody who was in the class before."""
    said = {name: value for name, value in given.items() if value and name != "role"}
    for name, value in said.items():
        setattr(member, name, value)
    if said:
        member.save(update_fields=[*said])


def take_invitation(member: Membership, now: datetime) -> None:
    """Who was invited and comes in another way has what the invitation gives a learner."""
    addresses = EmailAddress.objects.filter(user=member.user, verified=True).values("email")
    waiting = Invitation.objects.open(now).filter(cohort=member.cohort, role=Role.LEARNER)
    invitation = waiting.filter(email__in=addresses).first()
    if invitation is not None:
        fill_in(member, given_by(invitation))
        invitation.accepted_at = now
        invitation.save(update_fields=["accepted_at"])


def given_by(invitation: Invitation) -> dict[str, Any]:
    return {
        "group": invitation.group,
        "listed_as": invitation.listed_as,
        "number": invitation.number,
    }
