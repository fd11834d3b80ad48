"""Files that are tables, and files that pretend to be."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from tablib import Dataset

from courses.tables import reading
from courses.tables.reading import TableError, read_table
from courses.tables.writing import csv_of, xlsx_of

COLUMNS = ["slug", "title", "note"]
SIGNATURE = b"slug,title\n"


def read(data: bytes, name: str = "t.csv") -> reading.Table:
    return read_table(data, name, COLUMNS, ["slug"])


def rows(table: reading.Table) -> list[list[str]]:
    return [list(row) for row in table.dataset]


@pytest.mark.parametrize(
    "data",
    [
        b"slug,title\na,B\n",
        b"\xef\xbb\xbfSlug, TITLE \r\na,B\r\n",
        b"slug;title\na;B\n",
        b"slug\ttitle\na\tB\n",
        "slug,title\na,B\n".encode("utf-16"),
        b"title,slug,,\nB,a,,\n",
    ],
)
def test_a_csv_file_is_read_as_spreadsheets_write_it(data: bytes) -> None:
    assert [dict(row) for row in read(data).dataset.dict] == [{"slug": "a", "title": "B"}]


def test_rows_keep_their_numbers_in_the_file() -> None:
    table = read(b"slug,title\n\na,B\n,\nb,C\n")
    assert (table.numbers, rows(table)) == ((3, 5), [["a", "B"], ["b", "C"]])


TEXTS = ["=1+1", "'=x", " two ", "a\nb", '"quoted", too', "é𝕏👩🏽‍💻", "1.10", "true", "0001", "-5"]


@pytest.mark.parametrize(("write", "name"), [(csv_of, "t.csv"), (xlsx_of, "t.xlsx")])
def test_what_is_written_is_read_back(write: object, name: str) -> None:
    dataset = Dataset(*([f"s{n}", text, ""] for n, text in enumerate(TEXTS)), headers=COLUMNS)
    assert rows(read(write(dataset), name)) == [list(row) for row in dataset]  # type: ignore[operator]


def test_a_csv_file_keeps_line_breaks_of_any_kind() -> None:
    dataset = Dataset(["a", "b\r\nc\rd", "x\x85y\u2028z"], headers=COLUMNS)
    assert rows(read(csv_of(dataset))) == [list(dataset[0])]


@pytest.mark.parametrize("text", ["a\rb", "a\x0bb", "_x000D_", "x" * 32_768])
def test_what_xlsx_cannot_hold_is_said(text: str) -> None:
    with pytest.raises(TableError, match="Row 3 has a text that an XLSX file cannot hold"):
        xlsx_of(Dataset(["a", "b", ""], ["b", text, ""], headers=COLUMNS))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no rows"),
        (SIGNATURE, "no rows"),
        (b"title\nA\n", "no column “slug”"),
        (b"slug,colour\na,b\n", "“colour” is no column here. There are: slug, title, note."),
        (b"slug,slug\na,b\n", "two columns “slug”"),
        (b"slug\na,b\n", "Row 2 has more cells"),
        (b"slug,title\na,\x00\n", "Row 2 has a character"),
        (b"slug,title\na,\xff\n", "no text in UTF-8"),
        (b"slug,title\na," + b"x" * 100_001, "Row 2 has a cell that is too long"),
        (b"slug,title\na," + b"x" * 200_000, "From row 2 on it cannot be read"),
        (b"x" * 5_000_001, "over 5 MB"),
        (SIGNATURE + b"a,b\n" * 10_001, "over 10000 rows"),
    ],
)
def test_what_is_no_table_is_said(data: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read(data)


def workbook(**parts: bytes) -> bytes:
    """A sound file of one row, with parts exchanged or added."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["slug", "title"])
    sheet.append(["a", 5.0])
    file = io.BytesIO()
    book.save(file)
    if not parts:
        return file.getvalue()
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            key = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.pop(key) if key in parts else old.read(name))
        for key, data in parts.items():
            new.writestr(f"xl/{key}.xml", data)
    return made.getvalue()


def damaged(data: bytes) -> bytes:
    """With another byte in the middle of the packed sheet: no longer what zlib wrote."""
    with zipfile.ZipFile(io.BytesIO(data)) as parcel:
        sheet = parcel.getinfo("xl/worksheets/sheet1.xml")
    start = sheet.header_offset + 30 + len(sheet.filename)
    return data[:start] + b"\xff" + data[start + 1 :]


def test_an_xlsx_file_of_others_is_read() -> None:
    assert rows(read(workbook(), "t.XLSX")) == [["a", "5"]]


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c t="inlineStr">'
    b'<is><t>slug</t></is></c></row><row r="2"><c t="inlineStr"><is><t>a</t></is></c></row>'
    b"</sheetData></worksheet>"
)


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    assert rows(read(workbook(sheet1=SHEET), "t.xlsx")) == [["a"]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not a zip", "no table of Excel"),
        (workbook()[:-200], "no table of Excel"),
        (workbook(sheet1=b"<worksheet"), "no table of Excel"),
        (workbook(workbook=b"<workbook/>"), "no table of Excel"),
        (workbook(bomb=b" " * 60_000_001), "too large once it is unpacked"),
        (workbook(many=b"<c/>" * 700_001), "too large once it is unpacked"),
        (workbook(sheet1=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "defines things"),
        (workbook(sheet1=b" " * 3000 + b"<!DOCTYPE x><x/>"), "defines things"),
        (damaged(workbook(sheet1=b"<worksheet>" + bytes(range(256)) * 9)), "no table of Excel"),
    ],
    ids=[
        *("no zip", "cut", "broken", "no sheets", "bomb", "elements", "entities", "late entities"),
        "damaged",
    ],
)
def test_an_xlsx_file_that_is_a_trap_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read(data, "t.xlsx")


def test_many_parts_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parcel:
        for number in range(201):
            parcel.writestr(f"{number}.xml", b"")
    with pytest.raises(TableError, match="too large once it is unpacked"):
        read(file.getvalue(), "t.xlsx")
