import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.people.rows import ListError
from cohorts.people.tables import Decoded, decode, defused, lines_of, restored, written

TEXT = "name,e-mail\nZoë,zoe@x.org\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_known(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == Decoded(TEXT)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Zoë €".encode("cp1252"), Decoded("Zoë €", "Windows-1252")),
        (b"Zo\xeb \x81", Decoded("Zoë \x81", "Latin-1")),
        (b"", Decoded("")),
    ],
)
def test_other_encodings_are_a_guess(data: bytes, expected: Decoded) -> None:
    assert decode(data) == expected


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"PK\x03\x04\x00\x00\xd8\x00\xd8"])
def test_no_text(data: bytes) -> None:
    with pytest.raises(ListError, match="Save the table as CSV in UTF-8"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a,b\n1,2", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("a;b\n1,5;2", [(1, ["a", "b"]), (2, ["1,5", "2"])]),
        ("a\tb\r\n1\t2\r\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("sep=;\na;b", [(2, ["a", "b"])]),
        ("\n \na,b\n,\n1,2", [(3, ["a", "b"]), (5, ["1", "2"])]),
        ('a,b\n"x\ny",2\n3,4', [(1, ["a", "b"]), (2, ["x\ny", "2"]), (4, ["3", "4"])]),
        ("a\n'=1+1\n'tis", [(1, ["a"]), (2, ["=1+1"]), (3, ["'tis"])]),
    ],
)
def test_lines(text: str, expected: list[tuple[int, list[str]]]) -> None:
    assert list(lines_of(text)) == expected


def test_a_quotation_mark_without_end() -> None:
    with pytest.raises(ListError, match="From line 2 on"):
        list(lines_of('a\n"' + "x\n" * 100_000))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "＝1", "＋1", "－1", "＠x"]
)
def test_formulas_are_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    assert restored(defused(cell)) == cell


cells = st.text("a=+-@'\",;\t\r\n \x1c\u2028é漢\U0001f600", max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=4))
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    header = ["a", "b"]
    back = [row for _, row in lines_of(written([header, *rows])[1:])][1:]
    expected = [row for row in rows if any(defused(cell).strip() for cell in row)]
    assert back == [[restored(defused(cell)) for cell in row] for row in expected]
