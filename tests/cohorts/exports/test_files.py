"""The table, as CSV and as a workbook."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import User
from cohorts.exports import csv_file, xlsx_file
from cohorts.exports.ahead import read_ahead
from cohorts.exports.notes import notes_of
from cohorts.exports.table import Table, gradebook_table
from cohorts.gradebook.layout import layout_of
from cohorts.models import Grade, GradeItem, Group, Membership
from tests.class_factories import NOW, ClassOf, GradeItemFactory
from tests.cohorts.exports.book import with_grades

HEADER = [
    "Name",
    "E-mail address",
    "Student number",
    "Group",
    "Essay (of 100)",
    "=Talk (of 20.5)",
    "Work, percent",
    "Total, percent",
]


def test_table_is_by_name(autumn: ClassOf) -> None:
    with_grades(autumn)
    table = gradebook_table(autumn.cohort, NOW)
    assert list(table.header) == HEADER
    of_learner = ["Yi-Ting Chen", "yi-ting@example.org", "S1", "Lab"]
    assert list(table.rows) == [
        ["+Zoë", "zoe@example.org", "", "", "", "", "", ""],
        [*of_learner, Decimal("80.00"), "excused", Decimal("80.0"), Decimal("80.0")],
    ]


def test_table_of_a_group(autumn: ClassOf) -> None:
    with_grades(autumn)
    lab = Group.objects.get()
    assert [row[0] for row in gradebook_table(autumn.cohort, NOW, lab).rows] == ["Yi-Ting Chen"]


def test_table_of_a_class_without_items_and_people(autumn: ClassOf) -> None:
    Membership.objects.filter(cohort=autumn.cohort).delete()
    table = gradebook_table(autumn.cohort, NOW)
    assert list(table.header) == [*HEADER[:4], "Total, percent"]
    assert list(table.rows) == []


@pytest.mark.parametrize("people", [3, 300])
def test_queries_do_not_grow_with_the_class(autumn: ClassOf, people: int) -> None:
    with_grades(autumn)
    users = User.objects.bulk_create(User(email=f"l{n}@example.org") for n in range(people))
    Membership.objects.bulk_create(
        Membership(cohort=autumn.cohort, user=user, joined_at=NOW) for user in users
    )
    with CaptureQueriesContext(
        connection,
    ) as made:
        rows = list(gradebook_table(autumn.cohort, NOW).rows)
    assert len(rows) == people + 2
    # Layout, learners, what each has.
    assert len(made) == 3


def test_csv_is_for_spreadsheets_and_has_no_formulas(autumn: ClassOf) -> None:
    with_grades(autumn)
    data = b"".join(csv_file.written(gradebook_table(autumn.cohort, NOW)))
    assert data.startswith(b"\xef\xbb\xbfName,")
    assert data.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == [*HEADER[:5], "'=Talk (of 20.5)", *HEADER[6:]]
    assert [row[0] for row in rows[1:]] == ["'+Zoë", "Yi-Ting Chen"]
    assert rows[2][4:] == ["80.00", "excused", "80.0", "80.0"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ann;=cmd|'/C calc'!A0;", "Ann;'=cmd|'/C calc'!A0;"),
        ("Ann; +1;\t@x", "Ann; '+1;\t'@x"),
        ("=1;-1", "'=1;'-1"),
        ("Ann; Lee", "Ann; Lee"),
        ("Ann-Lee", "Ann-Lee"),
    ],
)
def test_csv_has_no_formulas_where_lines_are_divided_at_semicolons(name: str, written: str) -> None:
    row = [name, "ann@example.org", "", "", Decimal("80.00")]
    data = b"".join(csv_file.written(Table(["Name"], iter([row]))))
    assert next(csv.reader([data.decode().splitlines()[1]])) == [written, *row[1:4], "80.00"]


def test_csv_comes_in_portions(autumn: ClassOf) -> None:
    with_grades(autumn)
    users = User.objects.bulk_create(User(email=f"l{n}@example.org") for n in range(220))
    Membership.objects.bulk_create(
        Membership(cohort=autumn.cohort, user=user, joined_at=NOW) for user in users
    )
    portions = list(csv_file.written(gradebook_table(autumn.cohort, NOW)))
    assert [portion.count(b"\r\n") for portion in portions] == [100, 100, 23]


def test_workbook_has_numbers_and_texts(autumn: ClassOf) -> None:
    with_grades(autumn)
    notes = notes_of(autumn.cohort, layout_of(autumn.cohort, NOW), NOW)
    with xlsx_file.written(gradebook_table(autumn.cohort, NOW), "Class: [a/b]", notes) as file:
        book = load_workbook(file)
    sheet = book["Class   a b"]
    assert [cell.value for cell in sheet[1]] == HEADER
    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet[3]][4:] == [80, "excused", 80, 80]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("+Zoë", "s")
    assert (sheet["F1"].value, sheet["F1"].data_type) == ("=Talk (of 20.5)", "s")
    said = [row[0].value for row in book["How it is counted"]]
    assert said[0] == "Autumn class, as of 21 November 2026, 09:00 (UTC)."
    assert said[1] == "Work: weight 60; by points."
    assert said[2] == "Being late costs no points."
    assert said[3] == "Missing work does not count."


def test_workbook_takes_control_characters_out(autumn: ClassOf) -> None:
    with_grades(autumn)
    GradeItem.objects.filter(title="Essay").update(title="Es\x01say")
    with xlsx_file.written(gradebook_table(autumn.cohort, NOW), "'''", ()) as file:
        assert load_workbook(file)["1"]["E1"].value == "Essay (of 100)"


def test_what_is_graded_without_names_is_hidden(autumn: ClassOf) -> None:
    category = with_grades(autumn)
    assignment = autumn.cohort.assignments.create(
        title="Blind", anonymous=True, published=True, created_at=NOW
    )
    GradeItemFactory(category=category, assignment=assignment, title="", released_at=None)
    rows = {row[0]: row for row in gradebook_table(autumn.cohort, NOW).rows}
    assert rows["Yi-Ting Chen"][6] == "hidden"


def test_a_change_by_hand_is_what_counts(autumn: ClassOf) -> None:
    with_grades(autumn)
    Grade.objects.filter(item__title="Essay").update(override=Decimal("91.25"), reason="Asked")
    rows = {row[0]: row for row in gradebook_table(autumn.cohort, NOW).rows}
    assert rows["Yi-Ting Chen"][4] == Decimal("91.25")


@pytest.mark.django_db(transaction=True)
def test_reading_ahead_uses_a_connection_of_its_own() -> None:
    User.objects.create_user("somebody@example.org")
    mine = id(connection.connection)

    def read(portion: int) -> tuple[int, bool]:
        return User.objects.count() * portion, id(connection.connection) == mine

    assert list(read_ahead(iter([1, 2, 3]), read)) == [
        (1, (1, False)),
        (2, (2, False)),
        (3, (3, False)),
    ]
    assert list(read_ahead([], read)) == []


@pytest.mark.django_db(transaction=True)
def test_reading_ahead_says_what_went_wrong() -> None:
    def read(portion: int) -> int:
        return 1 // portion

    found = read_ahead([1, 0, 1], read)
    assert next(found) == (1, 1)
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_workbook_opens_whatever_people_are_called(autumn: ClassOf) -> None:
    with_grades(autumn)
    Membership.objects.filter(pk=autumn.learner.pk).update(listed_as="Yi\uffff-\ufffeTing")
    table = gradebook_table(autumn.cohort, NOW)
    with xlsx_file.written(table, "Class\uffff", []) as file:
        book = load_workbook(file)
    assert book.sheetnames[0] == "Class"
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["+Zoë", "Yi-Ting"]


@pytest.mark.parametrize(
    ("name", "title"),
    [("a" * 30 + "'s", "a" * 30), ("😀" * 40, "😀" * 15), ("''", "1"), ("A/B: C", "A B  C")],
)
def test_title_of_a_sheet_is_one_that_excel_takes(name: str, title: str) -> None:
    assert xlsx_file.title_of(name) == title
