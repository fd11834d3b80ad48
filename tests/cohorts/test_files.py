import json
from io import BytesIO
from typing import BinaryIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts import files
from cohorts.files import TYPES, FileError, check, clean_name, content_type_of


def packed(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
NOTEBOOK = json.dumps({"cells": [], "nbformat": 4}).encode()


def checked(name: str, content: bytes, **more: object) -> None:
    said = {"size": len(content), "types": set(TYPES), "most_bytes": 2**20} | more
    check(BytesIO(content), name, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"\n%PDF-1.7\n"),
        ("a.txt", "Grüße".encode()),
        ("a.md", "Grüße".encode("latin-1")),
        ("a.PY", b"print(1)"),
        ("a.ipynb", NOTEBOOK),
        ("a.json", b"[1]"),
        ("a.csv", b"a;b"),
        ("a.zip", packed("a")),
        ("a.zip", packed()),
        ("a.png", PNG),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.gif", b"GIF89a"),
        ("a.webp", b"RIFF\0\0\0\0WEBP"),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml")),
        ("a.odt", packed("mimetype", "content.xml")),
    ],
)
def test_is_what_it_says(name: str, content: bytes) -> None:
    checked(name, content)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", b"<p>", "a.html is not taken. Choose one of: pdf, txt,"),
        ("a", b"x", "a is not taken"),
        ("a.svg", b"<svg>", "a.svg is not taken"),
        ("a.txt", b"", "a.txt is empty"),
        ("a.txt", bytes(2**20 + 1), "a.txt is larger than 1 MB."),
        ("a.txt", b"a\0b", "a.txt is no txt file inside"),
        ("a.py", b"MZ\x90\0", "a.py is no py file"),
        ("a.png", b"<html>", "a.png is no png file"),
        ("a.pdf", b"MZ", "a.pdf is no pdf file"),
        ("a.docx", packed("a"), "a.docx is no docx file"),
        ("a.docx", b"MZ word/", "a.docx is no docx file"),
        ("a.json", b"{", "a.json is no json file"),
        ("a.json", b"[" * 100_000, "a.json is no json file"),
        ("a.json", b"\xff", "a.json is no json file"),
        ("a.ipynb", b"{}", "a.ipynb is no ipynb file"),
        ("a.ipynb", b"[]", "a.ipynb is no ipynb file"),
        ("a.webp", b"RIFF\0\0\0\0AVI ", "a.webp is no webp file"),
    ],
)
def test_is_not_what_it_says(name: str, content: bytes, said: str) -> None:
    with pytest.raises(FileError) as refused:
        checked(name, content)
    assert str(refused.value).startswith(said)


def test_only_the_types_that_were_asked_for() -> None:
    with pytest.raises(FileError, match=r"Choose one of: pdf, py\.$"):
        checked("a.txt", b"x", types={"py", "pdf"})


def test_large_json_is_looked_at_from_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_PARSED", 10)
    monkeypatch.setattr(files, "CHUNK", 8)
    checked("a.ipynb", b'{ "no": "notebook" }')
    with pytest.raises(FileError):
        checked("a.json", b'{"cells": [], "an": "end"')


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.TXT", "passwd.txt"),
        ("C:\\work\\a b.py", "a b.py"),
        ("a\u202efdp.exe\u202c.txt", "a fdp.exe.txt"),
        ("a\r\nX: y\0.txt", "a X_ y.txt"),
        ('"<b>".md', "__b__.md"),
        ("  ..hidden.txt. ", "hidden.txt"),
        ("...", "file"),
        (".py", "py"),
        ("\u200b.py", "py"),
        ("報告.pdf", "報告.pdf"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("x" * 300 + ".ipynb", "x" * 114 + ".ipynb"),
    ],
)
def test_names(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@settings(max_examples=100)
@given(st.text())
def test_a_clean_name_is_short_and_stays_as_it_is(typed: str) -> None:
    name = clean_name(typed)
    assert 0 < len(name) <= files.MOST_CHARACTERS
    assert name.isprintable()
    assert not set(name) & set('/\\<>:"|?*')
    assert clean_name(name) == name


def test_no_type_is_shown_as_a_page() -> None:
    found = {content_type_of(f"a.{extension}") for extension in TYPES}
    assert found == {
        *("application/octet-stream", "application/pdf", "application/zip"),
        *("image/gif", "image/jpeg", "image/png", "image/webp", "text/plain; charset=utf-8"),
    }
    assert content_type_of("a.html") == "application/octet-stream"


def test_all_types_fit_into_their_column() -> None:
    assert len(" ".join(TYPES)) <= 200


def test_digest() -> None:
    file: BinaryIO = BytesIO(b"abc")
    file.read()
    assert files.digest(file)[:8] == "ba7816bf"
