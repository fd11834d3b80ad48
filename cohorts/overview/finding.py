"""Which learners a page of the class shows: found by name, of a group, in an order, in pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Group, Membership
from cohorts.models.classes import MembershipQuerySet
from cohorts.overview.matrix import Person
from cohorts.overview.names import FIELDS
from cohorts.overview.snapshot import Snapshot

ON_A_PAGE = 50
LONGEST = 120
SORTS = {
    "name": _("By name"),
    "progress": _("Least progress first"),
    "seen": _("Longest not seen first"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; `group` is None for all."""

    text: str = ""
    group: int | None = None
    sort: str = "name"

    @property
    def query(self) -> str:
        """For links to the next page: without the page, and "" where nothing is wanted."""
        made = QueryDict(mutable=True)
        made.update({"q": self.text} if self.text else {})
        made.update({"group": str(self.group)} if self.group else {})
        made.update({"sort": self.sort} if self.sort != "name" else {})
        return made.urlencode()

    @property
    def is_narrow(self) -> bool:
        return bool(self.text or self.group)


def wanted(given: QueryDict, groups: Sequence[Group]) -> Wanted:
    """What is no choice counts as not chosen: these words come from addresses."""
    group = next((one.pk for one in groups if str(one.pk) == given.get("group")), None)
    sort = given.get("sort", "")
    text = given.get("q", "").replace("\0", "").strip()[:LONGEST]
    return Wanted(text, group, sort if sort in SORTS else "name")


def learners_of(cohort: Cohort, want: Wanted) -> MembershipQuerySet:
    found = Membership.objects.learners().filter(cohort=cohort)
    if want.group:
        found = found.filter(group=want.group)
    if want.text:
        found = found.named()
        for word in want.text.split():
            found = found.filter(Q(name__icontains=word) | Q(user__email__icontains=word))
    return found


def page_of(
    learners: MembershipQuerySet, sort: str, snapshot: Snapshot, number: str | None
) -> tuple[Page[Any], list[Person]]:
    """50 of them, and who they are; what is no page is the first, or the last. Two queries."""
    people = learners.by_name().values_list(*FIELDS)
    if sort == "name":
        pages = Paginator(people, ON_A_PAGE)
        # Without their names.
        pages.count = learners.order_by().count()
        page = pages.get_page(number)
        return page, [Person(*row) for row in page.object_list]
    keys = list(learners.order_by().values_list("pk", flat=True))
    page = Paginator(in_order(keys, sort, snapshot), ON_A_PAGE).get_page(number)
    shown = {row[0]: Person(*row) for row in people.filter(pk__in=list(page.object_list))}
    return page, [shown[key] for key in page.object_list if key in shown]


def in_order(members: Iterable[int], sort: str, snapshot: Snapshot) -> list[int]:
    """Pure. Who is not in the snapshot yet has just joined: has done nothing, and is seen now."""
    by_progress = sort == "progress"
    order = snapshot.by_progress if by_progress else snapshot.by_last_seen
    places = {member: place for place, member in enumerate(order)}
    new = -1 if by_progress else len(places)
    return sorted(members, key=lambda member: places.get(member, new))
