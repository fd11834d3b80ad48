from string import ascii_lowercase, digits

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.people.addresses import parse
from cohorts.people.rows import ROWS, ListError


def found(text: str) -> list[tuple[int, str, str]]:
    return [(row.line, row.name, row.email) for row in parse(text).rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("ann@x.org", [("", "ann@x.org")]),
        ("  Ann@X.org  ", [("", "ann@x.org")]),
        ("ann@x.org, bo@x.org;cy@x.org dan@x.org", ["ann", "bo", "cy", "dan"]),
        ("ann@x.org,bo@x.org", ["ann", "bo"]),
        ("ann@x.org\tbo@x.org", ["ann", "bo"]),
        ("<ann@x.org>", [("", "ann@x.org")]),
        ("mailto:ann@x.org", [("", "ann@x.org")]),
        ("(ann@x.org).", [("", "ann@x.org")]),
        ("Ann Lee <ann@x.org>", [("Ann Lee", "ann@x.org")]),
        ("Ann Lee<ann@x.org>", [("Ann Lee", "ann@x.org")]),
        ('"Lee, Ann" <ann@x.org>', [("Lee, Ann", "ann@x.org")]),
        ('"Lee; Ann" <ann@x.org>; bo@x.org', [("Lee; Ann", "ann@x.org"), ("", "bo@x.org")]),
        (
            "Lee, Ann <ann@x.org>; Day, Bo <bo@x.org>",
            [("Lee, Ann", "ann@x.org"), ("Day, Bo", "bo@x.org")],
        ),
        ("Ann <ann@x.org>, Bo <bo@x.org>", [("Ann", "ann@x.org"), ("Bo", "bo@x.org")]),
        ("bo@x.org, Ann Lee <ann@x.org>", [("", "bo@x.org"), ("Ann Lee", "ann@x.org")]),
        ('bo@x.org "Ann" <ann@x.org> cy@x.org', ["bo", ("Ann", "ann@x.org"), "cy"]),
        ("ann@x.org <ann@x.org>", [("", "ann@x.org")]),
        ('"ann@x.org" <Ann@x.org>', [("", "ann@x.org")]),
        ("Zoe\u0308 <zoe@x.org>", [("Zo\u00eb", "zoe@x.org")]),
        ('An "odd mark <ann@x.org>; bo@x.org', [("An odd mark", "ann@x.org"), ("", "bo@x.org")]),
        ("Ann <ann@x.org", ["ann"]),
    ],
)
def test_what_people_paste(text: str, expected: list[str | tuple[str, str]]) -> None:
    wanted = [one if isinstance(one, tuple) else ("", f"{one}@x.org") for one in expected]
    assert [(name, email) for _, name, email in found(text)] == wanted


def test_lines_count_from_one() -> None:
    assert [line for line, *_ in found("ann@x.org\n\nbo@x.org\r\ncy@x.org")] == [1, 3, 4]


@pytest.mark.parametrize(
    ("text", "rejected", "reason"),
    [
        ("Ann", "Ann", "This is no e-mail address."),
        ("Ann <ann at x.org>", "Ann <ann at x.org>", "This is no e-mail address."),
        ("ann@x", "ann@x", "“ann@x” is no e-mail address."),
        ("ann@x.org ANN@x.org", "ANN@x.org", "The same address stands in line 1."),
        (
            "A\u202eB <ann@x.org>",
            "A\ufffdB <ann@x.org>",
            "It holds characters that cannot be shown, such as control characters.",
        ),
        (
            f"{'n' * 121} <ann@x.org>",
            f"{'n' * 121} <ann@x.org>",
            f"“{'n' * 20}…” is longer than 120 characters.",
        ),
    ],
)
def test_what_is_rejected(text: str, rejected: str, reason: str) -> None:
    (one,) = parse(text).rejected
    assert (one.line, one.text, one.reason) == (1, rejected, reason)


def test_too_many() -> None:
    with pytest.raises(ListError, match="Send it in parts"):
        parse("x " * (ROWS + 1))


name = st.text(ascii_lowercase + " ", max_size=9).map(lambda text: " ".join(text.split()))
address = st.text(ascii_lowercase + digits, min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(name, address), unique_by=lambda one: one[1], max_size=6),
    st.sampled_from([", ", "; ", "\n", ";", "\r\n"]),
)
def test_what_is_written_is_read(people: list[tuple[str, str]], between: str) -> None:
    said = [f"{name} <{local}@x.org>" if name else f"{local}@x.org" for name, local in people]
    read = parse(between.join(said))
    assert [(row.name, row.email) for row in read.rows] == [
        (name, f"{local}@x.org") for name, local in people
    ]
    assert read.rejected == ()


@settings(max_examples=60, deadline=None)
@given(st.text("aB@.x<>\"',;:()  \t\n\r\x00\x0b\x85\u2028\u202eé漢\U0001f600", max_size=80))
def test_whatever_is_pasted_is_kept_or_rejected(text: str) -> None:
    read = parse(text)
    assert all("@" in row.email and row.line >= 1 for row in read.rows)
    assert all(one.reason for one in read.rejected)
