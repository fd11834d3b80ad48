"""A table as an Excel workbook: row by row into a temporary file, so that memory stays flat."""

import re
from collections.abc import Sequence
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from cohorts.exports.table import Table, Value

WIDE, NARROW = 26, 12
TEXTS = 4
MOST_TITLE = 31
FORBIDDEN_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# What XML holds no way to write: one such character, and no program opens the file.
UNWRITABLE = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ud800-\udfff\ufffe\uffff]")


def written(table: Table, title: str, notes: Sequence[str]) -> IO[bytes]:
    """The workbook, to be read from its beginning: the table, and a sheet with `notes`."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title_of(title))
    sheet.freeze_panes = "B2"
    for place in range(len(table.header)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = (
            WIDE if place < TEXTS else NARROW
        )
    sheet.append([head(sheet, name) for name in table.header])
    for row in table.rows:
        sheet.append([cell(sheet, value) for value in row])
    explain(book, notes)
    file = TemporaryFile()  # noqa: SIM115  (closed by who sends it)
    book.save(file)
    file.seek(0)
    return file


def title_of(name: str) -> str:
    """Of a sheet: as long as Excel takes it, which counts in UTF-16, and in no quotation marks."""
    plain = UNWRITABLE.sub("", name.translate(FORBIDDEN_IN_TITLE))
    cut = plain.encode("utf-16-le")[: 2 * MOST_TITLE].decode("utf-16-le", "ignore")
    return cut.strip("' ") or "1"


def explain(book: Workbook, notes: Sequence[str]) -> None:
    sheet = book.create_sheet(_("How it is counted"))
    sheet.column_dimensions["A"].width = 100
    for note in notes:
        sheet.append([cell(sheet, note)])


def cell(sheet: Any, value: Value) -> Any:
    """Numbers stay numbers; a text is a text, whatever it begins with."""
    if isinstance(value, Decimal):
        return float(value)
    if not value:
        return None
    made = WriteOnlyCell(sheet, UNWRITABLE.sub("", value))
    made.data_type = "s"
    return made


def head(sheet: Any, name: str) -> Any:
    made = cell(sheet, name)
    made.font = Font(bold=True)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    return made
