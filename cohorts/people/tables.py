"""Tables as spreadsheets write and read them: their encoding, their separators, their formulas."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.people.rows import ListError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = ",;\t"
# What makes a spreadsheet take a cell for a formula, also in full width (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Decoded:
    """`guessed` names the encoding, where nothing but a guess told it."""

    text: str
    guessed: str = ""


def decode(data: bytes) -> Decoded:
    """The text of a file: by its byte order mark, as UTF-8, or else, as a guess, as Windows-1252.

    UTF-16 is told without a mark, too, by its zeros. Raises ListError for what is no text.
    """
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), "")
    if not encoding and b"\0" in data[:200]:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    try:
        return Decoded(data.decode(encoding or "utf-8"))
    except UnicodeDecodeError as error:
        if encoding:
            raise ListError(_("This is no text. Save the table as CSV in UTF-8.")) from error
    return Decoded(*guess(data))


def guess(data: bytes) -> tuple[str, str]:
    """Five bytes mean nothing in Windows-1252; Latin-1 has a meaning for each."""
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "Latin-1"


def separator_of(line: str) -> str:
    """What stands most often in a line of column names; a comma, where nothing does."""
    return max(SEPARATORS, key=line.count)


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something, with the line that it begins in, counted from 1.

    The first line tells the separator, also as Excel's `sep=;`. Raises ListError where a
    quotation mark swallows more than a cell may hold.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    told = first[4:5] if first.lower().startswith("sep=") else ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told or separator_of(first))
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (told and line == 1):
                yield line, [restored(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise ListError(
            _("From line %(line)d on it cannot be read. Is a quotation mark missing there?")
            % {"line": line}
        ) from error


def written(rows: Iterable[Iterable[str]]) -> str:
    """A CSV file for spreadsheets: with a byte order mark, and no cell that is a formula."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([[defused(cell) for cell in row] for row in rows])
    return f"\N{ZERO WIDTH NO-BREAK SPACE}{file.getvalue()}"


def defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def restored(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
