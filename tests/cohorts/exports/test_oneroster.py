"""Results to another system, and back."""

import csv
import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal

import pytest

from cohorts.exports.oneroster_grades import Refused, read
from cohorts.exports.oneroster_results import COLUMNS, write
from cohorts.exports.results_of import results_of
from cohorts.people.rows import ListError
from tests.class_factories import NOW, ClassOf
from tests.cohorts.exports.book import with_grades

MANIFEST = "propertyName,value\noneroster.version,1.2\n"
ITEMS = "sourcedId,title,resultValueMax\ni1,Essay,100\n"
RESULTS = "lineItemSourcedId,studentSourcedId,score\n"


def zipped(files: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


def of(items: str = ITEMS, results: str = RESULTS, **others: str) -> bytes:
    named = {f"{name}.csv": text for name, text in others.items()}
    files = {"manifest.csv": MANIFEST, "lineItems.csv": items, "results.csv": results}
    return zipped(files | named)


def test_results_of_a_class(autumn: ClassOf) -> None:
    with_grades(autumn)
    with write(results_of(autumn.cohort, NOW), NOW) as file, zipfile.ZipFile(file) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert list(texts) == ["manifest.csv", "categories.csv", "lineItems.csv", "results.csv"]
    manifest = dict(csv.reader(io.StringIO(texts["manifest.csv"])))
    assert manifest["oneroster.version"] == "1.2"
    bulk = {name for name, mode in manifest.items() if mode == "bulk"}
    assert bulk == {"file.categories", "file.lineItems", "file.results"}
    assert manifest["file.users"] == "absent"
    for name, columns in COLUMNS.items():
        assert texts[f"{name}.csv"].split("\r\n")[0] == ",".join(columns)
    items = list(csv.DictReader(io.StringIO(texts["lineItems.csv"])))
    assert [(one["title"], one["resultValueMax"]) for one in items] == [
        ("Essay", "100"),
        ("=Talk", "20.5"),
    ]
    results = list(csv.DictReader(io.StringIO(texts["results.csv"])))
    assert [(one["scoreStatus"], one["score"], one["scoreDate"]) for one in results] == [
        ("fully graded", "80.00", "2026-11-21"),
        ("exempt", "", "2026-11-21"),
    ]
    assert {one["studentSourcedId"] for one in results} == {f"user-{autumn.learner.user_id}"}


def test_what_goes_out_comes_in(autumn: ClassOf) -> None:
    with_grades(autumn)
    with write(results_of(autumn.cohort, NOW), NOW) as file:
        grades = read(file.read())
    assert [(one.title, one.most) for one in grades.items] == [
        ("Essay", Decimal(100)),
        ("=Talk", Decimal("20.5")),
    ]
    assert [(one.student, one.points) for one in grades.scores] == [
        (f"user-{autumn.learner.user_id}", Decimal(80))
    ]
    assert (grades.refused, grades.passed_over) == ((), 1)


def test_addresses_come_from_users() -> None:
    users = "sourcedId,email\nu1,ANN@example.org\n"
    grades = read(of(results=f"{RESULTS}i1,u1,7.5\ni1,u2,8\n", users=users))
    assert [(one.student, one.email, one.points) for one in grades.scores] == [
        ("u1", "ann@example.org", Decimal("7.50")),
        ("u2", "", Decimal("8.00")),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("i2,u1,7", "lineItems.csv says nothing about this item."),
        ("i1,u1,seven", "“seven” is no number of points."),
        ("i1,u1,-1", "“-1” is no number of points."),
        ("i1,u1,NaN", "“NaN” is no number of points."),
        ("i1,u1,1e9", "“1e9” is no number of points."),
        (f"i1,u1,{'9' * 50}", f"“{'9' * 40}” is no number of points."),
        ("i1,u0,8", "There is a score for this learner and item in line 2 already."),
    ],
)
def test_a_line_that_cannot_be_read(line: str, reason: str) -> None:
    grades = read(of(results=f"{RESULTS}i1,u0,5\n{line}\n"))
    item, student, _score = line.split(",")
    assert grades.refused == (Refused("results.csv", 3, f"{student} · {item}", reason),)
    assert len(grades.scores) == 1


def test_an_item_without_points() -> None:
    grades = read(of(f"{ITEMS}i2,Talk,\n", f"{RESULTS}i1,u1,5\n"))
    reason = "It does not say how many points can be had (resultValueMax)."
    assert grades.refused == (Refused("lineItems.csv", 3, "Talk", reason),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no zip", "This is no ZIP file that can be read."),
        (zipped({"manifest.csv": MANIFEST}), "lineItems.csv, results.csv is missing"),
        (of(), "There is no score in it."),
        (of(results="a,b\n"), "results.csv has no column lineItemSourcedId, studentSourcedId."),
        (of(manifest="propertyName,value\noneroster.version,1.1\n"), "it says 1.1"),
        (of(manifest=f"{MANIFEST}file.results,delta\n"), "changes only"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(ListError, match=said):
        read(data)
