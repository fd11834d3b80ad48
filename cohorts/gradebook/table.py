"""The rows of the gradebook's table as HTML, joined from pieces that are rendered once."""

from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cohorts.gradebook import wording
from cohorts.gradebook.arithmetic import Cell
from cohorts.gradebook.asking import NAME, TOTAL, Asked
from cohorts.gradebook.choosing import Sheet
from cohorts.gradebook.layout import Column
from cohorts.gradebook.numbers import plain


class CellView(NamedTuple):
    state: str
    share: str
    late: bool
    waits: bool


class Heading(NamedTuple):
    """Of a column: `sort` is how it is sorted now, for `aria-sort`; `whole` is its own page."""

    title: str
    points: str
    url: str
    sort: str
    whole: str


class Group(NamedTuple):
    """A category with so many columns; `share` of the weights, in percent."""

    name: str
    columns: int
    share: str


class Head(NamedTuple):
    """Everything above the rows; the same for all who sort alike."""

    name: Heading
    groups: tuple[Group, ...]
    columns: tuple[Heading, ...]
    total: Heading
    enters: bool


def head(sheet: Sheet, asked: Asked, *, enters: bool) -> Head:
    layout = sheet.layout

    def heading(sort: str, column: Column | None = None) -> Heading:
        now = ("descending" if asked.down else "ascending") if asked.sort == sort else ""
        url = asked.sorted_by(sort).query
        if column is None:
            return Heading("", "", url, now, "")
        return Heading(column.title, plain(column.item.points), url, now, f"items/{column.id}/")

    whole = sum(rule.weight for rule in layout.plan.categories) or 1
    groups = zip(layout.names, layout.plan.categories, layout.plan.places, strict=True)
    return Head(
        name=heading(NAME),
        groups=tuple(
            Group(name, len(places), wording.about(rule.weight / whole))
            for name, rule, places in groups
            if places
        ),
        columns=tuple(heading(str(one.id), one) for one in layout.columns),
        total=heading(TOTAL),
        enters=enters,
    )


class Known:
    """The HTML of cells that were met: by the cell itself, which lives as long as it is here."""

    most = 20_000

    def __init__(self) -> None:
        self.html: dict[int, tuple[Cell, str]] = {}

    def of(self, cell: Cell, language: str | None) -> str:
        found = self.html.get(id(cell))
        if found is not None and found[0] is cell:
            return found[1]
        if len(self.html) >= self.most:
            self.html.clear()
        html = cell_html(view_of(cell), language)
        self.html[id(cell)] = (cell, html)
        return html


known: dict[str | None, Known] = {}


def view_of(cell: Cell) -> CellView:
    share = "" if cell.share is None else plain(wording.half_up(cell.share * 100, 0))
    return CellView(cell.state.value, share, cell.days_late > 0, cell.waits)


@lru_cache(maxsize=4096)
def cell_html(view: CellView, language: str | None) -> str:
    """From after the address of its link on."""
    return render_to_string("cohorts/gradebook/_cell.html", {"cell": view}).rstrip() + "</a>"


@lru_cache(maxsize=4096)
def end_html(total: str, standing: str, language: str | None) -> str:
    context = {"total": total, "standing": standing}
    return render_to_string("cohorts/gradebook/_end.html", context).strip()


def body(sheet: Sheet) -> SafeString:
    """A line for each learner. In a class of 50 and 40 items these are 2,000 links: each is put
    together from what its row, its column and its value share. End tags that HTML can do without
    are left out."""
    language = get_language()
    cells = known.setdefault(language, Known()).of
    columns = [f'{one.id}/"' for one in sheet.layout.columns]
    digits = sheet.layout.digits
    lines: list[str] = []
    for pk, name in sheet.people:
        row = sheet.rows[pk]
        start = f'<td><a tabindex="-1" href="{pk}/'
        pairs = zip(columns, row.cells, strict=True)
        middle = "".join([f"{start}{at}{cells(cell, language)}" for at, cell in pairs])
        end = end_html(
            wording.total(row.total, digits), wording.standing(sheet.layout, row.total), language
        )
        lines.append(f'<tr><th scope="row"><a href="{pk}/">{escape(name)}</a></th>{middle}{end}')
    return mark_safe("\n".join(lines))  # noqa: S308  (the names are escaped)
