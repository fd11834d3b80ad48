"""The pages: taking away, bringing in."""

import csv
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from cohorts.models import Cohort, Grade, Group, PendingImport
from tests.class_factories import NOW, ClassOf, GroupFactory
from tests.cohorts.exports.book import with_grades
from tests.cohorts.exports.test_oneroster import ITEMS, RESULTS, of

BOOK = "/cohorts/autumn/gradebook/"


@pytest.fixture
def as_owner(client: Client, autumn: ClassOf) -> Client:
    with_grades(autumn)
    client.force_login(autumn.owner.user)
    return client


def upload(client: Client, data: bytes) -> str:
    """Where one is led to."""
    file = SimpleUploadedFile("term.zip", data, "application/zip")
    answer = client.post(f"{BOOK}import/", {"file": file})
    assert answer.status_code == 302
    return answer["Location"]


def test_csv(as_owner: Client) -> None:
    answer = as_owner.get(f"{BOOK}export.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == [
        "Name",
        "'+Zoë",
        "Yi-Ting Chen",
    ]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="grades-autumn-20')
    assert "no-store" in answer["Cache-Control"]


def test_csv_of_a_group(as_owner: Client) -> None:
    answer = as_owner.get(f"{BOOK}export.csv", {"group": Group.objects.get().pk})
    assert b"".join(answer.streaming_content).count(b"\r\n") == 2


@pytest.mark.parametrize("group", ["x", "0", "9" * 30])
def test_no_such_group(as_owner: Client, group: str) -> None:
    assert as_owner.get(f"{BOOK}export.csv", {"group": group}).status_code == 404


def test_no_group_of_another_class(as_owner: Client, autumn: ClassOf) -> None:
    theirs = GroupFactory(cohort=autumn.other)
    assert as_owner.get(f"{BOOK}export.xlsx", {"group": theirs.pk}).status_code == 404


def test_xlsx_says_the_same(as_owner: Client) -> None:
    answer = as_owner.get(f"{BOOK}export.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert [row[4].value for row in sheet] == ["Essay (of 100)", None, 80]


def test_oneroster(as_owner: Client) -> None:
    answer = as_owner.get(f"{BOOK}oneroster.zip")
    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_report_then_writing(as_owner: Client, autumn: ClassOf) -> None:
    results = f"{RESULTS}i1,S1,93.5\ni1,nobody,4\n"
    page = upload(as_owner, of(results=results))
    report = as_owner.get(page)
    plan = report.context["plan"]
    assert "One score of term.zip will be written." in report.content.decode()
    assert "No learner of this class has this key" in report.content.decode()
    assert Grade.objects.get(membership=autumn.learner, item__title="Essay").score == 80
    answer = as_owner.post(page, {"expected": plan.digest}, follow=True)
    assert answer.redirect_chain == [(BOOK, 302)]
    assert "One score is written" in answer.content.decode() or "1 score is written" in (
        answer.content.decode()
    )
    grade = Grade.objects.get(membership=autumn.learner, item__title="Essay")
    assert grade.score == Decimal("93.50")
    assert as_owner.get(page)["Location"] == BOOK


def test_report_that_is_out_of_date(as_owner: Client) -> None:
    page = upload(as_owner, of(results=f"{RESULTS}i1,S1,93.5\n"))
    answer = as_owner.post(page, {"expected": "other"})
    assert answer.status_code == 409
    assert "nothing was written" in answer.content.decode()
    assert Grade.objects.get(item__title="Essay").score == 80


def test_nothing_to_write(as_owner: Client) -> None:
    page = upload(as_owner, of(ITEMS, f"{RESULTS}i1,S1,80\n"))
    assert "There is nothing to write" in as_owner.get(page).content.decode()


def test_bad_file(as_owner: Client) -> None:
    file = SimpleUploadedFile("x.zip", b"no zip")
    answer = as_owner.post(f"{BOOK}import/", {"file": file})
    assert answer.status_code == 422
    assert "This is no ZIP file that can be read." in answer.content.decode()


def test_reports_are_ones_own(as_owner: Client, autumn: ClassOf, client: Client) -> None:
    page = upload(as_owner, of(results=f"{RESULTS}i1,S1,5\n"))
    client.force_login(autumn.teacher.user)
    assert client.get(page).status_code == 404


def test_roster_reports_are_not_grades(as_owner: Client, autumn: ClassOf) -> None:
    kept = {"cohort": autumn.cohort, "made_by": autumn.owner.user, "made_at": NOW, "data": {}}
    pending = PendingImport.objects.create(
        id="00000000-0000-4000-8000-000000000001", kind=PendingImport.Kind.ROSTER, **kept
    )
    assert as_owner.get(f"{BOOK}import/{pending.pk}/").status_code == 404


def test_files_page_of_an_archived_class(as_owner: Client) -> None:
    assert "Bring in grades" in as_owner.get(f"{BOOK}files/").content.decode()
    Cohort.objects.update(archived_at=NOW)
    page = as_owner.get(f"{BOOK}files/").content.decode()
    assert "Download CSV" in page
    assert "Bring in grades" not in page
    assert as_owner.get(f"{BOOK}import/").status_code == 403
