"""Lists out as tables, and tables in after a look."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from courses.models import Reference
from courses.tables import pending
from tests import people
from tests.courses.tables.tables import agree, preview, said, table, upload
from tests.factories import LessonFactory, ReferenceFactory, TrackFactory

MODEL = "courses_reference"
LIST = reverse(f"admin:{MODEL}_changelist")
IMPORT = reverse(f"admin:{MODEL}_import")
PLACE = {"course": "llm-course", "track": "scientist", "lesson": "quantization"}
ROW = {**PLACE, "url": "https://one.example/", "title": "First", "kind": "article"}

pytestmark = pytest.mark.django_db


def export(ending: str) -> str:
    return reverse(f"admin:{MODEL}_export", args=[ending])


@pytest.fixture(autouse=True)
def reference() -> Any:
    lesson = LessonFactory(slug="quantization", track=TrackFactory(slug="scientist"))
    ReferenceFactory(lesson=lesson, url="https://two.example/", title="Two", kind="video")
    return ReferenceFactory(lesson=lesson, url="https://one.example/", title="One")


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


class TestOut:
    def test_the_list_offers_tables(self, as_editor: Client) -> None:
        html = as_editor.get(LIST, {"kind__exact": "video"}).content.decode()
        assert f'<a href="{IMPORT}">Import a table</a>' in html
        assert f'<a href="{export("csv")}?kind__exact=video">Export as CSV</a>' in html
        assert "Add reference" in html

    def test_a_list_as_it_is_filtered(self, as_editor: Client) -> None:
        answer = as_editor.get(export("csv"), {"kind__exact": "video"})
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("course,track,lesson,position,url,title")
        assert [line.split(",")[5] for line in lines[1:]] == ["Two"]
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="references.csv"'

    def test_chosen_rows_as_xlsx(self, as_editor: Client, reference: Any) -> None:
        data = {"action": "as_xlsx", "_selected_action": [reference.pk]}
        answer = as_editor.post(LIST, data)
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        assert [cell.value for cell in sheet["F"]] == ["title", "One"]

    def test_what_a_file_cannot_hold_is_said(self, as_editor: Client, reference: Any) -> None:
        Reference.objects.filter(pk=reference.pk).update(note="a\rb")
        answer = as_editor.get(export("xlsx"))
        assert answer["Location"] == LIST
        assert "cannot hold. Take CSV instead." in said(answer)[0]

    def test_other_formats_and_filters_are_none(self, as_editor: Client) -> None:
        assert as_editor.get(export("html")).status_code == 404
        assert as_editor.get(export("csv"), {"nonsense": "1"})["Location"] == LIST
        assert as_editor.post(export("csv")).status_code == 405

    @pytest.mark.parametrize("number", [1, 30])
    def test_costs_the_same_for_many(
        self, number: int, as_editor: Client, django_assert_num_queries: Any
    ) -> None:
        ReferenceFactory.create_batch(number)
        # Session, person, permissions (2); the list's count, page and filters (3); the rows.
        with django_assert_num_queries(8):
            assert as_editor.get(export("csv")).status_code == 200


class TestIn:
    def test_a_table_is_shown_and_then_taken_in(self, as_editor: Client, reference: Any) -> None:
        shown = preview(as_editor, MODEL, table([ROW]))
        html = shown.content.decode()
        assert "0 new, 1 changed, 0 moved, 0 unchanged." in html
        assert '<del data-said="removed">One</del><ins data-said="added">First</ins>' in html
        reference.refresh_from_db()
        assert reference.title == "One"

        done = agree(as_editor, shown)
        assert (done["Location"], said(done)[-1:]) == (
            LIST,
            ["The table is in: 0 new, 1 changed, 0 moved."],
        )
        reference.refresh_from_db()
        assert reference.title == "First"
        assert LogEntry.objects.get().object_id == str(reference.pk)
        assert said(as_editor.get(shown.wsgi_request.path))[-1:] == [
            "That table is not waiting any more. Send it again."
        ]

    def test_problems_name_row_and_column(self, as_editor: Client) -> None:
        html = preview(as_editor, MODEL, table([ROW, {**ROW, "kind": "song"}])).content.decode()
        assert "<td>3</td><td><code>url</code></td><td>It stands in the table twice.</td>" in html
        assert "Import the table" not in html

    def test_a_table_that_says_nothing_new_has_no_button(self, as_editor: Client) -> None:
        data = as_editor.get(export("xlsx")).content
        html = preview(as_editor, MODEL, data, "table.xlsx").content.decode()
        assert "there is nothing to import" in html
        assert "Import the table" not in html

    def test_markup_in_a_table_is_text(self, as_editor: Client) -> None:
        shown = preview(as_editor, MODEL, table([{**ROW, "title": "<script>alert(1)</script>"}]))
        assert "<script>alert" not in shown.content.decode()

    def test_what_changed_meanwhile_is_shown_again(self, as_editor: Client, reference: Any) -> None:
        shown = preview(as_editor, MODEL, table([ROW]))
        Reference.objects.filter(pk=reference.pk).update(title="Meanwhile")
        answer = agree(as_editor, shown)
        assert answer["Location"] == shown.wsgi_request.path
        assert said(answer) == [
            "Nothing was changed: something else has changed since. Look again."
        ]
        assert Reference.objects.get(pk=reference.pk).title == "Meanwhile"

    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("t.txt", b"url\nx", "Choose a file that ends in .csv or .xlsx."),
            ("t.csv", b"", "empty"),
            ("t.csv", b"url\nx", "has no column “course”, “track”, “lesson”"),
            ("t.xlsx", b"PK", "no table of Excel"),
            ("t.csv", b"x" * 5_000_001, "over 5 MB"),
        ],
    )
    def test_no_table_is_said_in_the_form(
        self, name: str, data: bytes, message: str, as_editor: Client
    ) -> None:
        answer = upload(as_editor, MODEL, data, name)
        assert answer.status_code == 200
        assert message in str(answer.context["form"].errors["file"])

    def test_a_table_is_of_who_sent_it(self, as_editor: Client, client: Client) -> None:
        shown = preview(as_editor, MODEL, table([ROW]))
        other = people.person("other@example.org", "Other", "Editors", staff=True)
        client.force_login(other)
        assert client.get(shown.wsgi_request.path)["Location"] == IMPORT

    def test_who_only_looks_takes_nothing_in(self, client: Client, teacher: User) -> None:
        client.force_login(teacher)
        assert client.get(export("csv")).status_code == 200
        assert client.get(IMPORT).status_code == 403
        assert client.post(IMPORT).status_code == 403
        assert "Import a table" not in client.get(LIST).content.decode()

    def test_learners_see_nothing_of_it(self, as_learner: Client) -> None:
        assert as_learner.get(export("csv")).status_code == 302
        assert as_learner.get(IMPORT).status_code == 302


def test_tables_that_wait_are_forgotten_after_a_day() -> None:
    token = pending.keep(owner="reference-1", data=b"x", name="t.csv")
    path = pending.path_of("reference-1", token, "csv")
    now = timezone.now()
    pending.forget_old(now)
    assert pending.waiting(owner="reference-1", token=token) == (b"x", path)
    pending.forget_old(now + timedelta(days=1, minutes=1))
    assert pending.waiting(owner="reference-1", token=token) is None
    assert not default_storage.exists(path)
