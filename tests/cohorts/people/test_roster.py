import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.people.roster import COLUMNS, HEADER, plain, read, read_file
from cohorts.people.rows import ROWS, ListError, Row
from cohorts.people.tables import Decoded, written


def rows(text: str) -> tuple[Row, ...]:
    return read(Decoded(text)).rows


ANN = "ann@x.org"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("email\nann@x.org", Row(2, ANN)),
        ("E-Mail\n  Ann@X.org ", Row(2, ANN)),
        ("mail;Full name\nann@x.org;Lee, Ann", Row(2, ANN, "Lee, Ann")),
        ("Full Name\tE-mail address\nAnn Lee\tann@x.org", Row(2, ANN, "Ann Lee")),
        ("First name,Last name,mail\nAnn,Lee,ann@x.org", Row(2, ANN, "Ann Lee")),
        ("surname,mail\nLee,ann@x.org", Row(2, ANN, "Lee")),
        ("name,e-mail,role\nAnn,ann@x.org,Teaching Assistant", Row(2, ANN, "Ann", "assistant")),
        ("e-mail,role\nann@x.org,STUDENT", Row(2, ANN)),
        ("e-mail,role\nann@x.org", Row(2, ANN)),
        ("Group,e-mail\n Lab  A ,ann@x.org", Row(2, ANN, group="Lab A")),
        ("Student number,e-mail\n007,ann@x.org", Row(2, ANN, number="007")),
        ("\nsection;id;mail\n\nB;9;ann@x.org", Row(4, ANN, group="B", number="9")),
    ],
)
def test_a_line(text: str, expected: Row) -> None:
    assert rows(text) == (expected,)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",Ann,,", "There is no e-mail address."),
        ("ann,Ann,,", "“ann” is no e-mail address."),
        ("bo@x.org,Ann,,", "The same address stands in line 2."),
        (
            "ann@x.org,Ann,boss,",
            "“boss” is no role. Write learner, assistant, observer or teacher.",
        ),
        ("ann@x.org,Ann,Owner,", "A class has one owner, who hands it over in its settings."),
        (f"ann@x.org,Ann,,{'g' * 61}", f"“{'g' * 20}…” is longer than 60 characters."),
        (
            "ann@x.org,A\x07nn,,",
            "It holds characters that cannot be shown, such as control characters.",
        ),
        (
            'ann@x.org,"Ann\nLee",,',
            "A quotation mark opens here and closes lines later. Take it out.",
        ),
    ],
)
def test_a_wrong_line_stops_no_other(line: str, reason: str) -> None:
    text = f"e-mail,name,role,group\nbo@x.org,Bo,,\n{line}\ncy@x.org,Cy,,"
    found = read(Decoded(text))
    assert [row.email for row in found.rows] == ["bo@x.org", "cy@x.org"]
    assert [(one.line, one.reason) for one in found.rejected] == [(3, reason)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "It says: nothing"),
        ("ann@x.org\nbo@x.org", "It says: ann@x.org"),
        ("name,role\nAnn,", "one of them “e-mail”"),
        ("mail,e-mail\na,b", "Two columns could be the same: “mail” and “e-mail”"),
        ("email\n" + "x\n" * (ROWS + 1), "longer than 10000 lines"),
    ],
)
def test_no_roster(text: str, message: str) -> None:
    with pytest.raises(ListError, match=message):
        read(Decoded(text))


def test_what_was_not_read_is_said() -> None:
    data = "e-mail;Name;Phone;Ann\u00e9e\nann@x.org;Zoé;1;2".encode("cp1252")
    found = read_file(data)
    assert found.rows == (Row(2, ANN, "Zoé"),)
    assert found.remarks == (
        "The file is not in UTF-8; it was read as Windows-1252. Look at the accents.",
        "Columns that were not read: Phone, Année.",
    )


def test_the_template_names_columns_that_are_known() -> None:
    assert {plain(name) for name in HEADER} <= {
        name for names in COLUMNS.values() for name in names
    }


text = st.text("abcé =+-@'\",;", max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(text, text), max_size=5), st.permutations(["e-mail", "name", "group"]))
def test_what_is_written_is_read(people: list[tuple[str, str]], header: list[str]) -> None:
    said = [
        {"e-mail": f"p{n}@x.org", "name": " ".join(name.split()), "group": " ".join(group.split())}
        for n, (name, group) in enumerate(people)
    ]
    file = written([header, *([one[column] for column in header] for one in said)])
    found = read_file(file.encode())
    assert [(row.email, row.name, row.group) for row in found.rows] == [
        (one["e-mail"], *(restored(one[key]) for key in ("name", "group"))) for one in said
    ]


def restored(cell: str) -> str:
    """A name that begins with an apostrophe and a formula's sign loses the apostrophe."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell
