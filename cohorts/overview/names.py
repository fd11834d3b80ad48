"""Learners as their class knows them."""

from collections.abc import Sequence

from cohorts.models import Cohort, Membership
from cohorts.overview.matrix import Person

FIELDS = ("pk", "user_id", "name", "group_id")


def named(cohort: Cohort, members: Sequence[int]) -> dict[int, Person]:
    """Learners of the class by membership. One query, or none of nobody."""
    if not members:
        return {}
    found = Membership.objects.learners().filter(cohort=cohort, pk__in=members)
    rows = found.named().values_list(*FIELDS)
    return {row[0]: Person(*row) for row in rows}
