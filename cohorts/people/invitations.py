"""Invitations that were sent: taken up, sent again, taken back."""

from datetime import datetime
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.log import note
from cohorts.models import Cohort, Invitation, LogEntry, Membership, Role
from cohorts.people.adding import VALID
from cohorts.people.joining import CannotJoinError, given_by, join
from cohorts.tasks import mail_invitation


class State(StrEnum):
    """What somebody can do with an invitation."""

    OPEN = "open"
    USED = "used"
    OLD = "old"
    ARCHIVED = "archived"
    # Of somebody who is signed in with another address, or has not confirmed this one.
    OTHER = "other"


def state_of(invitation: Invitation, user: User | None, now: datetime) -> State:
    """For `user`, or None for who is not signed in: they may have the address."""
    if invitation.accepted_at is not None:
        return State.USED
    if invitation.cohort.archived_at is not None:
        return State.ARCHIVED
    if invitation.expires_at <= now:
        return State.OLD
    if user is not None and not has_confirmed(user, invitation.email):
        return State.OTHER
    return State.OPEN


def has_confirmed(user: User, email: str) -> bool:
    return EmailAddress.objects.filter(user=user, email=email, verified=True).exists()


def masked(email: str) -> str:
    """Enough for who has the address to know it: s•••@e•••.org."""
    local, _at, domain = email.partition("@")
    name, dot, end = domain.rpartition(".")
    return f"{local[:1]}•••@{name[:1]}•••{dot}{end}"


@transaction.atomic
def accept(*, invitation: Invitation, user: User, now: datetime) -> Membership:
    """Let `user` in by an invitation to one of their addresses. It works once.

    Raises CannotJoinError where it is not open for them.
    """
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("cohort__course")
    fresh = locked.select_related("group").filter(pk=invitation.pk).first()
    if fresh is None or state_of(fresh, user, now) != State.OPEN:
        raise CannotJoinError(_("This invitation cannot be used any more. Ask for a new one."))
    fresh.accepted_at = now
    fresh.save(update_fields=["accepted_at"])
    return join(
        cohort=fresh.cohort,
        user=user,
        role=fresh.role,
        now=now,
        invited=True,
        how=_("By invitation"),
        **given_by(fresh),
    )


def accept_waiting(*, user: User, now: datetime) -> list[Cohort]:
    """Let `user` in as a learner wherever an address that they have confirmed is invited."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values("email")
    waiting = Invitation.objects.open(now).filter(email__in=addresses, role=Role.LEARNER)
    running = waiting.filter(cohort__archived_at=None).select_related("cohort")
    return [accept(invitation=one, user=user, now=now).cohort for one in running]


@transaction.atomic
def send_again(*, invitation: Invitation, by: Membership, now: datetime) -> None:
    """Mail it again, valid for as long as a new one."""
    invitation.mailed_at, invitation.expires_at = None, now + VALID
    invitation.save(update_fields=["mailed_at", "expires_at"])
    write_down(_("Sent an invitation again"), invitation, by, now)
    mail_invitation.enqueue(invitation.pk, "")


@transaction.atomic
def take_back(*, invitation: Invitation, by: Membership, now: datetime) -> None:
    write_down(_("Took an invitation back"), invitation, by, now)
    invitation.delete()


def write_down(what: str, invitation: Invitation, by: Membership, now: datetime) -> None:
    """Without the address: the log names no people."""
    note(
        cohort=by.cohort,
        kind=LogEntry.Kind.PEOPLE,
        what=what,
        by=by.user,
        now=now,
        after=invitation.get_role_display(),
    )
