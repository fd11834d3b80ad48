"""The classes somebody is in, without a query: for links in frames and lists. Never for a
permission: what stands here may be a minute old in another process."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.models import User
from cohorts.models import Cohort, Membership

SECONDS = 60


@dataclass(frozen=True, slots=True)
class ClassHere:
    slug: str
    name: str
    role: str
    course_id: int
    archived: bool


def classes_of(user: User) -> tuple[ClassHere, ...]:
    """Newest first. One query at most every minute, none in between."""
    return cache.get_or_set(key_of(user.pk), lambda: read(user), SECONDS) or ()


def read(user: User) -> tuple[ClassHere, ...]:
    mine = Membership.objects.active().filter(user=user).select_related("cohort")
    return tuple(
        ClassHere(
            slug=member.cohort.slug,
            name=member.cohort.name,
            role=member.role,
            course_id=member.cohort.course_id,
            archived=member.cohort.archived_at is not None,
        )
        for member in mine.order_by("-cohort__created_at", "-cohort_id")
    )


def key_of(user_id: int) -> str:
    return f"classes-of:{user_id}"


def forget(user_ids: Iterable[int]) -> None:
    """Who changes memberships without `save()` calls this.

    Twice: what is read again before the transaction is through is still the old.
    """
    keys = [key_of(user_id) for user_id in user_ids]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys))


@receiver([post_save, post_delete], sender=Membership)
def membership_changed(instance: Membership, **kwargs: Any) -> None:
    forget([instance.user_id])


@receiver(post_save, sender=Cohort)
def cohort_changed(instance: Cohort, created: bool, **kwargs: Any) -> None:
    if not created:
        forget(Membership.objects.active().filter(cohort=instance).values_list("user", flat=True))
