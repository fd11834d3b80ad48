"""A class as OneRoster 1.2 CSV, written and read.

Source: 1EdTech, OneRoster CSV Binding 1.2.1 (22 August 2023). Bulk mode only. Groups have no
place in OneRoster. Cells are written as they are: the files are for systems, not spreadsheets.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

# The columns of each file, in the order of the specification.
BASE = ("sourcedId", "status", "dateLastModified")
# Ours, for the name as it stands in the class: givenName and familyName cannot hold every name.
NAME = "metadata.cairn.listedAs"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "orgs": (*BASE, "name", "type", "identifier", "parentSourcedId"),
    "academicSessions": (
        *BASE,
        *("title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
    ),
    "courses": (
        *BASE,
        *("schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId"),
        *("subjects", "subjectCodes"),
    ),
    "classes": (
        *BASE,
        *("title", "grades", "courseSourcedId", "classCode", "classType", "location"),
        *("schoolSourcedId", "termSourcedIds", "subjects", "subjectCodes", "periods"),
    ),
    "users": (
        *BASE,
        *("enabledUser", "username", "userIds", "givenName", "familyName", "middleName"),
        *("identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password"),
        *("userMasterIdentifier", "preferredGivenName", "preferredMiddleName"),
        *("preferredFamilyName", "primaryOrgSourcedId", "pronouns", NAME),
    ),
    "roles": (
        *BASE,
        *("userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId"),
        "userProfileSourcedId",
    ),
    "enrollments": (
        *BASE,
        *("classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary"),
        *("beginDate", "endDate"),
    ),
}
# What the specification knows beside these, and what a manifest has to name as absent.
ABSENT = (
    *("categories", "classResources", "courseResources", "demographics"),
    *("lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "resources"),
    *("resultLearningObjectiveIds", "results", "resultScoreScales", "scoreScales"),
    *("userProfiles", "userResources"),
)
# Role in the class → role in enrollments.csv, and in roles.csv. Both may be extended by `ext:`.
ENROLLED = {
    "owner": "teacher",
    "teacher": "teacher",
    "assistant": "ext:assistant",
    "observer": "ext:observer",
    "learner": "student",
}
IN_ORG = {**ENROLLED, "assistant": "aide"}
ORG = "org-1"


@dataclass(frozen=True, slots=True)
class Person:
    """`name` as the class lists it, or empty; `called` is what to call them then."""

    key: str
    email: str
    called: str
    role: str
    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A class; `starts` and `ends` are the first and the last day of its term."""

    key: str
    title: str
    term: str
    course_key: str
    course_title: str
    starts: date
    ends: date
    people: tuple[Person, ...]
    system: str = "Cairn"


Line = Mapping[str, str]


def write(roster: Roster, now: datetime) -> bytes:
    """The ZIP file. The same roster and `now` give the same bytes."""
    file = io.BytesIO()
    stamp = now.timetuple()[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files(roster).items():
            archive.writestr(zipfile.ZipInfo(name, stamp), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def files(roster: Roster) -> dict[str, str]:
    tables: Mapping[str, list[Line]] = {
        "orgs": [{"sourcedId": ORG, "name": roster.system, "type": "school"}],
        "academicSessions": [session(roster)],
        "courses": [
            {"sourcedId": roster.course_key, "title": roster.course_title, "orgSourcedId": ORG}
        ],
        "classes": [the_class(roster)],
        "users": [user(one) for one in roster.people],
        "roles": [role(one) for one in roster.people],
        "enrollments": [enrollment(one, roster) for one in roster.people],
    }
    written = {f"{name}.csv": csv_of(COLUMNS[name], lines) for name, lines in tables.items()}
    return {"manifest.csv": manifest(roster), **written}


def manifest(roster: Roster) -> str:
    modes = dict.fromkeys(ABSENT, "absent") | dict.fromkeys(COLUMNS, "bulk")
    said = {
        "manifest.version": "1.0",
        "oneroster.version": "1.2",
        **{f"file.{name}": modes[name] for name in sorted(modes)},
        "source.systemName": roster.system,
        "source.systemCode": "cairn",
    }
    lines = [{"propertyName": name, "value": value} for name, value in said.items()]
    return csv_of(("propertyName", "value"), lines)


def csv_of(columns: tuple[str, ...], lines: Iterable[Line]) -> str:
    """Without a byte order mark, which the specification does not foresee."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue()


def session(roster: Roster) -> Line:
    return {
        "sourcedId": f"term-{roster.key}",
        "title": roster.term or roster.title,
        "type": "term",
        "startDate": roster.starts.isoformat(),
        "endDate": roster.ends.isoformat(),
        "schoolYear": str(roster.ends.year),
    }


def the_class(roster: Roster) -> Line:
    return {
        "sourcedId": roster.key,
        "title": roster.title,
        "courseSourcedId": roster.course_key,
        "classType": "scheduled",
        "schoolSourcedId": ORG,
        "termSourcedIds": f"term-{roster.key}",
    }


def user(person: Person) -> Line:
    given, family = halves(person.name or person.called)
    return {
        "sourcedId": person.key,
        "enabledUser": "true",
        "username": person.email,
        "givenName": given,
        "familyName": family,
        "identifier": person.number,
        "email": person.email,
        "primaryOrgSourcedId": ORG,
        NAME: person.name,
    }


def halves(name: str) -> tuple[str, str]:
    """Given and family name, neither empty: the file must have both, whoever has but one."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or not given or not family:
        given, _blank, family = name.replace(",", " ").strip().rpartition(" ")
    return given.strip() or family, family


def role(person: Person) -> Line:
    return {
        "sourcedId": f"role-{person.key}",
        "userSourcedId": person.key,
        "roleType": "primary",
        "role": IN_ORG[person.role],
        "orgSourcedId": ORG,
    }


def enrollment(person: Person, roster: Roster) -> Line:
    teaches = ENROLLED[person.role] == "teacher"
    return {
        "sourcedId": f"{roster.key}-{person.key}",
        "classSourcedId": roster.key,
        "schoolSourcedId": ORG,
        "userSourcedId": person.key,
        "role": ENROLLED[person.role],
        "primary": ("true" if person.role == "owner" else "false") if teaches else "",
    }


def split_name(line: Line) -> Iterator[str]:
    """The parts of a name, preferred ones first."""
    for part in ("Given", "Middle", "Family"):
        small = f"{part.lower()}Name"
        yield line.get(f"preferred{part}Name", "") or line.get(small, "")
