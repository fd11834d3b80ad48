"""A table as CSV for spreadsheets, written while it is read."""

import csv
import re
from collections.abc import Iterator

from cohorts.exports.table import Table, Value
from cohorts.people.tables import defused

# Without it, spreadsheets take UTF-8 for something else.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
LINES = 100
# Where a comma stands in numbers, spreadsheets divide lines at semicolons, whatever the file means.
AFTER_ANOTHER = re.compile(r"([;\t]\s*)(?=[-=+@＝＋－＠])")


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def written(table: Table) -> Iterator[bytes]:
    """Some lines at a time, after RFC 4180. No text in it is a formula for a spreadsheet."""
    write = csv.writer(Echo()).writerow
    lines = [MARK + write([harmless(name) for name in table.header])]
    for row in table.rows:
        lines.append(write(row if is_harmless(row) else [text_of(value) for value in row]))
        if len(lines) >= LINES:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


def is_harmless(row: object) -> bool:
    """Only the first four values are texts that people have typed."""
    return not any(harmless(value) != value for value in row[:4])  # type: ignore[index]


def text_of(value: Value) -> object:
    return harmless(value) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """`text` as a cell that is no formula, also where it becomes two."""
    text = defused(text)
    return AFTER_ANOTHER.sub(r"\1'", text) if ";" in text or "\t" in text else text
