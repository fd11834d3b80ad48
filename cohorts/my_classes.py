"""What the page of somebody's classes shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from accounts.models import User
from cohorts.models import Invitation, Membership


@dataclass(frozen=True, slots=True)
class Classes:
    running: Sequence[Membership]
    archived: Sequence[Membership]


def mine(user: User) -> Classes:
    """Newest first. One query."""
    members = Membership.objects.active().filter(user=user).select_related("cohort__course")
    found = list(members.order_by("-cohort__created_at", "-cohort_id"))
    return Classes(
        running=[one for one in found if one.cohort.archived_at is None],
        archived=[one for one in found if one.cohort.archived_at is not None],
    )


def invitations_to(user: User, now: datetime) -> QuerySet[Invitation]:
    """Open ones, to any address that `user` has confirmed, into classes they are not in."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values("email")
    found = Invitation.objects.filter(email__in=addresses, accepted_at=None, expires_at__gt=now)
    inside = Membership.objects.active().filter(user=user).values("cohort")
    running = found.filter(cohort__archived_at=None).exclude(cohort__in=inside)
    return running.select_related("cohort__course").order_by("-invited_at", "-pk")
