"""Setting work: the form, the order, copies, deletion and the rubric."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cohorts.models import Assignment, Cohort, Deadline, Grade, GradeItem, LogEntry, Submission
from cohorts.work.rubric_typing import TypedLevel, TypedRow, digest_of
from cohorts.work.rubrics import save_rubric, typed_rubric
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CategoryFactory,
    ClassOf,
    SubmissionFactory,
)
from tests.cohorts.graded import assignment_with_points, item_of
from tests.cohorts.work.adding_up import best_of
from tests.factories import LessonFactory

LIST = "/cohorts/autumn/assignments/"
SENT = {
    "title": "Essay",
    "instructions": "Write **it**.",
    "takes_text": "on",
    "takes_files": "on",
    "file_types": ["pdf", "py"],
    "most_files": "2",
    "most_megabytes": "5",
    "resubmission": "on",
    "published": "on",
    "points": "20.5",
    "opens_at": "2026-11-01T08:00",
    "due_at": "2026-11-30",
}


@pytest.fixture
def teacher(autumn: ClassOf) -> Client:
    Cohort.objects.update(time_zone="Europe/Paris")
    client = Client()
    client.force_login(autumn.teacher.user)
    return client


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def page_of(client: Client, url: str) -> dict[str, Any]:
    """What a browser sends of a form in which nothing was changed."""
    found = client.get(url).content.decode()
    hidden = r'<input type="hidden" name="initial-(\w+)"(?: value="([^"]*)")?'
    sent: dict[str, Any] = {}
    for name, was in re.findall(hidden, found):
        sent.setdefault(f"initial-{name}", []).append(unescape(was))
        sent.setdefault(name, []).extend([] if was == "False" else [unescape(was)])
    return sent


def test_made_and_changed(autumn: ClassOf, teacher: Client) -> None:
    LessonFactory()
    answer = teacher.post(f"{LIST}new/", SENT)
    made = Assignment.objects.get()
    assert answer["Location"] == f"{LIST}{made.pk}/"
    assert (made.title, made.file_types, made.most_files, made.published) == (
        "Essay",
        "pdf py",
        2,
        True,
    )
    assert (made.takes_text, made.takes_link, made.takes_files) == (True, False, True)
    assert (item_of(made).points, item_of(made).category.name) == (Decimal("20.50"), "Coursework")
    assert made.deadline.opens_at == datetime(2026, 11, 1, 7, tzinfo=UTC)
    assert made.deadline.due_at == datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
    kinds = set(LogEntry.objects.values_list("kind", flat=True))
    assert kinds == {"class", "dates", "grades"}
    edit = f"{LIST}{made.pk}/edit/"
    assert 'value="2026-11-30T23:59"' in text_of(teacher.get(edit))
    logged = LogEntry.objects.count()
    page = page_of(teacher, edit)
    assert teacher.post(edit, page).status_code == 302
    assert LogEntry.objects.count() == logged
    teacher.post(edit, {**page, "title": "Paper", "points": "", "due_at": ""})
    made = Assignment.objects.get()
    assert (made.title, made.deadline.due_at) == ("Paper", None)
    assert not GradeItem.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "a\0"}, "Null characters are not allowed|cannot be shown"),
        ({"instructions": "[" * 9000}, "characters long|marks"),
        ({"instructions": "\x07"}, "cannot be shown"),
        ({"takes_text": "", "takes_files": ""}, "Tick what learners hand in"),
        ({"file_types": ["exe"]}, "exe is not one of the available choices"),
        ({"most_files": "21"}, "less than or equal to 20"),
        ({"points": "0"}, "greater than or equal to 0.01"),
        ({"due_at": "2026-10-01"}, "It is due before it opens."),
        ({"due_at": "soon"}, "Write the date as"),
        ({"lesson": "999999999999999999999"}, "Select a valid choice"),
    ],
)
def test_what_the_form_refuses(
    autumn: ClassOf, teacher: Client, wrong: dict[str, str], said: str
) -> None:
    answer = teacher.post(f"{LIST}new/", SENT | wrong)
    assert answer.status_code == 422
    assert any(part in text_of(answer) for part in said.split("|"))
    assert not Assignment.objects.exists()


def test_a_preview_keeps_nothing(autumn: ClassOf, teacher: Client) -> None:
    answer = teacher.post(f"{LIST}new/", SENT | {"preview": "yes", "title": ""})
    assert answer.status_code == 200
    assert "Write <strong>it</strong>." in text_of(answer)
    assert "error-summary" not in text_of(answer)
    assert not Assignment.objects.exists()


def test_points_with_grades_stay(autumn: ClassOf, teacher: Client) -> None:
    made = assignment_with_points(autumn.cohort)
    Grade.objects.create(item=item_of(made), membership=autumn.learner, score=1)
    edit = f"{LIST}{made.pk}/edit/"
    answer = teacher.post(edit, page_of(teacher, edit) | {"points": "", "title": "Paper"})
    assert answer.status_code == 422
    assert "There are grades for it." in text_of(answer)
    assert Assignment.objects.get().title == made.title


@pytest.fixture
def made(autumn: ClassOf, teacher: Client) -> Assignment:
    teacher.post(f"{LIST}new/", SENT)
    return Assignment.objects.get()


def test_an_old_page_takes_nothing_back(teacher: Client, made: Assignment) -> None:
    edit = f"{LIST}{made.pk}/edit/"
    page = page_of(teacher, edit)
    Assignment.objects.update(
        published=False, anonymous=True, resubmission=False, file_types="pdf", instructions="New"
    )
    other = CategoryFactory(cohort=made.cohort, name="Essays")
    GradeItem.objects.update(points=30, category=other)
    due = datetime(2026, 12, 24, 12, 0, 7, tzinfo=UTC)
    Deadline.objects.update(due_at=due)
    answer = teacher.post(edit, page | {"title": "Paper", "opens_at": "2026-11-02T08:00"})
    assert answer.status_code == 302
    made = Assignment.objects.get()
    kept = (made.published, made.anonymous, made.resubmission, made.file_types, made.instructions)
    assert kept == (False, True, False, "pdf", "New")
    assert (made.title, item_of(made).points, item_of(made).category) == ("Paper", 30, other)
    assert made.deadline.due_at == due
    assert made.deadline.opens_at == datetime(2026, 11, 2, 7, tzinfo=UTC)


def test_both_changed_the_same(teacher: Client, made: Assignment) -> None:
    edit = f"{LIST}{made.pk}/edit/"
    Assignment.objects.update(instructions="One\nTwo")
    page = page_of(teacher, edit)
    # As a browser sends lines.
    page |= {"initial-instructions": "One\r\nTwo", "instructions": "One\r\nTwo\r\nThree"}
    Assignment.objects.update(instructions="Theirs", title="Theirs")
    answer = teacher.post(edit, page)
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == ["instructions"]
    said = answer.content.decode()
    assert re.search(r"One\s+Two\s+Three</textarea>", said)
    assert Assignment.objects.get().instructions == "Theirs"
    assert '<input type="hidden" name="initial-instructions" value="Theirs">' in said
    teacher.post(edit, page | {"initial-instructions": "Theirs"})
    found = Assignment.objects.get()
    assert (found.instructions, found.title) == ("One\r\nTwo\r\nThree", "Theirs")


def test_what_does_not_go_together_with_a_change_of_others(
    teacher: Client, made: Assignment
) -> None:
    edit = f"{LIST}{made.pk}/edit/"
    page = page_of(teacher, edit)
    Assignment.objects.update(takes_text=False)
    Deadline.objects.update(due_at=datetime(2026, 11, 10, tzinfo=UTC))
    for sent, field in (
        ({"takes_files": []}, "takes_text"),
        ({"opens_at": "2026-11-11"}, "due_at"),
    ):
        answer = teacher.post(edit, page | sent)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    found = Assignment.objects.get()
    assert (found.takes_files, found.deadline.opens_at) == (True, made.deadline.opens_at)


def test_order(autumn: ClassOf, teacher: Client) -> None:
    made = [AssignmentFactory(cohort=autumn.cohort, title=name, position=1) for name in "abc"]
    for to, moved in (("up", made[2]), ("down", made[0]), ("down", made[1]), ("x", made[0])):
        teacher.post(f"{LIST}{moved.pk}/move/", {"to": to})
    assert [str(one) for one in autumn.cohort.assignments.order_by("position")] == ["c", "a", "b"]


def test_hidden_and_shown(autumn: ClassOf, teacher: Client, assignment: Assignment) -> None:
    for sent, published in (({"hide": "yes"}, False), ({"hide": "yes"}, False), ({}, True)):
        teacher.post(f"{LIST}{assignment.pk}/publish/", sent)
        assert Assignment.objects.get().published is published
    assert LogEntry.objects.count() == 2


def test_duplicate(autumn: ClassOf, teacher: Client) -> None:
    made = assignment_with_points(autumn.cohort, 7, title="T" * 150, takes_link=True)
    SubmissionFactory(assignment=made)
    rows = (TypedRow(title="Clear", levels=(TypedLevel(title="Yes", points="7"),)),)
    save_rubric(assignment=made, rows=rows, by=autumn.owner.user, now=NOW)
    answer = teacher.post(f"{LIST}{made.pk}/duplicate/")
    copy = Assignment.objects.latest("pk")
    assert answer["Location"] == f"{LIST}{copy.pk}/edit/"
    assert copy.title == "T" * 143 + " (copy)"
    assert (copy.published, copy.takes_link, item_of(copy).points) == (False, True, 7)
    assert (best_of(copy), best_of(made)) == (7, 7)
    assert not copy.submissions.exists()


def test_delete(autumn: ClassOf, teacher: Client) -> None:
    made = assignment_with_points(autumn.cohort, title="Essay")
    SubmissionFactory(assignment=made, number=0, submitted_at=None)
    url = f"{LIST}{made.pk}/delete/"
    assert "One learner has begun a draft, which goes, too." in text_of(teacher.get(url))
    assert "Deleted: Essay" in text_of(teacher.post(url, follow=True))
    assert not Assignment.objects.exists()
    assert not Submission.objects.exists()
    assert not GradeItem.objects.exists()


def test_what_somebody_has_handed_in_is_not_deleted(
    autumn: ClassOf, teacher: Client, assignment: Assignment
) -> None:
    SubmissionFactory(assignment=assignment, membership=autumn.learner)
    url = f"{LIST}{assignment.pk}/delete/"
    page = text_of(teacher.get(url))
    assert "1 learner has handed it in. So it cannot be deleted" in page
    assert "Delete the assignment" not in page
    assert "It was not deleted" in text_of(teacher.post(url, follow=True))
    assert Submission.objects.count() == 1


def test_rubric_without_script(autumn: ClassOf, teacher: Client) -> None:
    made = assignment_with_points(autumn.cohort, 5)
    url = f"{LIST}{made.pk}/rubric/"
    sent = {
        "row-0-title": "Clear",
        "row-0-level-0-title": "Yes",
        "row-0-level-0-points": "4",
        "row-0-level-1-title": "",
        "row-0-level-1-points": "",
    }
    page = text_of(teacher.post(url, sent | {"do": "add-row"}))
    assert 'name="row-1-title"' in page
    assert 'value="Clear"' in page
    assert "The assignment has 5.<span data-differ>" in page
    assert best_of(made) == 0
    wrong = teacher.post(url, sent | {"row-0-level-0-points": "x"})
    assert (wrong.status_code, best_of(made)) == (422, 0)
    assert "Criterion 1, level 1: Give points from 0 to 9999" in text_of(wrong)
    answer = teacher.post(url, sent)
    assert answer["Location"] == f"{LIST}{made.pk}/"
    assert best_of(made) == 4
    # Once more, with the page that knew of none: that is no second criterion.
    assert teacher.post(url, sent)["Location"] == f"{LIST}{made.pk}/"
    assert best_of(made) == 4
    assert "Somebody was graded" not in text_of(teacher.get(url))


def test_two_who_write_a_rubric_hear_of_each_other(autumn: ClassOf, teacher: Client) -> None:
    made = assignment_with_points(autumn.cohort, 5)
    url = f"{LIST}{made.pk}/rubric/"
    theirs = (TypedRow(title="Theirs", levels=(TypedLevel(title="Best", points="3"),)),)
    save_rubric(assignment=made, rows=theirs, by=autumn.owner.user, now=NOW)
    sent = {
        "seen": "",
        "row-0-title": "Mine",
        "row-0-level-0-title": "Yes",
        "row-0-level-0-points": "4",
    }
    # What its buttons do and what is wrong with it changes nothing of what the page knew.
    assert 'name="seen" value=""' in text_of(teacher.post(url, sent | {"do": "add-row"}))
    assert 'name="seen" value=""' in text_of(teacher.post(url, sent | {"row-0-title": ""}))
    answer = teacher.post(url, sent)
    said = text_of(answer)
    assert answer.status_code == 409
    assert "Not saved: somebody else has changed the rubric" in said
    assert 'name="row-0-title" value="Mine"' in said
    assert '<h3 class="rubric-title">Theirs</h3>' in said
    assert best_of(made) == 3
    seen = digest_of(typed_rubric(made))
    assert f'name="seen" value="{seen}"' in said
    assert teacher.post(url, sent | {"seen": seen}).status_code == 302
    assert [row.title for row in typed_rubric(made)] == ["Mine"]
