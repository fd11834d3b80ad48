"""The picture of how totals spread: bars as numbers for the template. Pure."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from cohorts.gradebook.figures import EDGES

WIDTH, HIGHEST, BOTTOM = 50, 45, 64


class Bar(NamedTuple):
    number: int
    name: str
    x: int
    y: int
    height: int
    label: int
    middle: int


class Spread(NamedTuple):
    words: str
    bars: tuple[Bar, ...]


def spread_of(counts: tuple[int, ...]) -> Spread:
    most = max(counts) or 1
    names = [f"<{EDGES[0]}", *(f"{edge}s" for edge in EDGES)]
    bars = tuple(bar(at, count, most, names[at]) for at, count in enumerate(counts))
    said = ", ".join(
        _("%(count)d at %(name)s") % {"count": one.number, "name": one.name} for one in bars
    )
    return Spread(_("How many learners have which total in percent: %s") % said, bars)


def bar(at: int, count: int, most: int, name: str) -> Bar:
    height = max(2, count * HIGHEST // most)
    x = WIDTH * at + 6
    top = BOTTOM - height
    return Bar(count, name, x, top, height, top - 5, x + 19)
