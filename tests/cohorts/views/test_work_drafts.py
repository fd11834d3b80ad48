"""Writing, handing in and reading again, by the pages of a learner."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cohorts.models import (
    Assignment,
    Cohort,
    Grade,
    Membership,
    Role,
    Submission,
    SubmissionFile,
)
from tests.class_factories import AssignmentFactory, ClassOf, DeadlineFactory, SubmissionFactory
from tests.cohorts.graded import item_of, rubric

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def learner(autumn: ClassOf) -> Client:
    client = Client()
    client.force_login(autumn.learner.user)
    return client


@pytest.fixture
def url(assignment: Assignment) -> str:
    return f"/cohorts/autumn/assignments/{assignment.pk}/"


def save(client: Client, url: str, **sent: Any) -> HttpResponse:
    return client.post(f"{url}draft/", {"text": "", "link": "", **sent})


def learners() -> QuerySet[Membership]:
    return Membership.objects.filter(role=Role.LEARNER)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_script_saves(learner: Client, url: str) -> None:
    sent = {"text": "a\r\nb", "link": " https://a.org ", "sequence": "5", "seen": "0"}
    answer = learner.post(f"{url}draft/", sent, **JSON)
    draft = Submission.objects.get()
    assert (draft.text, draft.link, draft.sequence) == ("a\nb", "https://a.org", 5)
    assert answer.status_code == 200
    assert answer.json() == {
        "saved": timezone.localtime(draft.saved_at).strftime("%H:%M"),
        "sequence": 5,
    }


def test_the_rubric_comes_before_the_desk_folded_where_it_is_long(
    learner: Client, url: str, assignment: Assignment
) -> None:
    rubric(assignment, (0, 10))
    page = learner.get(url).text
    assert "<details" not in page
    assert page.index("Criterion 1") < page.index('id="your-work"')
    rubric(assignment, (0, 10), (0, 5))
    page = text_of(learner.get(url))
    assert "The rubric, by which this is graded: 3 criteria</summary>" in page
    assert page.index("Criterion 2") < page.index('id="your-work"')


def test_a_script_is_told_of_another_window(learner: Client, url: str) -> None:
    save(learner, url, text="Phone", sequence="5")
    answer = learner.post(f"{url}draft/", {"text": "Laptop", "sequence": "7", "seen": "0"}, **JSON)
    assert (answer.status_code, answer.json()["sequence"]) == (409, 5)
    assert re.fullmatch(
        r"Another window saved a newer text at \d\d:\d\d\.", answer.json()["message"]
    )
    assert Submission.objects.get().text == "Phone"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "x" * 50_001}, "at most 50000 characters"),
        ({"text": "a\0b"}, "Null characters|cannot be shown"),
        ({"text": "a\x1bb"}, "cannot be shown"),
        ({"link": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_kept_stays_in_the_form(
    learner: Client, url: str, sent: dict[str, str], said: str
) -> None:
    answer = learner.post(f"{url}draft/", sent, **JSON)
    assert answer.status_code == 422
    assert re.search(said, answer.json()["message"])
    page = save(learner, url, **sent)
    assert page.status_code == 422
    assert re.search(said, text_of(page))
    assert not Submission.objects.exists()


def test_without_script(learner: Client, url: str) -> None:
    answer = save(learner, url, text="One", do="save", seen="0")
    assert (answer.status_code, answer["Location"]) == (302, f"{url}#work")
    page = text_of(learner.get(url))
    assert "Draft saved at" in page
    assert "One</textarea>" in page
    other = save(learner, url, text="Two", seen="0")
    assert other.status_code == 409
    said = text_of(other)
    assert "Not saved: another window saved a newer text" in said
    assert "Two</textarea>" in said
    assert "One</p>" in said
    newest = Submission.objects.get().sequence
    assert f'name="seen" value="{newest}"' in said
    save(learner, url, text="Two", seen=str(newest))
    assert Submission.objects.get().text == "Two"


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (lambda: Cohort.objects.update(archived_at=timezone.now()), 403, "The class is archived"),
        (lambda: learners().update(role=Role.ASSISTANT), 403, "Only learners of the class"),
        (lambda: Assignment.objects.update(published=False), 404, "You can no longer hand it in."),
        (lambda: learners().update(left_at=timezone.now()), 404, "You can no longer"),
    ],
)
def test_what_has_no_place_any_more_is_given_back(
    learner: Client, url: str, change: Callable[[], int], status: int, said: str
) -> None:
    change()
    sent = {"text": "<b>Mine</b>\nand yours", "link": "https://a.org/?a=1&b", "do": "save"}
    answer = save(learner, url, **sent)
    assert answer.status_code == status
    page = text_of(answer)
    assert f'<p class="lede">{said}' in page
    assert "&lt;b&gt;Mine&lt;/b&gt; and yours</textarea>" in page
    assert 'value="https://a.org/?a=1&amp;b" readonly' in page
    told = learner.post(f"{url}draft/", sent, **JSON)
    assert (told.status_code, said in told.json()["message"]) == (status, True)
    assert "readonly" not in text_of(save(learner, url, do="save"))
    assert not Submission.objects.exists()


def test_signed_out_a_text_waits_for_its_writer(autumn: ClassOf, url: str) -> None:
    client = Client()
    writer = str(autumn.learner.pk)
    answer = client.post(f"{url}draft/", {"text": "x"}, **JSON)
    assert answer.status_code == 401
    assert answer.json()["sign_in"].startswith("/accounts/login/?next=%2Fcohorts%2Fautumn%2F")
    answer = save(client, url, text="Mine", writer=writer)
    assert answer["Location"] == f"/accounts/login/?next={url}"
    client.force_login(autumn.learner.user)
    page = text_of(client.get(url))
    assert "What you sent while you were signed out stands below. It is not saved yet." in page
    assert "Mine</textarea>" in page
    assert "Mine</textarea>" not in text_of(client.get(url))
    assert not Submission.objects.exists()


def test_a_text_of_somebody_else_is_not_shown(autumn: ClassOf, url: str) -> None:
    client = Client()
    save(client, url, text="Secret", writer=str(autumn.left.pk))
    client.force_login(autumn.learner.user)
    assert "Secret" not in text_of(client.get(url))


def test_files_by_form(learner: Client, url: str) -> None:
    files = [SimpleUploadedFile(name, b"x = 1") for name in ("a.py", "b.exe", "c.md")]
    page = learner.post(f"{url}draft/", {"text": "T", "files": files, "do": "files"}, follow=True)
    said = text_of(page)
    assert "b.exe is not taken." in said
    assert sorted(SubmissionFile.objects.values_list("name", flat=True)) == ["a.py", "c.md"]
    assert Submission.objects.get().text == "T"
    key = SubmissionFile.objects.get(name="a.py").pk
    save(learner, url, text="T", remove=str(key))
    assert SubmissionFile.objects.get().name == "c.md"
    assert save(learner, url, text="T", remove="x").status_code == 302


def test_handed_in_after_a_look(learner: Client, url: str) -> None:
    answer = save(learner, url, text="Mine `x`", link="https://github.com/a/b", do="hand-in")
    assert answer["Location"] == f"{url}hand-in/"
    confirm = text_of(learner.get(f"{url}hand-in/"))
    assert "Mine <code>x</code>" in confirm
    assert 'href="https://github.com/a/b" rel="noopener nofollow ugc"' in confirm
    assert "Leads to github.com" in confirm
    sent = dict(re.findall(r'name="(draft|stamp)" value="([^"]+)"', confirm))
    answers = [learner.post(f"{url}hand-in/", sent) for _ in range(2)]
    one = Submission.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/cohorts/autumn/submissions/{one.pk}/"}
    assert one.number == 1
    receipt = text_of(learner.get(answers[0]["Location"]))
    assert "Hand-in 1" in receipt
    assert f"Receipt {one.pk}" in receipt
    page = text_of(learner.get(url))
    assert "Improve it and hand it in again" in page
    assert "data-draft" not in page
    again = learner.post(f"{url}again/")
    assert again["Location"] == f"{url}#work"
    assert "Mine `x`</textarea>" in text_of(learner.get(url))


def test_a_changed_draft_is_looked_at_again(learner: Client, url: str) -> None:
    save(learner, url, text="One")
    sent = {"draft": str(Submission.objects.get().pk), "stamp": "old"}
    answer = learner.post(f"{url}hand-in/", sent)
    assert answer.status_code == 409
    assert "Your draft has changed since." in text_of(answer)
    assert Submission.objects.get().submitted_at is None


def test_too_late_keeps_the_draft(autumn: ClassOf, learner: Client, url: str) -> None:
    save(learner, url, text="One")
    page = learner.get(f"{url}hand-in/").content.decode()
    sent = dict(re.findall(r'name="(draft|stamp)" value="([^"]+)"', page))
    Cohort.objects.update(late_cutoff=0)
    autumn.cohort.deadlines.update(due_at=timezone.now() - timedelta(minutes=1))
    said = text_of(learner.post(f"{url}hand-in/", sent, follow=True))
    assert "Not handed in: Nothing is accepted any more. Your draft is kept." in said
    assert "Your draft, which was not handed in" in said
    save(learner, url, text="Two, typed meanwhile")
    assert Submission.objects.get().text == "Two, typed meanwhile"


def test_what_being_late_costs_is_said_before(
    autumn: ClassOf, assignment: Assignment, learner: Client, url: str
) -> None:
    """Above all where work that was in time would give way to it."""
    Cohort.objects.update(late_percent=10)
    SubmissionFactory(assignment=assignment, membership=autumn.learner)
    late = "What you hand in now is late."
    autumn.cohort.deadlines.update(due_at=timezone.now() + timedelta(days=1))
    assert late not in text_of(learner.get(url))
    autumn.cohort.deadlines.update(due_at=timezone.now() - timedelta(minutes=1))
    assert late in text_of(learner.get(url))
    learner.post(f"{url}again/")
    assert (
        "This is late by 1 day. Each day that begins after the due date takes 10% of the points "
        "off. It takes the place of what you handed in before, also where that was in time."
    ) in text_of(learner.get(f"{url}hand-in/"))


@pytest.mark.parametrize("sent", [{}, {"draft": "x"}, {"draft": "0" * 32}])
def test_nothing_to_hand_in(learner: Client, url: str, sent: dict[str, str]) -> None:
    assert learner.get(f"{url}hand-in/")["Location"] == url
    assert learner.post(f"{url}hand-in/", sent)["Location"] == url
    assert not Submission.objects.exists()


def test_grades_are_told_once_they_are_released(autumn: ClassOf, learner: Client) -> None:
    Cohort.objects.update(late_percent=10)
    now = timezone.now()
    from_graded = AssignmentFactory(cohort=autumn.cohort)
    DeadlineFactory(cohort=autumn.cohort, assignment=from_graded, due_at=now - timedelta(days=2))
    work = SubmissionFactory(
        assignment=from_graded, membership=autumn.learner, submitted_at=now - timedelta(days=1.5)
    )
    item = item_with(autumn, from_graded)
    said = {"score": 40, "feedback": "Say **why**.", "submission": work, "graded_at": now}
    Grade.objects.create(item=item, membership=autumn.learner, **said)
    url = f"/cohorts/autumn/assignments/{from_graded.pk}/"
    assert "Your grade" not in text_of(learner.get(url))
    item.released_at = now
    item.save()
    page = text_of(learner.get(url))
    assert '<span class="figure-num">35</span> of 50 points' in page
    assert "Say <strong>why</strong>." in page
    assert "1 day late: each day takes 10% of 50 points." in page


def item_with(autumn: ClassOf, assignment: Any) -> Any:
    category = autumn.cohort.categories.create(name="Work")
    category.items.create(cohort=autumn.cohort, assignment=assignment, points=50)
    return item_of(assignment)
