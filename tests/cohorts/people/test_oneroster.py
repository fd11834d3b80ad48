import csv
import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.people import oneroster_in
from cohorts.people.oneroster import ENROLLED, Person, Roster, files, halves, write
from cohorts.people.oneroster_in import read
from cohorts.people.rows import ListError, Row

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PEOPLE = (
    Person("user-1", "amara@x.org", "Amara Osei", "owner"),
    Person("user-2", "asif@x.org", "Asif", "assistant"),
    Person("user-3", "yt@x.org", "Yi-Ting", "learner", "Chen, Yi-Ting", "=1002"),
)


def roster(*people: Person) -> Roster:
    return Roster(
        key="class-autumn",
        title="Autumn class",
        term="Autumn 2026",
        course_key="course-llm",
        course_title="LLM Course",
        starts=date(2026, 9, 28),
        ends=date(2026, 12, 18),
        people=people,
    )


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return file.getvalue()


def ours(**other: str) -> dict[str, str]:
    """Our files, with some of them replaced."""
    return files(roster(*PEOPLE)) | {f"{name}.csv": text for name, text in other.items()}


def header(text: str) -> str:
    return text.split("\r\n", 1)[0]


def test_columns_are_those_of_the_specification() -> None:
    found = {name: header(text) for name, text in files(roster()).items()}
    assert found == {
        "manifest.csv": "propertyName,value",
        "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
        "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,"
        "parentSourcedId,schoolYear",
        "courses.csv": "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,"
        "grades,orgSourcedId,subjects,subjectCodes",
        "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
        "classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
        "users.csv": "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,"
        "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"
        "userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
        "primaryOrgSourcedId,pronouns,metadata.cairn.listedAs",
        "roles.csv": "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,"
        "endDate,orgSourcedId,userProfileSourcedId",
        "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,"
        "userSourcedId,role,primary,beginDate,endDate",
    }


def test_lines_refer_to_each_other() -> None:
    lines = {
        name: list(csv.DictReader(io.StringIO(text)))
        for name, text in files(roster(*PEOPLE)).items()
    }
    org, term, course = (
        lines[f"{name}.csv"][0]["sourcedId"] for name in ("orgs", "academicSessions", "courses")
    )
    (the_class,) = lines["classes.csv"]
    assert (the_class["courseSourcedId"], the_class["termSourcedIds"]) == (course, term)
    assert {one["schoolSourcedId"] for one in lines["enrollments.csv"]} == {org}
    users = [one["sourcedId"] for one in lines["users.csv"]]
    assert [one["userSourcedId"] for one in lines["roles.csv"]] == users
    assert [
        (one["userSourcedId"], one["role"], one["primary"]) for one in lines["enrollments.csv"]
    ] == [
        ("user-1", "teacher", "true"),
        ("user-2", "ext:assistant", ""),
        ("user-3", "student", ""),
    ]
    manifest = {one["propertyName"]: one["value"] for one in lines["manifest.csv"]}
    bulk = {name[5:] + ".csv" for name, value in manifest.items() if value == "bulk"}
    assert bulk | {"manifest.csv"} == set(lines)
    assert manifest["oneroster.version"] == "1.2"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Amara Osei", ("Amara", "Osei")),
        ("Chen, Yi-Ting", ("Yi-Ting", "Chen")),
        ("María del Mar Ruiz", ("María del Mar", "Ruiz")),
        ("Sukarno", ("Sukarno", "Sukarno")),
        ("Chen,", ("Chen", "Chen")),
    ],
)
def test_both_halves_of_a_name_are_there(name: str, expected: tuple[str, str]) -> None:
    assert halves(name) == expected


def test_our_own_file_comes_back() -> None:
    (one,) = read(write(roster(*PEOPLE), NOW))
    assert (one.key, one.title) == ("class-autumn", "Autumn class")
    assert one.people.rows == (
        Row(2, "amara@x.org", "", "teacher"),
        Row(3, "asif@x.org", "", "assistant"),
        Row(4, "yt@x.org", "Chen, Yi-Ting", "learner", "", "=1002"),
    )
    assert one.people.rejected == ()


word = st.text("abÉñ漢0-9,'\".=/ ", max_size=8)
person = st.tuples(word, word, st.sampled_from(sorted(ENROLLED)))


@settings(max_examples=40, deadline=None)
@given(st.lists(person, min_size=1, max_size=5))
def test_what_goes_out_comes_in(said: list[tuple[str, str, str]]) -> None:
    people = [
        Person(f"user-{n}", f"p{n}@x.org", "Pat", role, name, number)
        for n, (name, number, role) in enumerate(said)
    ]
    (one,) = read(write(roster(*people), NOW))
    assert [(row.email, row.name, row.number, row.role) for row in one.people.rows] == [
        (f"p{n}@x.org", tidy(name), tidy(number), "teacher" if role == "owner" else role)
        for n, (name, number, role) in enumerate(said)
    ]


def tidy(text: str) -> str:
    return oneroster_in.tidy(text)


USERS = """sourcedId,status,enabledUser,username,givenName,familyName,identifier,email,\
preferredGivenName
1,active,true,ann,Ann,Lee,7,Ann@x.org,
2,,true,bo@x.org,Robert,Day,,,Bo
3,,false,cy,Cy,Old,,cy@x.org,
4,,true,dan,Dan,None,,,
"""
ENROLLMENTS = """sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role
e1,active,b,s,1,student
e2,,b,s,2,teacher
e3,,a,s,1,aide
e4,tobedeleted,b,s,4,student
e5,,b,s,3,student
e6,,b,s,4,student
e7,,b,s,9,student
e8,,b,s,2,administrator
e9,,b,s,1,student
"""


def test_files_of_others() -> None:
    classes = "sourcedId,title\nb,Biology\na,Algebra\n"
    contents = ours(users=USERS, enrollments=ENROLLMENTS, classes=classes)
    algebra, biology = read(zipped(contents))
    assert (algebra.title, algebra.people.rows) == (
        "Algebra",
        (Row(4, "ann@x.org", "Ann Lee", "assistant", "", "7"),),
    )
    assert biology.people.rows == (
        Row(2, "ann@x.org", "Ann Lee", "learner", "", "7"),
        Row(3, "bo@x.org", "Bo Day", "teacher"),
    )
    assert [(one.line, one.reason) for one in biology.people.rejected] == [
        (6, "The account is not enabled in users.csv."),
        (7, "“dan” is no e-mail address."),
        (8, "users.csv says nothing about this person."),
        (9, "There is no role “administrator” in a class."),
        (10, "The same address stands in line 2."),
    ]


MANIFEST = "propertyName,value\noneroster.version,{}\nfile.users,{}\n"


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        ({"users.csv": "", "manifest.csv": ""}, "enrollments.csv is missing"),
        ({"deep/users.csv": "", "../enrollments.csv": ""}, "users.csv, enrollments.csv is missing"),
        (ours(manifest=""), "it says nothing"),
        (ours(manifest=MANIFEST.format("1.1", "bulk")), "it says 1.1"),
        (ours(manifest=MANIFEST.format("1.2", "delta")), "Export everything"),
        (ours(users="a,b\n"), "users.csv has no column sourcedId"),
        (ours(enrollments="classSourcedId,role\n"), "has no column userSourcedId"),
        (ours(enrollments="classSourcedId,userSourcedId,role\n"), "Nobody is enrolled"),
        (ours(users='sourcedId\n"' + "x" * 200_000), "users.csv cannot be read as CSV"),
        ({**ours(), "users.csv": b"sourcedId\n\xff"}, "users.csv is not in UTF-8"),
        ({str(n): "" for n in range(201)}, "too many files"),
    ],
)
def test_what_is_no_roster(contents: dict[str, str], message: str) -> None:
    with pytest.raises(ListError, match=message):
        read(zipped(contents))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"name,e-mail\n", b"PK\x05\x06" + b"\0" * 9])
def test_what_is_no_archive(data: bytes) -> None:
    with pytest.raises(ListError, match="no ZIP file"):
        read(data)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oneroster_in, "BYTES", 50_000)
    with pytest.raises(ListError, match=r"users\.csv is too large"):
        read(zipped(ours(users="x" * 60_000)))


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    data = bytearray(zipped(ours(users="sourcedId\n" + "x" * 1_000_000)))
    size = struct.pack("<I", 1_000_010)
    assert data.count(size) == 2
    with pytest.raises(ListError):
        read(bytes(data.replace(size, struct.pack("<I", 5))))


def test_an_encrypted_archive() -> None:
    data = bytearray(zipped(ours()))
    at = data.find(b"PK\x01\x02", data.find(b"enrollments.csv"))
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    with pytest.raises(ListError, match="no ZIP file"):
        read(bytes(data))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_broken_archive_is_refused_or_read(data: st.DataObject) -> None:
    whole = bytearray(write(roster(*PEOPLE), NOW))
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(whole))
    except ListError:
        return
    assert sum(len(one.people.rows) + len(one.people.rejected) for one in found) > 0
