"""The groups of a class."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from cohorts.log import note
from cohorts.models import Cohort, Group, LogEntry, Membership

# Of one class: a page shows them all, and every filter.
MOST = 200


def groups_with_counts(cohort: Cohort) -> QuerySet[Group]:
    """Each with `people`, the number of those who are in it and in the class."""
    inside = Q(members__left_at=None)
    return cohort.groups.annotate(people=Count("members", filter=inside)).order_by("name")


@transaction.atomic
def create_group(*, name: str, by: Membership, now: datetime) -> Group:
    group = Group.objects.create(cohort=by.cohort, name=name)
    write_down(_("Group made"), by, now, after=name)
    return group


@transaction.atomic
def rename_group(*, group: Group, name: str, by: Membership, now: datetime) -> None:
    before, group.name = Group.objects.select_for_update().get(pk=group.pk).name, name
    if before != name:
        group.save(update_fields=["name"])
        write_down(_("Group renamed"), by, now, before=before, after=name)


@transaction.atomic
def delete_group(*, group: Group, by: Membership, now: datetime) -> None:
    """Its people stay in the class, without a group."""
    write_down(_("Group deleted"), by, now, before=group.name)
    group.delete()


def write_down(
    what: str, by: Membership, now: datetime, *, before: str = "", after: str = ""
) -> None:
    kind = LogEntry.Kind.PEOPLE
    note(cohort=by.cohort, kind=kind, what=what, by=by.user, now=now, before=before, after=after)
