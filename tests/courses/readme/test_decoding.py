import pytest

from courses.readme.decoding import MAX_BYTES, MAX_LINES, ReadmeError, Repair, decode

TEXT = "# Kurs\n\nClémentine 🧩 nützt 中文\n"
LINES = ("# Kurs", "", "Clémentine 🧩 nützt 中文")


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8 with a mark at its beginning"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.replace("\n", "\r\n").encode(), "UTF-8"),
        (TEXT.replace("\n", "\r").encode(), "UTF-8"),
    ],
)
def test_encodings_give_the_same_lines(raw: bytes, encoding: str) -> None:
    decoded = decode(raw)
    assert (decoded.lines, decoded.encoding, decoded.repairs) == (LINES, encoding, ())


def test_utf_16_without_a_mark_is_told_by_its_zeros() -> None:
    assert decode("# A course\nof words".encode("utf-16-le")).lines == ("# A course", "of words")
    assert decode("# A course\nof words".encode("utf-16-be")).lines == ("# A course", "of words")


def test_a_line_that_is_not_utf_8_is_read_as_windows_1252_and_named() -> None:
    decoded = decode("Clémentine".encode("cp1252") + b"\n" + "Maierhöfer".encode())
    assert decoded.lines == ("Clémentine", "Maierhöfer")
    assert decoded.repairs == (
        Repair(1, "Cl�mentine", "Clémentine", "not UTF-8: read as Windows-1252"),
    )


def test_bytes_that_mean_nothing_are_named_by_line() -> None:
    decoded = decode(b"fine\nCl\xe9m \x81 \x9d\n")
    assert decoded.lines == ("fine", "Clém � �")
    how = "not UTF-8: read as Windows-1252; bytes that mean nothing there became �"
    assert [(one.line, one.how) for one in decoded.repairs] == [(2, how)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("ðŸ§© Basics", "🧩 Basics"),
        ("Jannik MaierhÃ¶fer", "Jannik Maierhöfer"),
        ("itâ€™s an en dash â€“ here", "it’s an en dash – here"),
    ],
)
def test_letters_that_were_decoded_wrongly_are_put_right(was: str, now: str) -> None:
    decoded = decode(f"first\n{was}\n".encode())
    how = "letters that were decoded wrongly are put right"
    assert decoded.repairs == (Repair(2, was, now, how),)
    assert decoded.lines == ("first", now)


def test_what_is_right_is_not_repaired() -> None:
    text = "naïve 🧑‍🔬 “quotes” — ½ 한국어 العربية\u200f ﬁ"
    assert decode(text.encode()).lines == (text,)
    assert decode(text.encode()).repairs == ()


def test_control_characters_and_turned_directions_are_taken_out() -> None:
    decoded = decode("a\x00b\x1b[31m\u202etext\u2066\n".encode())
    assert decoded.lines == ("ab[31mtext",)
    assert decoded.repairs[0].how == "control characters are taken out"


def test_a_lost_character_is_named() -> None:
    repairs = decode("ok\nMaierh�fer\n".encode()).repairs
    assert [(one.line, one.how) for one in repairs] == [
        (2, "a character was lost before it came here")
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no text"),
        (b"\n \n", "no text"),
        (b"x" * (MAX_BYTES + 1), "2,000,000 is the most"),
        (b"x\n" * (MAX_LINES + 1), "50,000 is the most"),
        (b"\x89PNG\r\n\x1a\n" + bytes([0, 1, 2, 3, 4]) * 50, "not text"),
    ],
)
def test_what_is_no_readme_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(ReadmeError, match=words):
        decode(raw)
