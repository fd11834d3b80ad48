"""A file that an editor sends as a table: bounded before it is read, then plain text."""

import csv
import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from tablib import Dataset

from courses.tables.cells import restored, text_of

MOST_BYTES = 5_000_000
MOST_ROWS = 10_000
# Characters of one cell: the limit of spreadsheets themselves, and twice what any field takes.
MOST_CHARACTERS = 100_000
# Of an XLSX file once it is unpacked, and the parts that it may have.
MOST_UNPACKED, MOST_PARTS = 60_000_000, 200
# Elements in all of its parts: each is an object of some 600 bytes while it is read, and a full
# table of ours has some 400,000.
MOST_ELEMENTS = 700_000
PIECE = 1_000_000
# Columns that are looked at; a table has fewer.
MOST_COLUMNS = 60
SEPARATORS = ",;\t"


class TableError(Exception):
    """The file is no table that can be read; the message says why, to an editor."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows as text, and the number that each has in the file, its header being 1."""

    dataset: Dataset
    numbers: tuple[int, ...]


def read_table(data: bytes, name: str, columns: Collection[str], needed: Iterable[str]) -> Table:
    """The table in `data`; the ending of `name` says whether it is CSV or XLSX.

    Columns are found by their names. Raises TableError for what is too large, is no table, lacks
    one of the `needed` columns, or has one that is none of `columns`.
    """
    if len(data) > MOST_BYTES:
        raise TableError(_("The file is over 5 MB. Split it."))
    rows = rows_of_xlsx(data) if name.lower().endswith(".xlsx") else rows_of_csv(data)
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if len(filled) < 2:
        raise TableError(_("The file has no rows under a first one with names of columns."))
    if len(filled) > MOST_ROWS + 1:
        raise TableError(_("The table has over %d rows. Split it.") % MOST_ROWS)
    headers = headers_of(filled[0][1], columns, needed)
    dataset = Dataset(headers=headers)
    for number, row in filled[1:]:
        if any(row[len(headers) :]):
            raise TableError(_("Row %d has more cells than the table has columns.") % number)
        dataset.append([*row, *[""] * len(headers)][: len(headers)])
    return Table(dataset, tuple(number for number, _row in filled[1:]))


def headers_of(row: list[str], columns: Collection[str], needed: Iterable[str]) -> list[str]:
    headers = [cell.strip().lower() for cell in row]
    while headers and not headers[-1]:
        headers.pop()
    unknown = [header for header in headers if header not in columns]
    missing = [column for column in needed if column not in headers]
    twice = sorted({header for header in headers if headers.count(header) > 1})
    if missing:
        raise TableError(_("The first row has no column “%s”.") % "”, “".join(missing))
    if unknown:
        text = _("“%(found)s” is no column here. There are: %(known)s.")
        raise TableError(text % {"found": "”, “".join(unknown), "known": ", ".join(columns)})
    if twice:
        raise TableError(_("There are two columns “%s”.") % "”, “".join(twice))
    return headers


def rows_of_csv(data: bytes) -> Iterator[list[str]]:
    text = decoded(data)
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 0
    try:
        for number, row in enumerate(islice(reader, MOST_ROWS * 2), 1):
            yield checked([restored(cell) for cell in row], number)
    except csv.Error as error:
        text = _("From row %d on it cannot be read. Is a quotation mark missing there?")
        raise TableError(text % (number + 1)) from error


def decoded(data: bytes) -> str:
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            _("This is no text in UTF-8. Save the table as “CSV UTF-8”, or as XLSX.")
        ) from error


def rows_of_xlsx(data: bytes) -> Iterator[list[str]]:
    """The first sheet. What its cells compute is read, not the formulas."""
    refuse_bomb(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # Bounds of our own: what a file says of its size is not believed.
        rows = sheet.iter_rows(max_row=MOST_ROWS * 2, max_col=MOST_COLUMNS, values_only=True)
        for number, row in enumerate(rows, 1):
            yield checked([text_of(value) for value in row], number)
    except (
        *(InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, IndexError),
        *(ValueError, TypeError, AttributeError, OSError, EOFError, zlib.error),
    ) as error:
        raise TableError(_("This is no table of Excel (XLSX) that can be read.")) from error


def refuse_bomb(data: bytes) -> None:
    """A few kB can unpack to gigabytes, and XML can grow by definitions of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            parts = parcel.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or size > MOST_UNPACKED:
                raise TableError(_("The file is too large once it is unpacked. Save it as CSV."))
            if sum(elements_in(parcel, part) for part in parts) > MOST_ELEMENTS:
                raise TableError(_("The file is too large once it is unpacked. Save it as CSV."))
    except (
        *(zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError),
        *(ValueError, zlib.error),
    ) as error:
        raise TableError(_("This is no table of Excel (XLSX) that can be read.")) from error


def elements_in(parcel: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """About how many elements the part has."""
    found = 0
    with parcel.open(part) as file:
        while piece := file.read(PIECE):
            if b"<!DOCTYPE" in piece.upper():
                raise TableError(_("The file defines things that no table needs."))
            found += piece.count(b"<") - piece.count(b"</")
    return found


def checked(row: list[str], number: int) -> list[str]:
    for cell in row:
        if len(cell) > MOST_CHARACTERS:
            raise TableError(_("Row %d has a cell that is too long.") % number)
        if "\0" in cell:
            raise TableError(_("Row %d has a character that cannot be stored.") % number)
    return row
