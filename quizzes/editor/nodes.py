"""What the form of a kind of question is made of, and what stands in it, whatever draws it.

A sheet is what stands in a form: a text or a flag for each field, a list of sheets for rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Sheet = dict[str, Any]
# Where a field is: as the path of a PayloadError, rows counted from 0.
Path = tuple[str | int, ...]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Text:
    """`lines`: how many the field shows; text of several lines is Markdown."""

    name: str
    label: Words
    hint: Words = ""
    lines: int = 1
    short: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """Ticked or not; `alone` of its rows, only one of them is."""

    name: str
    label: Words
    hint: Words = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """One of `options`, which are pairs of value and label; all in sight if `open`."""

    name: str
    label: Words
    options: tuple[tuple[str, Words], ...]
    hint: Words = ""
    open: bool = False
    # Whether other fields depend on it.
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    name: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Up to `most` rows of the same fields, of which `least` must be filled in.

    `label` has a %d. Of `ordered` rows the order counts. `fields_of` gives each row fields of its
    own; such rows are as many as they are.
    """

    name: str
    heading: Words
    label: Words
    fields: tuple["Node", ...]
    least: int
    most: int
    hint: Words = ""
    ordered: bool = False
    fields_of: Callable[[Sheet], tuple["Node", ...]] | None = None

    def nodes_of(self, row: Sheet) -> tuple["Node", ...]:
        return self.fields_of(row) if self.fields_of else self.fields


Node = Text | Flag | Pick | Hidden | Rows


def is_filled(node: Rows, row: Sheet) -> bool:
    """Whether anything was written or chosen in the row; a tick alone says nothing."""
    fields = [one for one in node.nodes_of(row) if isinstance(one, Text | Pick)]
    return any(str(row.get(one.name, "")).strip() for one in fields)
