"""The gradebook as a table to take away: a header, and a row for each learner, one at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.exports.ahead import read_ahead
from cohorts.gradebook.arithmetic import Cell, Row, State
from cohorts.gradebook.layout import Layout, layout_of
from cohorts.gradebook.numbers import half_up, plain
from cohorts.gradebook.reading import NOTHING, Later, Reader, later_of
from cohorts.gradebook.statements import Pieces, pieces_of
from cohorts.models import Cohort, Group
from cohorts.models.classes import NAME

# Learners whose work is in memory at the same time.
AT_ONCE = 500
MOST_KNOWN = 20_000
HUNDRED = Decimal(100)
Value = str | Decimal
Person = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` can be read once; each has as many values as `header`. Numbers are decimals."""

    header: Sequence[str]
    rows: Iterator[Sequence[Value]]


def gradebook_table(cohort: Cohort, now: datetime, group: Group | None = None) -> Table:
    """Two queries, and two more for each AT_ONCE learners, as the rows are read."""
    layout = layout_of(cohort, now)
    return Table(header_of(layout), read(cohort, layout, now, group))


def header_of(layout: Layout) -> list[str]:
    return [
        _("Name"),
        _("E-mail address"),
        _("Student number"),
        _("Group"),
        *(
            _("%(title)s (of %(points)s)")
            % {"title": column.title, "points": plain(column.item.points)}
            for column in layout.columns
        ),
        *(_("%s, percent") % name for name in layout.names),
        _("Total, percent"),
    ]


def read(
    cohort: Cohort, layout: Layout, now: datetime, group: Group | None
) -> Iterator[Sequence[Value]]:
    values, reader = Values(layout), Reader(layout, now)

    def asked(some: Sequence[Person]) -> tuple[Later, Mapping[int, Pieces]]:
        keys = [person[0] for person in some]
        return later_of(layout, keys), pieces_of(layout, keys)

    nothing = [NOTHING] * len(layout.columns)
    for some, (later, pieces) in read_ahead(portions_of(people_of(cohort, group)), asked):
        for key, *said in some:
            yield [*said, *values.of(reader.row(pieces.get(key, nothing), later.get(key)))]


def portions_of(people: Sequence[Person]) -> Iterator[Sequence[Person]]:
    return (people[first : first + AT_ONCE] for first in range(0, len(people), AT_ONCE))


def people_of(cohort: Cohort, group: Group | None) -> list[Person]:
    """The learners by name: some hundred bytes each. One query."""
    learners = cohort.members.learners().in_group(group).by_name()
    found = learners.values_list("pk", NAME, "user__email", "number", "group__name")
    return [(pk, name, email, number, of or "") for pk, name, email, number, of in found]


class Values:
    """What rows hold, as they are written. Cells are shared by learners, so each is looked at
    once."""

    def __init__(self, layout: Layout) -> None:
        self.digits = layout.digits
        self.known: dict[int, Value] = {}
        # So that the place of a cell in memory is not another's meanwhile.
        self.cells: list[Cell] = []

    def of(self, row: Row) -> list[Value]:
        known = self.known
        try:
            found = [known[key] for key in map(id, row.cells)]
        except KeyError:
            self.learn(row.cells)
            found = [known[key] for key in map(id, row.cells)]
        found += [self.percent(part.share) for part in row.parts]
        found.append(self.percent(row.total))
        return found

    def learn(self, cells: Sequence[Cell]) -> None:
        if len(self.cells) > MOST_KNOWN:
            self.known.clear()
            self.cells.clear()
        for cell in cells:
            if id(cell) not in self.known:
                self.known[id(cell)] = value_of(cell)
                self.cells.append(cell)

    def percent(self, share: Decimal | None) -> Value:
        return "" if share is None else half_up(share * HUNDRED, self.digits)


def value_of(cell: Cell) -> Value:
    """Points, to the hundredth; else a word where there is one to say."""
    if cell.earned is not None:
        return half_up(cell.earned, 2)
    said = {
        State.EXCUSED: _("excused"),
        State.WAITING: _("waiting"),
        State.MISSING: _("missing"),
        State.HIDDEN: _("hidden"),
    }
    return said.get(cell.state, "")
