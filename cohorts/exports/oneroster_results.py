"""The gradebook of a class as OneRoster 1.2 CSV: categories, line items, results.

Source: 1EdTech, OneRoster CSV Binding 1.2 (bulk mode). Cells are written as they are: the files
are for systems, not spreadsheets. People and the class have the keys that the roster of
`cohorts.people.oneroster` gives them.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO

from cohorts.gradebook.numbers import plain
from cohorts.people.oneroster import ABSENT, BASE
from cohorts.people.oneroster import COLUMNS as ROSTER

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "categories": (*BASE, "title", "weight"),
    "lineItems": (
        *BASE,
        *("title", "description", "assignDate", "dueDate", "classSourcedId"),
        *("categorySourcedId", "gradingPeriodSourcedId", "resultValueMin", "resultValueMax"),
        *("academicSessionSourcedId", "schoolSourcedId"),
    ),
    "results": (
        *BASE,
        *("lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate"),
        *("comment", "classSourcedId", "inProgress", "incomplete", "late", "missing"),
    ),
}
GRADED, WAITING, NOTHING, EXEMPT = "fully graded", "submitted", "not submitted", "exempt"


@dataclass(frozen=True, slots=True)
class Heading:
    key: str
    title: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class LineItem:
    """`most` points can be had; both days are in the zone of the class."""

    key: str
    title: str
    category: str
    most: Decimal
    assigned: date
    due: date


@dataclass(frozen=True, slots=True)
class Result:
    """`score` in points; `status` is one of those above."""

    key: str
    item: str
    student: str
    status: str
    score: Decimal | None
    on: date
    late: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """`results` is read once, while it is written."""

    of_class: str
    term: str
    school: str
    categories: Sequence[Heading]
    items: Sequence[LineItem]
    results: Iterable[Result]
    system: str = "Cairn"


Line = Mapping[str, object]


def write(book: Results, now: datetime) -> IO[bytes]:
    """The ZIP file, to be read from its beginning; results go through memory one by one."""
    file = TemporaryFile()  # noqa: SIM115  (closed by who sends it)
    stamp = now.timetuple()[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        add(archive, "manifest", ("propertyName", "value"), manifest(book), stamp)
        lines = {
            "categories": (category(one) for one in book.categories),
            "lineItems": (line_item(one, book) for one in book.items),
            "results": (result(one, book) for one in book.results),
        }
        for name, some in lines.items():
            add(archive, name, COLUMNS[name], some, stamp)
    file.seek(0)
    return file


def add(
    archive: zipfile.ZipFile,
    name: str,
    columns: Sequence[str],
    lines: Iterable[Line],
    stamp: tuple[int, ...],
) -> None:
    info = zipfile.ZipInfo(f"{name}.csv", stamp)  # type: ignore[arg-type]
    info.compress_type = zipfile.ZIP_DEFLATED
    with (
        archive.open(info, "w") as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
    ):
        writer = csv.DictWriter(text, columns, restval="")
        writer.writeheader()
        writer.writerows(lines)


def manifest(book: Results) -> Iterator[Line]:
    modes = dict.fromkeys((*ABSENT, *ROSTER), "absent") | dict.fromkeys(COLUMNS, "bulk")
    said = {
        "manifest.version": "1.0",
        "oneroster.version": "1.2",
        **{f"file.{name}": modes[name] for name in sorted(modes)},
        "source.systemName": book.system,
        "source.systemCode": "cairn",
    }
    return ({"propertyName": name, "value": value} for name, value in said.items())


def category(one: Heading) -> Line:
    return {"sourcedId": one.key, "title": one.title, "weight": plain(one.weight)}


def line_item(one: LineItem, book: Results) -> Line:
    return {
        "sourcedId": one.key,
        "title": one.title,
        "assignDate": one.assigned.isoformat(),
        "dueDate": one.due.isoformat(),
        "classSourcedId": book.of_class,
        "categorySourcedId": one.category,
        "gradingPeriodSourcedId": book.term,
        "resultValueMin": "0",
        "resultValueMax": plain(one.most),
        "academicSessionSourcedId": book.term,
        "schoolSourcedId": book.school,
    }


def result(one: Result, book: Results) -> Line:
    return {
        "sourcedId": one.key,
        "lineItemSourcedId": one.item,
        "studentSourcedId": one.student,
        "scoreStatus": one.status,
        "score": "" if one.score is None else one.score,
        "scoreDate": one.on.isoformat(),
        "classSourcedId": book.of_class,
        "late": str(one.late).lower(),
        "missing": str(one.missing).lower(),
    }
