"""Who is in a class, as a page of it lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Q

from cohorts.models import Cohort, Group, Membership
from cohorts.models.classes import MembershipQuerySet
from courses.models import LessonProgress

GONE = "gone"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a list is narrowed to. `role` is a role, or GONE for who left or was removed."""

    words: str = ""
    role: str = ""
    group: Group | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.role or self.group)


def listed(cohort: Cohort, wish: Wish) -> MembershipQuerySet:
    """By role and name, each with user and group."""
    members = Membership.objects.filter(cohort=cohort)
    if wish.role == GONE:
        members = members.exclude(left_at=None)
    else:
        members = members.active()
        members = members.filter(role=wish.role) if wish.role else members
    members = members.in_group(wish.group)
    for word in wish.words.split():
        members = members.filter(
            Q(listed_as__icontains=word)
            | Q(user__display_name__icontains=word)
            | Q(user__email__icontains=word)
        )
    ordered = members.named().by_role().order_by(F("rank"), F("name"), "pk")
    return ordered.select_related("user", "group")


def last_read(cohort: Cohort, members: Iterable[Membership]) -> dict[int, datetime]:
    """When each, by the id of the account, last opened a lesson of the course. One query."""
    users = [one.user_id for one in members]
    read = LessonProgress.objects.filter(user__in=users, lesson__track__course=cohort.course_id)
    return dict(read.values_list("user").annotate(Max("last_read_at")))
