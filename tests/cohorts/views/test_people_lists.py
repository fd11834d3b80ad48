"""Lists of people: the report, then the deed."""

import csv
import io
import re
import zipfile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cohorts.models import Invitation, Membership, PendingImport
from cohorts.people import oneroster_in
from cohorts.people.forms import BYTES
from tests import people
from tests.class_factories import ClassOf, GroupFactory
from tests.cohorts.people.test_oneroster import ENROLLMENTS, USERS, ours, zipped
from tests.quizzes.sql import queries

PAGE = "/cohorts/autumn/people/"


@pytest.fixture
def teacher(autumn: ClassOf, client: Client) -> Client:
    client.force_login(autumn.teacher.user)
    return client


def text_of(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def say_yes(client: Client, page: str) -> str:
    """What the page says after the button of the report."""
    (expected,) = re.findall(r'name="expected" value="(\w+)"', text_of(client, page))
    return client.post(page, {"expected": expected}, follow=True).content.decode()


def upload(client: Client, data: bytes, page: str = "roster/", name: str = "people.csv") -> str:
    answer = client.post(PAGE + page, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def test_invited_after_the_report(autumn: ClassOf, teacher: Client) -> None:
    people.stranger()
    group = GroupFactory(cohort=autumn.cohort, name="Lab A")
    form = {
        "addresses": "New One <new@example.org>, sam@example.org; yi-ting@example.org\nnonsense",
        "role": "learner",
        "group": group.pk,
        "words": "Welcome.",
    }
    page = teacher.post(f"{PAGE}invite/", form).url
    text = text_of(teacher, page)
    for said in ("added at once", "invited by mail", "in already, changed", "rejected"):
        assert f"<b>1</b>{said}" in text
    assert "This is no e-mail address." in text
    assert not Invitation.objects.exists()
    assert mail.outbox == []
    assert "Added 1 person. Invited 1 person. Changed 1 person." in say_yes(teacher, page)
    assert Membership.objects.get(user__email="sam@example.org").group == group
    assert {one.to[0] for one in mail.outbox} == {"sam@example.org", "new@example.org"}
    answer = teacher.post(page, {"expected": "again"}, follow=True)
    assert "This list has been added already." in answer.content.decode()


@pytest.mark.parametrize(
    "said",
    [
        {"addresses": ""},
        {"addresses": "a@example.org\x00"},
        {"addresses": "a@example.org", "role": "teacher"},
        {"addresses": "a@example.org", "words": "w" * 1001},
        {"addresses": "a@example.org", "words": "w\x07"},
        {"addresses": "a@example.org", "group": 99999},
        {"addresses": " , ; "},
        {"addresses": "x " * 10_001},
    ],
)
def test_what_cannot_be_invited(said: dict[str, object], teacher: Client) -> None:
    form = {"role": "learner", "group": "", "words": "", **said}
    answer = teacher.post(f"{PAGE}invite/", form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not PendingImport.objects.exists()


def test_a_roster(autumn: ClassOf, teacher: Client) -> None:
    data = "Name;E-Mail;Rolle;Group\nZoë;zoe@example.org;x;Lab Ü\nNo;no;x;\n".encode("cp1252")
    page = upload(teacher, data)
    text = text_of(teacher, page)
    assert "read as Windows-1252" in text
    assert "Columns that were not read: Rolle." in text
    assert "One group is new: Lab Ü." in text
    assert "Invite one person" in text
    assert "Invited 1 person." in say_yes(teacher, page)
    invitation = Invitation.objects.get()
    assert (invitation.listed_as, str(invitation.group)) == ("Zoë", "Lab Ü")


def test_a_pasted_roster(teacher: Client) -> None:
    page = teacher.post(f"{PAGE}roster/", {"pasted": "\te-mail\nAnn\tann@example.org"}).url
    assert "ann@example.org" in text_of(teacher, page)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "Choose a file, or paste the table."),
        ({"pasted": "  "}, "Choose a file, or paste the table."),
        ({"pasted": "name\nAnn"}, "one of them “e-mail”"),
        ({"pasted": "e-mail"}, "There is nobody in it."),
        ({"pasted": "a\x00"}, "Null characters"),
        ({"file": SimpleUploadedFile("x", b"\xff\xfe\x00")}, "This is no text."),
        ({"file": SimpleUploadedFile("x", b" " * (BYTES + 1))}, "larger than 5 MB"),
        ({"file": SimpleUploadedFile("x", b"")}, "empty"),
    ],
)
def test_what_is_no_roster(form: dict[str, object], error: str, teacher: Client) -> None:
    answer = teacher.post(f"{PAGE}roster/", form)
    assert answer.status_code == 422
    assert error in answer.content.decode()


def test_the_class_has_changed_meanwhile(autumn: ClassOf, teacher: Client) -> None:
    page = upload(teacher, b"e-mail\nsam@example.org\n")
    (before,) = re.findall(r'name="expected" value="(\w+)"', text_of(teacher, page))
    people.stranger()
    answer = teacher.post(page, {"expected": before})
    assert answer.status_code == 409
    assert "The class has changed meanwhile" in answer.content.decode()
    assert not Membership.objects.filter(user__email="sam@example.org").exists()
    assert "Added 1 person." in say_yes(teacher, page)


def test_the_rejected_lines_can_be_taken_away(teacher: Client) -> None:
    page = upload(teacher, b"e-mail,name\nnobody,=cmd()\nann@example.org,Ann\n")
    answer = teacher.get(f"{page}rejected.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="rejected.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1:] == [["2", "nobody, =cmd()", "“nobody” is no e-mail address."]]


def test_the_template_is_a_roster(teacher: Client) -> None:
    template = teacher.get(f"{PAGE}roster/template.csv").content
    assert "ann@example.org" in text_of(teacher, upload(teacher, template))


@pytest.mark.parametrize("number", [3, 300])
def test_queries_of_a_report(number: int, autumn: ClassOf, teacher: Client) -> None:
    lines = "\n".join(f"p{n}@x.org\nnobody{n}" for n in range(number))
    page = upload(teacher, f"e-mail\nyi-ting@example.org\n{lines}".encode())
    # Session, who asks, their membership, the list, four of the plan.
    with queries(8):
        teacher.get(page)


def test_a_list_is_for_who_may_add_it(autumn: ClassOf, teacher: Client) -> None:
    page = upload(teacher, b"e-mail\nsam@example.org\n")
    teacher.force_login(autumn.assistant.user)
    assert (teacher.get(page).status_code, teacher.post(page).status_code) == (403, 403)


def test_one_class_of_several(autumn: ClassOf, teacher: Client) -> None:
    classes = "sourcedId,title\nb,Biology\na,Algebra\n"
    data = zipped(ours(users=USERS, enrollments=ENROLLMENTS, classes=classes))
    page = upload(teacher, data, "oneroster/", "out.zip")
    text = text_of(teacher, page)
    assert re.findall(r"<span>(\w+)<small>([^<]+)", text) == [
        ("Algebra", "One person"),
        ("Biology", "2 people"),
    ]
    assert teacher.get(f"{page}rejected.csv").url == page
    for nonsense in ("7", "-1", "x", "²"):
        assert teacher.post(page, {"class": nonsense}).status_code == 404
    assert teacher.post(page, {"class": "1"}).url == page
    text = text_of(teacher, page)
    assert "You cannot give the role Teacher." in text
    assert "ann@example.org" not in text
    assert "ann@x.org" in text


def test_what_is_no_oneroster(teacher: Client) -> None:
    answer = teacher.post(f"{PAGE}oneroster/", {"file": SimpleUploadedFile("x.zip", b"PK")})
    assert answer.status_code == 422
    assert "This is no ZIP file that can be read." in answer.content.decode()


def test_out_and_into_an_empty_class(autumn: ClassOf, teacher: Client) -> None:
    Membership.objects.filter(pk=autumn.learner.pk).update(listed_as="Chen, Yi-Ting", number="=7")
    answer = teacher.get(f"{PAGE}oneroster.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="oneroster-autumn.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
    (one,) = oneroster_in.read(answer.content)
    assert [(row.email, row.name, row.role, row.number) for row in one.people.rows] == [
        ("amara@example.org", "", "teacher", ""),
        ("asif@example.org", "", "assistant", ""),
        ("yi-ting@example.org", "Chen, Yi-Ting", "learner", "=7"),
        ("olga@example.org", "", "observer", ""),
        ("tess@example.org", "", "teacher", ""),
    ]
    teacher.force_login(autumn.other_teacher.user)
    theirs = "/cohorts/other/people/oneroster/"
    file = SimpleUploadedFile("out.zip", answer.content)
    page = teacher.post(theirs, {"file": file}).url
    assert "Added 1 person. Invited 4 people." in say_yes(teacher, page)
    member = Membership.objects.get(cohort=autumn.other, user=autumn.learner.user)
    assert (member.role, member.listed_as, member.number) == ("learner", "Chen, Yi-Ting", "=7")
    roles = autumn.other.invitations.values_list("email", "role").order_by("email")
    assert list(roles) == [
        ("amara@example.org", "teacher"),
        ("asif@example.org", "assistant"),
        ("olga@example.org", "observer"),
        ("tess@example.org", "teacher"),
    ]
