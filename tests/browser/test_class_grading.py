"""Grading what a class hands in: three in a row by the keyboard, and how the pages look."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

TEACHER = "amara@example.org"
# Three classes alike: one to grade in, and one for each look.
MAKE = """
from accounts.models import User
from courses.models import Course
from tests.class_factories import CohortFactory, DeadlineFactory, GroupFactory, MembershipFactory
from tests.cohorts.graded import answered, assignment_with_points, free_quiz, handed_in, rubric
from tests.class_factories import NOW
from tests.factories import UserFactory

for slug in ("grading-0", "grading-1"):
    cohort = CohortFactory(
        course=Course.objects.get(slug="llm-course"),
        slug=slug, name=slug, join_code=slug[-8:], late_percent=10
    )
    teacher = User.objects.get(email="amara@example.org")
    MembershipFactory(cohort=cohort, user=teacher, role="owner")
    essay = assignment_with_points(cohort, 30, title="Essay", instructions="Write *well*.")
    DeadlineFactory(cohort=cohort, assignment=essay, due_at=NOW.replace(day=17))
    rubric(essay, (0, 5, 10), (0, 20))
    short = assignment_with_points(cohort, 10, title="Short work")
    group = GroupFactory(cohort=cohort)
    for at in range(3):
        user = UserFactory(email=f"{slug}-{at}@example.org", display_name=f"Learner {at}")
        member = MembershipFactory(cohort=cohort, user=user, group=group)
        work = handed_in(essay, member, minutes=at, text="Words, and `code`.", link="https://a.test/")
        work.files.create(name="plan.pdf", size=9, file="x", sha256="0" * 64, uploaded_at=NOW)
        if at == 0:
            handed_in(short, member, minutes=10)
            answered(free_quiz(cohort, 1, slug=f"{slug}-quiz", title="Words"), member, minutes=20)
"""


@pytest.fixture(scope="module")
def classes(site: Site) -> None:
    site.run("shell", "-v0", "-c", MAKE)


@pytest.mark.usefixtures("classes")
def test_three_in_a_row_by_the_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, TEACHER, "/cohorts/grading-0/grading/")
    page.get_by_role("link", name="Grade the oldest").press("Enter")
    heading = page.get_by_role("heading", level=2).first
    expect(heading).to_have_text("Learner 0")
    expect(page.get_by_text("1 of 5")).to_be_visible()
    # Forward and back, and not while something is typed.
    page.keyboard.press("j")
    expect(heading).to_have_text("Learner 1")
    page.keyboard.press("k")
    expect(heading).to_have_text("Learner 0")
    page.get_by_label("Feedback").press_sequentially("jnkp")
    expect(heading).to_have_text("Learner 0")
    page.get_by_label("Feedback").fill("")
    page.get_by_label("Feedback").blur()
    for number in range(3):
        expect(heading).to_have_text(f"Learner {number}")
        page.keyboard.press("g")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-sum]")).to_have_text("25")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(f"Saved for Learner {number}: 25 of 30.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Short work")
    page.get_by_role("button", name="Turn the keys off").click()
    page.keyboard.press("j")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Short work")
    expect(page.get_by_role("button", name="Turn the keys on")).to_be_visible()
    expect(page.locator(".keys").first).to_be_hidden()


@pytest.mark.usefixtures("classes")
@look_once
def test_pages_of_grading(open_page: OpenPage) -> None:
    page = open_page()
    root = "/cohorts/grading-1/"
    sign_in(page, TEACHER, f"{root}grading/")
    problems = problems_in_every_look(page)
    page.get_by_role("link", name="Grade the oldest").click()
    for summary in page.locator("main summary").all():
        summary.click()
    problems += problems_in_every_look(page)
    page.get_by_role("button", name="Save the grade").click()
    expect(page.get_by_role("alert")).to_contain_text("Criterion 1: Choose a level.")
    problems += problems_in_every_look(page)
    page.goto(f"{root}grading/?state=all")
    page.get_by_role("link", name=re.compile("^Words ?: Learner 0")).click()
    page.get_by_label("Comment").fill("**Why**")
    page.get_by_role("button", name="Preview the comment").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    problems += problems_in_every_look(page)
    page.get_by_role("link", name="The whole attempt").click()
    problems += problems_in_every_look(page)
    page.goto(f"{root}quizzes/")
    problems += problems_in_every_look(page)
    page.get_by_role("link", name="Words", exact=True).first.click()
    problems += problems_in_every_look(page)
    page.goto(f"{root}grading/")
    page.get_by_role("link", name=re.compile("^Release the grades ?: Essay")).click()
    problems += problems_in_every_look(page)
    assert problems == []
