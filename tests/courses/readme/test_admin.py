"""Importing a README in the admin: handed in, looked at, written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.models import Concept, Course, Lesson, LessonDraft, ReadmeImport, Revision, Status
from courses.readme.imports import begin, forget_old_readmes, read_import, write_import
from courses.readme.tasks import read_readme, write_readme
from tests.courses.readme.samples import WEATHER

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ADD = reverse("admin:courses_readmeimport_add")
LIST = reverse("admin:courses_readmeimport_changelist")
State = ReadmeImport.State


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    for task in (read_readme, write_readme):
        monkeypatch.setattr(type(task), "enqueue", lambda self, pk: None)


def upload(text: str = WEATHER, name: str = "README.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def deed(one: ReadmeImport, name: str) -> str:
    return reverse(f"admin:courses_readmeimport_{name}", args=[one.pk])


def handed_in(client: Client, text: str = WEATHER, **data: Any) -> ReadmeImport:
    answer = client.post(ADD, {"file": upload(text), **data})
    one = ReadmeImport.objects.latest("made_at")
    assert answer.status_code == 302
    assert answer["Location"] == deed(one, "change")
    return one


def test_from_the_file_to_the_drafts(as_editor: Client, editor: User) -> None:
    one = handed_in(as_editor)
    assert (one.state, one.filename, one.made_by) == (State.READY, "README.md", editor)
    assert not Course.objects.exists()
    page = as_editor.get(deed(one, "change"))
    assert page.context["report"]["counts"] == {
        "parts": 2, "lessons": 3, "concepts": 5, "references": 8, "notebooks": 3
    }  # fmt: skip
    assert as_editor.post(deed(one, "write")).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.problem) == (State.DONE, "")
    result = as_editor.get(deed(one, "change"))
    assert [lesson.slug for lesson in result.context["drafts"]] == [
        "air-pressure", "water-h2o", "models"
    ]  # fmt: skip
    revision = Revision.objects.latest("pk")
    assert (revision.source, revision.made_by, revision.note) == ("readme", editor, "README.md")


def test_pasted_text_and_a_title(as_editor: Client) -> None:
    as_editor.post(ADD, {"text": WEATHER.replace("\n", "\r\n"), "title": "My weather"})
    one = ReadmeImport.objects.get()
    as_editor.post(deed(one, "write"), {"publish": "1"})
    course = Course.objects.get()
    assert (course.slug, course.title) == ("my-weather", "My weather")
    assert {lesson.status for lesson in Lesson.objects.all()} == {Status.PUBLISHED}


@pytest.mark.parametrize(("take", "body"), [("", "Ours\n"), ("readme", "Water, new.\n")])
def test_a_later_version_with_a_conflict(as_editor: Client, take: str, body: str) -> None:
    as_editor.post(deed(handed_in(as_editor), "write"))
    Concept.objects.filter(slug="dew").update(body="Ours\n")
    course = Course.objects.get()
    one = handed_in(as_editor, WEATHER.replace("Water on grass", "Water, new"), course=course.pk)
    page = as_editor.get(deed(one, "change")).content.decode()
    assert "Take what the README says" in page
    assert '<ins data-said="added">Water, new.</ins>' in page
    as_editor.post(deed(one, "write"), {"take": take})
    assert Concept.objects.get(slug="dew").body == body


def test_a_date_that_a_draft_loses_is_told_before(as_editor: Client) -> None:
    as_editor.post(deed(handed_in(as_editor), "write"), {"publish": "1"})
    changed = WEATHER.replace("Water on grass", "Water, new")
    course = Course.objects.get().pk
    as_editor.post(deed(handed_in(as_editor, changed, course=course), "write"))
    newer = changed.replace("Water, new", "Water, newer")
    told = "the draft was scheduled; it loses its date"
    one = handed_in(as_editor, newer, course=course)
    assert told not in as_editor.get(deed(one, "change")).content.decode()
    LessonDraft.objects.update(publish_at=timezone.now() + timedelta(days=1))
    one = handed_in(as_editor, newer, course=course)
    assert told in as_editor.get(deed(one, "change")).content.decode()
    LessonDraft.objects.update(publish_at=timezone.now() + timedelta(days=2))
    as_editor.post(deed(one, "write"))
    one.refresh_from_db()
    assert one.problem.startswith("The course was changed since you looked.")
    as_editor.post(deed(one, "write"))
    assert LessonDraft.objects.get().publish_at is None


@pytest.mark.parametrize(
    ("shown", "numbers"),
    [("", list(range(1, 92))), ("dropped", [1, 3, 4]), ("nonsense", list(range(1, 92)))],
)
def test_lines_can_be_filtered(as_editor: Client, shown: str, numbers: list[int]) -> None:
    one = handed_in(as_editor)
    page = as_editor.get(deed(one, "change"), {"show": shown}).context["page"]
    assert [row["number"] for row in page][: len(numbers)] == numbers


def test_a_long_readme_comes_in_pages(as_editor: Client, django_assert_num_queries: Any) -> None:
    one = handed_in(as_editor, WEATHER + "text\n" * 250)
    page = as_editor.get(deed(one, "change"), {"page": "4"}).context["page"]
    assert [row["number"] for row in page] == list(range(301, 342))
    # Session, person, their permissions (twice), the import, its course; the page's frame.
    with django_assert_num_queries(6):
        as_editor.get(deed(one, "change"))


def test_a_course_that_changed_meanwhile_is_shown_again(as_editor: Client) -> None:
    as_editor.post(deed(handed_in(as_editor), "write"))
    course = Course.objects.get()
    one = handed_in(as_editor, WEATHER.replace("Water on grass", "Water, new"), course=course.pk)
    Concept.objects.filter(slug="fog").update(body="Ours\n")
    as_editor.post(deed(one, "write"))
    one.refresh_from_db()
    assert one.state == State.READY
    assert one.problem == (
        "The course was changed since you looked. This is what would be done now."
    )
    assert Concept.objects.get(slug="dew").body == "Water on grass.\n"
    as_editor.post(deed(one, "write"))
    assert Concept.objects.get(slug="dew").body == "Water, new.\n"


@pytest.mark.usefixtures("no_worker")
def test_without_a_worker_the_page_does_it_itself(as_editor: Client) -> None:
    one = handed_in(as_editor)
    assert one.state == State.WAITING
    assert "Read it now" not in as_editor.get(deed(one, "change")).content.decode()
    earlier = timezone.now() - timedelta(seconds=10)
    ReadmeImport.objects.update(made_at=earlier)
    assert "Read it now" in as_editor.get(deed(one, "change")).content.decode()
    as_editor.post(deed(one, "read"))
    one.refresh_from_db()
    assert one.state == State.READY
    as_editor.post(deed(one, "write"))
    assert "Write it now" in as_editor.get(deed(one, "change")).content.decode()
    as_editor.post(deed(one, "write"))
    one.refresh_from_db()
    assert one.state == State.DONE
    assert Course.objects.count() == 1


@pytest.mark.usefixtures("no_worker")
def test_work_is_begun_once(editor: User) -> None:
    one = begin(filename="a", content=b"# a", course="", title="", by=editor, now=NOW)
    ReadmeImport.objects.filter(pk=one.pk).update(total=1)
    assert not read_import(one.pk)
    assert not write_import(one.pk, NOW)


def test_discarding_leaves_nothing(as_editor: Client) -> None:
    one = handed_in(as_editor)
    assert as_editor.post(deed(one, "discard"))["Location"] == ADD
    assert not ReadmeImport.objects.exists()
    assert as_editor.get(deed(one, "change")).status_code == 404


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({}, "file", "one of both"),
        ({"file": upload(), "text": "x"}, "file", "one of both"),
        ({"file": upload(name="a.pdf")}, "file", "ends in .md or .txt"),
        ({"file": upload(" \n ")}, "file", "no text in the file"),
        ({"file": SimpleUploadedFile("a.md", bytes(range(9)) * 99)}, "file", "not text"),
        ({"file": SimpleUploadedFile("a.md", b"x" * 2_000_001)}, "file", "over 2 MB"),
        ({"text": "a\x00b"}, "text", "Null characters"),
        ({"text": "# x", "course": "999"}, "course", "valid choice"),
    ],
)
def test_what_cannot_be_read_is_said(
    as_editor: Client, data: dict[str, Any], field: str, words: str
) -> None:
    answer = as_editor.post(ADD, data)
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors[field])
    assert not ReadmeImport.objects.exists()


def test_only_editors_import(client: Client, teacher: User, learner: User, editor: User) -> None:
    one = begin(filename="a", content=b"# a", course="", title="", by=editor, now=NOW)
    pages = [ADD, LIST, deed(one, "change")]
    client.force_login(teacher)
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    deeds = [deed(one, name) for name in ("read", "write", "discard")]
    assert [client.post(page).status_code for page in [ADD, *deeds]] == [403] * 4
    client.force_login(learner)
    assert [client.get(page).status_code for page in pages] == [302, 302, 302]


@pytest.mark.parametrize("pk", ["068e1b3a-1769-4ce2-bc1e-5d0d0b611f8e", "no-number"])
def test_an_import_that_is_not_there(as_editor: Client, pk: str) -> None:
    page = reverse("admin:courses_readmeimport_change", args=[pk])
    assert as_editor.get(page).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_many(
    as_editor: Client, editor: User, django_assert_num_queries: Any, number: int
) -> None:
    for index in range(number):
        begin(filename=f"{index}", content=b"a", course="", title="", by=editor, now=NOW)
    as_editor.get(LIST)
    # Session, person, permissions (two), count (twice), rows.
    with django_assert_num_queries(7):
        answer = as_editor.get(LIST)
    assert len(answer.context["cl"].result_list) == number


def test_hostile_words_are_words_on_the_review(as_editor: Client) -> None:
    text = "## <b onclick=x>P</b>\n\n### 1. <svg onload=alert(1)>\n\n<script>alert(2)</script> x\n"
    one = handed_in(as_editor, text + "- **<img src=x onerror=y>A**: [j](javascript:z)\n")
    page = as_editor.get(deed(one, "change")).content.decode()
    main = page[page.index('id="content-main"') :]
    for tag in ("<svg onload", "<script>", "<img src", "<b onclick", 'javascript:z"'):
        assert tag not in main
    assert "&lt;script&gt;alert(2)" in main


def test_old_imports_are_forgotten(editor: User) -> None:
    for days in (29, 31):
        at = NOW - timedelta(days=days)
        begin(filename=f"{days}", content=b"a", course="", title="", by=editor, now=at)
    assert forget_old_readmes(NOW) == 1
    assert ReadmeImport.objects.get().filename == "29"


def test_the_course_list_links_here(as_editor: Client) -> None:
    page = as_editor.get(reverse("admin:courses_course_changelist")).content.decode()
    assert f'href="{ADD}"' in page
