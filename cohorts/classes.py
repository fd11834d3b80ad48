"""Making a class, putting it away, giving it to somebody else."""

from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.gradebook.items import default_category
from cohorts.join_codes import new_code
from cohorts.log import note
from cohorts.models import Cohort, LogEntry, Membership, Role

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
CLASS = LogEntry.Kind.CLASS
PEOPLE = LogEntry.Kind.PEOPLE


class NotATeacherError(Exception):
    """A class is handed over to one of its teachers, and to nobody else."""


@transaction.atomic
def create_cohort(*, by: User, now: datetime, rng: Random, **fields: Any) -> Cohort:
    """A class of `fields`, at least course and name, with `by` as its owner.

    Its address is its name and five signs by chance; what they are is no secret.
    """
    cohort = new_cohort(by=by, now=now, rng=rng, **fields)
    default_category(cohort)
    note(cohort=cohort, kind=CLASS, what=_("Made the class"), by=by, now=now, after=cohort.name)
    return cohort


def new_cohort(*, by: User, now: datetime, rng: Random, **fields: Any) -> Cohort:
    cohort = Cohort.objects.create(
        slug=free_slug(fields["name"], rng), join_code=free_code(rng), created_at=now, **fields
    )
    Membership.objects.create(cohort=cohort, user=by, role=Role.OWNER, joined_at=now)
    return cohort


def free_slug(name: str, rng: Random) -> str:
    begin = slugify(name)[:54].strip("-_") or "class"
    while True:
        slug = f"{begin}-{''.join(rng.choices(SIGNS, k=5))}"
        if not Cohort.objects.filter(slug=slug).exists():
            return slug


def free_code(rng: Random) -> str:
    while True:
        code = new_code(rng)
        if not Cohort.objects.filter(join_code=code).exists():
            return code


@transaction.atomic
def archive(*, cohort: Cohort, by: User, now: datetime) -> None:
    """From now on it is read, not written. Safe to call twice."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.archived_at is None:
        cohort.archived_at = now
        cohort.save(update_fields=["archived_at"])
        note(cohort=cohort, kind=CLASS, what=_("Archived the class"), by=by, now=now)


@transaction.atomic
def unarchive(*, cohort: Cohort, by: User, now: datetime) -> None:
    """Safe to call twice."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.archived_at is not None:
        cohort.archived_at = None
        cohort.save(update_fields=["archived_at"])
        what = _("Took the class out of the archive")
        note(cohort=cohort, kind=CLASS, what=what, by=by, now=now)


@transaction.atomic
def hand_over(*, owner: Membership, to: Membership, now: datetime) -> None:
    """`to` owns the class from now on, and who did is a teacher of it.

    Raises NotATeacherError where either is not, or no longer, what that takes.
    """
    both = Membership.objects.select_for_update(of=("self",)).active()
    locked = {one.pk: one for one in both.filter(pk__in=[owner.pk, to.pk]).order_by("pk")}
    roles = [locked[one.pk].role if one.pk in locked else "" for one in (owner, to)]
    if roles != [Role.OWNER, Role.TEACHER] or owner.cohort_id != to.cohort_id:
        raise NotATeacherError
    # In this order: a class never has two owners.
    give(locked[owner.pk], Role.TEACHER, by=owner.user, now=now)
    give(locked[to.pk], Role.OWNER, by=owner.user, now=now)


def give(member: Membership, role: Role, *, by: User, now: datetime) -> None:
    before = member.get_role_display()
    member.role = role
    member.save(update_fields=["role"])
    note(
        cohort=member.cohort,
        kind=PEOPLE,
        what=_("Role, by handing the class over"),
        by=by,
        now=now,
        about=member,
        before=before,
        after=member.get_role_display(),
    )
