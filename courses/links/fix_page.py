"""What the page "Links to fix" shows."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.ids import is_id
from courses.links.moving import Clash, Move
from courses.links.uses import Use, addresses, uses_of
from courses.models import Link

# What needs somebody, the worst first.
ORDER = (Link.State.DEAD, Link.State.FAILING, Link.State.MOVED)
# Addresses of one page, and so of one confirmation.
MOST = 50


@dataclass(frozen=True, slots=True)
class Row:
    link: Link
    uses: list[Use]


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking the new address would do."""

    link: Link
    uses: list[Use]
    clashes: list[Clash]


def to_fix(urls: Collection[str] | None = None) -> QuerySet[Link]:
    """Links in use that fail or have moved; `urls` are those in use, if they are known."""
    used = addresses() if urls is None else urls
    place = Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(ORDER)),
        output_field=IntegerField(),
    )
    found = Link.objects.filter(state__in=ORDER, url__in=used)
    return found.annotate(place=place).order_by("place", "url")


def rows_of(links: Collection[Link]) -> list[Row]:
    """Two queries for all of them."""
    uses = uses_of({link.url for link in links})
    return [Row(link, uses[link.url]) for link in links]


def plans_of(ids: Collection[str]) -> list[Plan]:
    """Of the links with these ids that have a new address: two queries, and two for each."""
    links = list(
        Link.objects.filter(pk__in=[one for one in ids if is_id(one)][:MOST]).exclude(moved_to="")
    )
    return [
        Plan(row.link, row.uses, Move(row.link.url, row.link.moved_to).clashes())
        for row in rows_of(links)
        if row.uses
    ]
