"""Reading OneRoster 1.2 CSV: the people of each class in a ZIP file, which is never unpacked."""

import csv
import io
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.people.oneroster import NAME, split_name
from cohorts.people.rows import Collector, ListError, People, Row, tidy

# Only these are ever read, and only from the top of the archive.
NEEDED = ("users.csv", "enrollments.csv")
WANTED = ("manifest.csv", "classes.csv", *NEEDED)
# Bytes and lines of one file when it is unpacked; and how many names an archive may hold.
BYTES = 10_000_000
LINES = 50_000
NAMES = 200
# Whatever zipfile makes of an archive that is cut off, tampered with, or locked by a password.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, OSError, ValueError),
)
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ROLES = {
    "student": "learner",
    "teacher": "teacher",
    "aide": "assistant",
    "proctor": "assistant",
    "ext:assistant": "assistant",
    "ext:observer": "observer",
}

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class User:
    """What is kept of a line of users.csv. Without `enabled` they are not let in."""

    email: str
    called: str
    name: str
    number: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class OneClass:
    key: str
    title: str
    people: People


def read(data: bytes) -> tuple[OneClass, ...]:
    """The classes of a ZIP file, by title, each with its people; lines are of enrollments.csv.

    Reads at most `BYTES` of each of four files, whatever the archive says of their sizes. Rows
    to be deleted are passed over. Raises ListError where it is no OneRoster in bulk mode.
    """
    texts = unpack(data)
    check_manifest(texts.get("manifest.csv", ""))
    users = {
        line["sourcedId"]: user_of(line) for _n, line in lines(texts, "users.csv", "sourcedId")
    }
    titles = {line["sourcedId"]: line.get("title", "") for _n, line in lines(texts, "classes.csv")}
    collectors: defaultdict[str, Collector] = defaultdict(Collector)
    for number, line in lines(texts, "enrollments.csv", "classSourcedId", "userSourcedId", "role"):
        take(collectors[line["classSourcedId"]], number, line, users.get(line["userSourcedId"]))
    found = [
        OneClass(key, tidy(titles.get(key, "")) or key, collector.people())
        for key, collector in collectors.items()
    ]
    if not found:
        raise ListError(_("Nobody is enrolled in it."))
    return tuple(sorted(found, key=lambda one: (one.title, one.key)))


def unpack(
    data: bytes, wanted: Collection[str] = WANTED, needed: Collection[str] = NEEDED
) -> dict[str, str]:
    """The texts of the `wanted` files. Raises ListError where one that is `needed` is missing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > NAMES or len(set(names)) < len(names):
                raise ListError(_("The archive holds too many files."))
            texts = {name: text_in(archive, name) for name in wanted if name in names}
    except BROKEN as error:
        raise ListError(_("This is no ZIP file that can be read.")) from error
    missing = [name for name in needed if name not in texts]
    if missing:
        raise ListError(
            _("%(names)s is missing at the top of the archive.") % {"names": ", ".join(missing)}
        )
    return texts


def text_in(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).compress_type not in PACKINGS:
        raise ListError(_("This is no ZIP file that can be read."))
    with archive.open(name) as file:
        data = file.read(BYTES + 1)
    if len(data) > BYTES:
        raise ListError(_("%(name)s is too large.") % {"name": name})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ListError(_("%(name)s is not in UTF-8.") % {"name": name}) from error


def check_manifest(text: str, files: Collection[str] = ("users", "enrollments")) -> None:
    said = {row[0]: row[1] for row in rows(text, "manifest.csv") if len(row) > 1}
    version = said.get("oneroster.version", "")
    if version != "1.2":
        raise ListError(
            _("manifest.csv has to say oneroster.version 1.2; it says %(version)s.")
            % {"version": version[:20] or _("nothing")}
        )
    if any(said.get(f"file.{name}") == "delta" for name in files):
        raise ListError(_("It holds changes only (delta). Export everything (bulk)."))


def lines(texts: Mapping[str, str], name: str, *needed: str) -> Iterator[tuple[int, Line]]:
    """The lines of a file that are not to be deleted, with their numbers."""
    found = rows(texts.get(name, ""), name)
    header = next(found, [])
    missing = [column for column in needed if column not in header]
    if missing:
        raise ListError(
            _("%(name)s has no column %(columns)s.") % {"name": name, "columns": ", ".join(missing)}
        )
    for number, cells in enumerate(found, 2):
        if number > LINES:
            raise ListError(_("%(name)s is too long. Export fewer classes.") % {"name": name})
        line = dict(zip(header, cells, strict=False))
        if all(line.get(column) for column in needed) and line.get("status") != "tobedeleted":
            yield number, line


def rows(text: str, name: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        raise ListError(_("%(name)s cannot be read as CSV.") % {"name": name}) from error


def user_of(line: Line) -> User:
    """Our own files say how a class lists a person, and be it not at all."""
    called = tidy(" ".join(split_name(line)))
    return User(
        email=(line.get("email") or line.get("username", "")).strip().lower(),
        called=called,
        name=tidy(line[NAME]) if NAME in line else called,
        number=tidy(line.get("identifier", "")),
        enabled=line.get("enabledUser", "true").lower() != "false",
    )


def take(collector: Collector, number: int, line: Line, user: User | None) -> None:
    if user is None:
        key, reason = line["userSourcedId"], _("users.csv says nothing about this person.")
        return collector.reject(number, key, reason)
    text = f"{user.called} <{user.email}>"
    role = ROLES.get(line["role"], "")
    if not role:
        reason = _("There is no role “%(role)s” in a class.") % {"role": line["role"][:40]}
        return collector.reject(number, text, reason)
    if not user.enabled:
        return collector.reject(number, text, _("The account is not enabled in users.csv."))
    row = Row(line=number, email=user.email, name=user.name, role=role, number=user.number)
    return collector.take(row, text)
