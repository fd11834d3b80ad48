"""A draft that saves itself, and a hand-in on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.quizzes import enter
from tests.browser.site import Site

LEARNER, TEACHER = "yi-ting@example.org", "amara@example.org"
CLASS = "/cohorts/work/assignments/"
MAKE = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from cohorts.models import Assignment, Cohort, Membership, Role
from courses.models import Course

now = timezone.now()
said = {"slug": "work", "name": "Work", "join_code": "WKKKKK23", "created_at": now}
cohort = Cohort.objects.create(course=Course.objects.get(slug="llm-course"), **said)
for email, role in (("yi-ting", Role.LEARNER), ("amara", Role.OWNER)):
    user = User.objects.get(email=f"{email}@example.org")
    Membership.objects.create(cohort=cohort, user=user, role=role, joined_at=now)
for title in ("Autosaved", "Handed in"):
    Assignment.objects.create(
        cohort=cohort, title=title, instructions="Say **why**.", published=True, takes_link=True,
        takes_files=True, file_types="py txt", created_at=now,
    )
"""


@pytest.fixture(scope="module")
def work(site: Site) -> None:
    site.run("shell", "-v0", "-c", MAKE)


def open_assignment(page: Page, title: str) -> None:
    page.goto(CLASS)
    page.get_by_role("link", name=title).click()


@pytest.mark.usefixtures("work")
def test_a_draft_saves_itself_also_after_being_offline(open_page: OpenPage) -> None:
    page = open_page()
    enter(page, LEARNER)
    open_assignment(page, "Autosaved")
    text, status = page.get_by_label("Text"), page.locator("[data-status]")
    text.fill("First words")
    expect(status).to_contain_text("Saved at")
    page.context.set_offline(True)
    text.fill("Words of the train")
    expect(status).to_contain_text("No connection. Your text is kept in this browser")
    page.context.set_offline(False)
    expect(status).to_contain_text("Saved at")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_label("Text")).to_have_value("Words of the train")
    other.get_by_label("Text").fill("From the other window")
    expect(other.locator("[data-status]")).to_contain_text("Saved at")
    text.fill("From the first window")
    expect(page.locator("[data-conflict]")).to_contain_text("Another window saved a newer text")
    page.get_by_role("button", name="Keep what stands here").click()
    expect(status).to_contain_text("Saved at")
    other.reload()
    expect(other.get_by_label("Text")).to_have_value("From the first window")


@pytest.mark.usefixtures("work")
def test_handing_in_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    enter(page, LEARNER)
    open_assignment(page, "Handed in")
    page.get_by_label("Text").fill("Because it `scales`.")
    page.get_by_label("Link").fill("https://github.com/a/b")
    file = {"name": "main.py", "mimeType": "text/x-python", "buffer": b"print(1)\n"}
    page.get_by_label("Choose files").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="Look it over and hand it in").click()
    expect(page.get_by_text("Leads to github.com")).to_be_visible()
    page.get_by_role("button", name="Hand in my work").click()
    expect(page.get_by_role("heading", name="Hand-in 1")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="main.py").click()
    assert download.value.suggested_filename == "main.py"
    page.get_by_role("link", name="Back to the assignment").click()
    expect(page.get_by_role("button", name="Improve it and hand it in again")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft'))") == []


@pytest.mark.usefixtures("work")
@look_once
def test_looks_of_assignments(open_page: OpenPage) -> None:
    page = open_page()
    enter(page, LEARNER)
    page.goto(CLASS)
    problems = problems_in_every_look(page)
    open_assignment(page, "Autosaved")
    problems += problems_in_every_look(page)
    teacher = open_page()
    sign_in(teacher, TEACHER, CLASS)
    problems += problems_in_every_look(teacher)
    open_assignment(teacher, "Autosaved")
    problems += problems_in_every_look(teacher)
    teacher.get_by_role("link", name="Edit the rubric").click()
    teacher.get_by_role("button", name="Add a criterion").click()
    expect(teacher.get_by_label("What is looked at")).to_have_count(2)
    problems += problems_in_every_look(teacher, "rubric")
    teacher.goto(f"{CLASS}new/")
    problems += problems_in_every_look(teacher)
    assert problems == []
