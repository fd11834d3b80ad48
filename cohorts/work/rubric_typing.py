"""A rubric as it stands in its form: rows of levels, as typed, moved about and checked. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TypeVar

from django.utils.translation import gettext as _

from cohorts.talk.plain_text import has_controls

MOST_ROWS, MOST_LEVELS = 20, 8
TITLE, LEVEL_TITLE, DESCRIPTION = 150, 80, 500
MOST_POINTS = Decimal("9999.99")
CENT = Decimal("0.01")
Thing = TypeVar("Thing")
DEED = re.compile(r"(add|drop|up|down)-(row|level)(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class TypedLevel:
    """`key` is that of the stored level, or empty; `error` says what is wrong, in words."""

    key: str = ""
    title: str = ""
    description: str = ""
    points: str = ""
    error: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.title or self.description or self.points)

    @property
    def worth(self) -> Decimal | None:
        return points_in(self.points)


@dataclass(frozen=True, slots=True)
class TypedRow:
    key: str = ""
    title: str = ""
    description: str = ""
    levels: tuple[TypedLevel, ...] = ()
    error: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.title or self.description) and all(one.is_blank for one in self.levels)

    @property
    def best(self) -> Decimal:
        return max((one.worth or Decimal(0) for one in self.levels), default=Decimal(0))


Rows = tuple[TypedRow, ...]
NEW_ROW = TypedRow(levels=(TypedLevel(), TypedLevel()))


def rows_in(post: Mapping[str, str]) -> Rows:
    """What was sent, up to the most that a rubric has."""
    return tuple(
        TypedRow(
            *said(post, f"row-{row}"),
            levels=tuple(
                TypedLevel(
                    *said(post, f"row-{row}-level-{level}"),
                    points=post.get(f"row-{row}-level-{level}-points", "").strip()[:20],
                )
                for level in range(MOST_LEVELS)
                if f"row-{row}-level-{level}-title" in post
            ),
        )
        for row in range(MOST_ROWS)
        if f"row-{row}-title" in post
    )


def said(post: Mapping[str, str], prefix: str) -> tuple[str, str, str]:
    key = post.get(f"{prefix}-key", "")
    texts = (post.get(f"{prefix}-{name}", "") for name in ("title", "description"))
    title, description = (" ".join(text.split()) for text in texts)
    return key if key.isdecimal() and len(key) < 19 else "", title, description


def done(rows: Rows, deed: str) -> Rows:
    """`rows` after a button was pressed, such as `add-level-2` or `up-row-1`; as they were where
    it makes no sense."""
    found = DEED.fullmatch(deed)
    if found is None:
        return rows
    verb, what, row, level = found[1], found[2], int(found[3] or 0), int(found[4] or 0)
    if what == "row":
        return moved(rows, verb, row, NEW_ROW, MOST_ROWS)
    if row >= len(rows):
        return rows
    levels = moved(rows[row].levels, verb, level, TypedLevel(), MOST_LEVELS)
    return (*rows[:row], replace(rows[row], levels=levels), *rows[row + 1 :])


def moved(
    things: tuple[Thing, ...], verb: str, at: int, new: Thing, most: int
) -> tuple[Thing, ...]:
    if verb == "add":
        return (*things, new) if len(things) < most else things
    if at >= len(things):
        return things
    rest = [*things[:at], *things[at + 1 :]]
    if verb != "drop":
        rest.insert(max(0, at - 1) if verb == "up" else at + 1, things[at])
    return tuple(rest)


def points_in(typed: str) -> Decimal | None:
    """Points, with a comma or a point; None where it is no such number."""
    try:
        found = Decimal(typed.replace(",", "."))
        plain = found.is_finite() and 0 <= found <= MOST_POINTS
        return found.quantize(CENT) if plain and found == found.quantize(CENT) else None
    except InvalidOperation:
        return None


def best_sum(rows: Sequence[TypedRow]) -> Decimal:
    """What somebody gets who meets every criterion at its best level."""
    return sum((row.best for row in rows), Decimal(0))


def digest_of(rows: Rows) -> str:
    """Another one as soon as anything in a stored rubric is; "" of none."""
    said = [
        [row.key, row.title, row.description, *levels_of(row, keys=True)]
        for row in rows
        if row.levels
    ]
    return sha256(json.dumps(said).encode()).hexdigest() if said else ""


def says_the_same(rows: Rows, others: Rows) -> bool:
    """Whether nobody could tell them apart by reading."""
    one, other = (
        [(row.title, row.description, levels_of(row, keys=False)) for row in each]
        for each in (rows, others)
    )
    return one == other


def levels_of(row: TypedRow, *, keys: bool) -> list[tuple[str, ...]]:
    return [
        (one.key if keys else "", one.title, one.description, str(one.worth)) for one in row.levels
    ]


def checked(rows: Rows) -> tuple[Rows, bool]:
    """Without blank rows and levels, each with what is wrong with it; and whether all is well."""
    kept = tuple(checked_row(row) for row in rows if not row.is_blank)
    wrong = any(row.error or any(one.error for one in row.levels) for row in kept)
    return kept, not wrong


def checked_row(row: TypedRow) -> TypedRow:
    levels = tuple(
        replace(one, error=wrong_with_level(one)) for one in row.levels if not one.is_blank
    )
    error = wrong_with_texts(row.title, row.description, TITLE)
    if not error and not levels:
        error = _("Give this criterion a level at least.")
    # A row without levels keeps two to type into.
    return replace(row, levels=levels or NEW_ROW.levels, error=error)


def wrong_with_level(level: TypedLevel) -> str:
    if error := wrong_with_texts(level.title, level.description, LEVEL_TITLE):
        return error
    if level.worth is None:
        return _("Give points from 0 to 9999, with two digits after the point at most.")
    return ""


def wrong_with_texts(title: str, description: str, most: int) -> str:
    if not title:
        return _("Give it a name.")
    if len(title) > most:
        return _("The name has over %d characters. Shorten it.") % most
    if len(description) > DESCRIPTION:
        return _("The description has over %d characters. Shorten it.") % DESCRIPTION
    if has_controls(title + description):
        return _("Take out the characters that cannot be seen.")
    return ""
