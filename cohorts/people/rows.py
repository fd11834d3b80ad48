"""What a list of people says, line by line, before anybody asks who of them is known."""

import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

# Of one list.
ROWS = 10_000
MOST = {"email": 254, "name": 120, "group": 60, "number": 64}
# Letters that change the direction of what stands after them, in other people's pages, too.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class ListError(Exception):
    """Nothing of the list can be read; says why, in words for who sent it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person. `email` is in lower case; what the list does not say is empty."""

    line: int
    email: str
    name: str = ""
    role: str = "learner"
    group: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """`text` is the line as it was read; `reason` says what to do about it."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class People:
    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    # Of the whole list, such as columns that nobody asked for.
    remarks: tuple[str, ...] = ()


class Collector:
    """Takes rows one after the other, and keeps those that are right and there for the first time.

    One pass; memory in proportion to the rows. Raises ListError past `ROWS` of them.
    """

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.rejected: list[Rejected] = []
        self.lines: dict[str, int] = {}

    def take(self, row: Row, text: str) -> None:
        self.count()
        wrong = what_is_wrong(row)
        if not wrong and row.email in self.lines:
            wrong = _("The same address stands in line %(line)d.") % {"line": self.lines[row.email]}
        if wrong:
            self.rejected.append(Rejected(row.line, shown(text), wrong))
            return
        self.lines[row.email] = row.line
        self.rows.append(row)

    def reject(self, line: int, text: str, reason: str) -> None:
        self.count()
        self.rejected.append(Rejected(line, shown(text), reason))

    def count(self) -> None:
        if len(self.rows) + len(self.rejected) >= ROWS:
            raise ListError(
                _("The list is longer than %(rows)d lines. Send it in parts.") % {"rows": ROWS}
            )

    def people(self, *remarks: str) -> People:
        return People(tuple(self.rows), tuple(self.rejected), remarks)


def what_is_wrong(row: Row) -> str:
    """A reason to reject `row`, or nothing."""
    if not row.email:
        return _("There is no e-mail address.")
    for name, most in MOST.items():
        value = getattr(row, name)
        if is_unfit(value):
            return _("It holds characters that cannot be shown, such as control characters.")
        if len(value) > most:
            return _("“%(start)s…” is longer than %(most)d characters.") % {
                "start": value[:20],
                "most": most,
            }
    return (
        ""
        if is_address(row.email)
        else _("“%(text)s” is no e-mail address.") % {"text": row.email[:80]}
    )


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_unfit(text: str) -> bool:
    """Whether `text` holds control characters, half of a pair, or turns what stands behind it."""
    return any(unicodedata.category(one) in {"Cc", "Cs"} or one in TURNING for one in text)


def tidy(text: str) -> str:
    """In composed letters, with one blank wherever there was some."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def shown(text: str) -> str:
    """What can be kept and shown of a line that is rejected."""
    kept = "".join("\N{REPLACEMENT CHARACTER}" if is_unfit(one) else one for one in text[:200])
    return kept if len(text) <= 200 else f"{kept}…"
