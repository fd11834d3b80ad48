"""A table as a file for spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from tablib import Dataset

from courses.tables.cells import defused
from courses.tables.reading import TableError

# What XML loses or spreadsheets read as something else, and the most that a cell can hold.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
MOST_IN_A_CELL = 32_767
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def csv_of(dataset: Dataset) -> bytes:
    """UTF-8 with a byte order mark, by which spreadsheets know it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(dataset.headers)
    writer.writerows([defused(str(cell)) for cell in row] for row in dataset)
    return file.getvalue().encode("utf-8-sig")


def xlsx_of(dataset: Dataset) -> bytes:
    """Raises TableError, with the row, for a text that such a file cannot hold exactly."""
    rows = [fitting(row, number) for number, row in enumerate(dataset, 2)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(dataset.headers)
    for row in rows:
        sheet.append([cell_of(sheet, text) for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def fitting(row: Iterable[object], number: int) -> list[str]:
    texts = [defused(str(value)) for value in row]
    if any(len(text) > MOST_IN_A_CELL or UNFIT.search(text) for text in texts):
        raise TableError(
            _("Row %d has a text that an XLSX file cannot hold. Take CSV instead.") % number
        )
    return texts


def cell_of(sheet: Any, text: str) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=text)
    # Text, whatever it looks like: “1.10” and “true” stay what they are.
    cell.data_type = "s"
    return cell
