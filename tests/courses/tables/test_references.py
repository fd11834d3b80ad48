"""References as a table: matched, checked, written all or none, recorded."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tablib import Dataset

from accounts.models import User
from courses.models import Course, Lesson, Reference, Revision
from courses.tables.plan import ChangedError, FieldChange, Plan, RowChange, RowProblem
from courses.tables.reading import read_table
from courses.tables.references import ReferenceTable
from courses.tables.running import carry_out, run
from courses.tables.writing import csv_of, xlsx_of
from tests.courses.tables.tables import table
from tests.factories import LessonFactory, ReferenceFactory, TrackFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACE = {"course": "llm-course", "track": "scientist", "lesson": "quantization"}
ONE, TWO = "https://one.example/", "https://two.example/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Any:
    lesson: Any = LessonFactory(slug="quantization", track=TrackFactory(slug="scientist"))
    ReferenceFactory(lesson=lesson, url=ONE, title="One", note="A *note*.", position=1)
    ReferenceFactory(lesson=lesson, url=TWO, title="=Two", author="Ann", note="", position=2)
    return lesson


def exported() -> Dataset:
    return ReferenceTable.of(Reference.objects.select_related("lesson__track__course"))


def resource(data: bytes, name: str = "t.csv", **options: Any) -> ReferenceTable:
    read = read_table(data, name, ReferenceTable.columns, ReferenceTable.key)
    return ReferenceTable(read, now=NOW, **options)


def plan(*rows: dict[str, str]) -> Plan:
    return run(resource(table([{**PLACE, **row} for row in rows])))


def take(by: User, *rows: dict[str, str]) -> Plan:
    data = table([{**PLACE, **row} for row in rows])
    agreed = run(resource(data)).digest
    return carry_out(resource(data, by=by, writes=True), agreed)


@pytest.mark.parametrize(("write", "name"), [(csv_of, "t.csv"), (xlsx_of, "t.xlsx")])
def test_what_goes_out_changes_nothing_when_it_comes_in(
    write: Any, name: str, lesson: Any, editor: User
) -> None:
    ReferenceFactory(lesson=lesson, archived=True)
    made = resource(write(exported()), name, by=editor, writes=True)
    found = run(made)
    assert (found.count("unchanged"), found.does, found.problems) == (3, (), ())
    assert not Revision.objects.exclude(source=Revision.Source.OUTSIDE).exists()
    assert Lesson.objects.get().version == 1


def test_a_row_has_all_that_a_reference_says(lesson: Any) -> None:
    assert exported().dict[1] == {
        **PLACE,
        "position": "2",
        "url": TWO,
        "title": "=Two",
        "author": "Ann",
        "author_url": "",
        "kind": "article",
        "level": "",
        "note": "",
        "archived": "no",
    }


def test_rows_are_new_changed_moved_or_the_same(lesson: Any) -> None:
    first, second = exported().dict
    new = {**PLACE, "url": "https://new.example/", "title": "New", "kind": "paper"}
    blank = dict.fromkeys(first, "")
    found = run(
        resource(table([{**first, "note": "A note."}, {**second, "position": "7"}, blank | new]))
    )
    assert found.changes[:2] == (
        RowChange(
            2,
            "changed",
            f"scientist / quantization / {ONE}",
            (FieldChange("note", "A *note*.", "A note."),),
        ),
        RowChange(
            3, "moved", f"scientist / quantization / {TWO}", (FieldChange("position", "2", "7"),)
        ),
    )
    assert found.changes[2].kind == "new"
    assert FieldChange("position", "", "3") in found.changes[2].fields
    assert Reference.objects.count() == 2


def test_a_table_is_taken_in(lesson: Any, editor: User) -> None:
    version = lesson.track.course.version
    rows = [
        {"url": ONE, "title": "First", "kind": "paper"},
        {"url": "https://new.example/", "title": "New", "kind": "video"},
    ]
    assert take(editor, *rows).count("new") == 1
    new, one = Reference.objects.filter(title__in=["New", "First"]).order_by("-pk")
    assert (one.url, one.kind, one.note, one.position) == (ONE, "paper", "A *note*.", 1)
    assert (new.url, new.position, new.archived) == ("https://new.example/", 3, False)

    made = Revision.objects.get(source=Revision.Source.TABLE)
    assert (made.name, made.made_by) == ("scientist/quantization.yaml", editor)
    assert [row["title"] for row in made.data["references"]] == ["First", "=Two", "New"]
    lesson.refresh_from_db()
    assert (lesson.version, lesson.updated_at) == (2, NOW)
    assert Course.objects.get().version > version


def test_a_column_that_is_not_there_says_nothing(lesson: Any, editor: User) -> None:
    take(editor, {"url": ONE, "archived": "yes"})
    one = Reference.objects.get(url=ONE)
    assert (one.title, one.note, one.archived) == ("One", "A *note*.", True)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ({"lesson": "none"}, "lesson", "There is no lesson “llm-course / scientist / none”."),
        ({"title": ""}, "title", "is empty."),
        ({"title": "x" * 201}, "title", "has 201 characters; 200 is the most."),
        ({"kind": "song"}, "kind", "“song” is none of article"),
        ({"level": "hard"}, "level", "“hard” is none of advanced"),
        ({"url": "javascript:alert(1)"}, "url", "is not an address"),
        ({"author_url": "x"}, "author_url", "is not an address"),
        ({"note": "[" * 2000}, "note", ""),
        ({"position": "-1"}, "position", "must be a number from 0 to 32767, or empty."),
        ({"position": "32768"}, "position", "must be a number from 0"),
        ({"archived": "maybe"}, "archived", "must be yes or no."),
    ],
)
def test_what_is_wrong_names_its_row_and_column(
    row: dict[str, str], column: str, message: str, lesson: Any
) -> None:
    sound = {"url": "https://new.example/", "title": "New", "kind": "paper"}
    more = dict.fromkeys(("author_url", "level", "note", "position", "archived"), "")
    found = plan({**sound, **more}, {**more, **sound, "url": TWO, **row})
    assert [(one.number, one.column) for one in found.problems] == [(3, column)]
    assert message in found.problems[0].message


def test_a_row_stands_once(lesson: Any) -> None:
    row = {"url": ONE, "title": "One", "kind": "paper"}
    assert plan(row, row).problems == (RowProblem(3, "url", "It stands in the table twice."),)


def test_all_is_written_or_nothing(lesson: Any, editor: User) -> None:
    rows = [{"url": ONE, "title": "First", "kind": "paper"}, {"url": TWO, "title": "", "kind": "x"}]
    with pytest.raises(ChangedError):
        take(editor, *rows)
    assert set(Reference.objects.values_list("title", flat=True)) == {"One", "=Two"}
    assert not Revision.objects.exists()


def test_only_what_was_agreed_to_is_written(lesson: Any, editor: User) -> None:
    data = table([{**PLACE, "url": ONE, "title": "First", "kind": "article"}])
    agreed = run(resource(data)).digest
    Reference.objects.filter(url=ONE).update(title="Meanwhile")
    with pytest.raises(ChangedError):
        carry_out(resource(data, by=editor, writes=True), agreed)
    assert Reference.objects.get(url=ONE).title == "Meanwhile"


@pytest.mark.parametrize("number", [1, 30])
def test_a_table_costs_the_same_however_long_it_is(
    number: int, lesson: Any, editor: User, django_assert_num_queries: Any
) -> None:
    data = table(
        [
            {**PLACE, "url": f"https://new.example/{at}", "title": "New", "kind": "paper"}
            for at in range(number)
        ]
    )
    # Two savepoints a step of the import, lessons with concepts, references, their places, insert.
    with django_assert_num_queries(14):
        assert run(resource(data, by=editor)).count("new") == number
