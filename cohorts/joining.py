"""Joining a class by its code, the code itself, and leaving."""

from datetime import datetime
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.classes import CLASS, PEOPLE, free_code
from cohorts.join_codes import read, shown
from cohorts.log import note
from cohorts.models import Cohort, Membership, Role
from cohorts.people.joining import CannotJoinError, join


class OwnerStaysError(Exception):
    """A class is handed over before its owner leaves it."""


def class_with(typed: str) -> Cohort | None:
    """The class whose code somebody meant. One query."""
    found = {one.join_code: one for one in by_code(read(typed))}
    return next((found[code] for code in read(typed) if code in found), None)


def by_code(codes: tuple[str, str]) -> list[Cohort]:
    return list(Cohort.objects.filter(join_code__in=codes).select_related("course"))


def refusal(cohort: Cohort, member: Membership | None) -> str:
    """Why somebody cannot join by the code, or "". `member` is what they were in the class."""
    if cohort.archived_at:
        return _("This class is over: its teachers have archived it.")
    if member is not None and member.removed:
        return _("Somebody who teaches this class has taken you out of it. Ask to be invited.")
    if not cohort.self_join:
        return _("One joins this class by invitation alone. Ask its teachers to invite you.")
    return ""


@transaction.atomic
def join_by_code(*, cohort: Cohort, user: User, now: datetime, name: str = "") -> Membership:
    """As a learner; who left finds their work again. `name` is of who had none. Safe to call
    twice. Raises CannotJoinError."""
    member = Membership.objects.filter(cohort=cohort, user=user).first()
    if member is not None and member.left_at is None:
        return member
    if reason := refusal(cohort, member):
        raise CannotJoinError(reason)
    if name and not user.display_name:
        user.display_name = name
        user.save(update_fields=["display_name"])
    return join(cohort=cohort, user=user, role=Role.LEARNER, now=now, how=_("By the code"))


@transaction.atomic
def leave(*, member: Membership, now: datetime) -> None:
    """Their work stays, for the day they come back. Safe to call twice. Raises OwnerStaysError."""
    member = Membership.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.role == Role.OWNER:
        raise OwnerStaysError
    if member.left_at is None:
        member.left_at = now
        member.save(update_fields=["left_at"])
        note(
            cohort=member.cohort,
            kind=PEOPLE,
            what=_("Left the class"),
            by=member.user,
            now=now,
            about=member,
            before=member.get_role_display(),
        )


@transaction.atomic
def reset_code(*, cohort: Cohort, by: User, now: datetime, rng: Random) -> Cohort:
    """The code that was handed out so far leads nowhere any more."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    before, cohort.join_code = cohort.join_code, free_code(rng)
    cohort.save(update_fields=["join_code"])
    note(
        cohort=cohort,
        kind=CLASS,
        what=_("Join code"),
        by=by,
        now=now,
        before=shown(before),
        after=shown(cohort.join_code),
    )
    return cohort
