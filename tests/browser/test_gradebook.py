"""The gradebook by keyboard, and how its pages look."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

TEACHER, LEARNER = "amara@example.org", "yi-ting@example.org"
BOOK = "/cohorts/gradebook-class/gradebook/"
MAKE = """
from decimal import Decimal
from accounts.models import User
from cohorts.models import Role
from courses.models import Course
from tests.class_factories import (
    CategoryFactory, CohortFactory, GradeFactory, GradeItemFactory, MembershipFactory,
)
from tests.factories import UserFactory

cohort = CohortFactory(
    course=Course.objects.get(slug="llm-course"),
    slug="gradebook-class",
    name="Grades",
    join_code="GRADEBKA",
)
MembershipFactory(cohort=cohort, user=User.objects.get(email="amara@example.org"), role="owner")
learner = User.objects.get(email="yi-ting@example.org")
own = MembershipFactory(cohort=cohort, user=learner, listed_as="Zoe")
members = [
    MembershipFactory(
        cohort=cohort, user=UserFactory(email=f"gb{at}@example.org", display_name=f"Learner {at}")
    )
    for at in range(4)
]
category = CategoryFactory(cohort=cohort, name="Talks")
for number in range(12):
    item = GradeItemFactory(category=category, title=f"Talk {number}", points=Decimal(20))
    for at, member in enumerate([*members, own]):
        if at != number % 5:
            GradeFactory(item=item, membership=member, score=Decimal((at + number) % 12 + 5))
"""


@pytest.fixture(scope="module")
def made(site: Site) -> None:
    site.run("shell", "-v0", "-c", MAKE)


@pytest.mark.usefixtures("made")
def test_a_score_is_found_and_changed_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, TEACHER, BOOK)
    expect(page.get_by_text("Arrow keys move from cell to cell")).to_be_visible()
    page.get_by_role("link", name="Learner 0", exact=True).focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "End", "Home", "ArrowRight"):
        page.keyboard.press(key)
    focused = page.locator("tbody a:focus")
    expect(focused).to_have_text("30")
    # One stop for Tab in all the table.
    assert page.locator('tbody a[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Talk 0")
    page.get_by_label("New points, of 20").fill("21")
    page.get_by_label("Reason, shown to the learner").first.fill("Question 4")
    page.get_by_role("button", name="Save the score").press("Enter")
    expect(page.get_by_text("Changed by hand from 6 to 21 of 20 points.")).to_be_visible()
    page.get_by_role("link", name="Back to the gradebook").click()
    cell = page.get_by_role("row", name="Learner 1").get_by_role("link").nth(1)
    expect(cell).to_have_text(re.compile("^105"))


@pytest.mark.usefixtures("made")
@look_once
def test_pages_of_the_gradebook(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, TEACHER, BOOK)
    found = problems_in_every_look(page)
    learner = page.locator("tbody th a").first.get_attribute("href")
    cell = page.locator("tbody td a").first.get_attribute("href")
    column = page.locator("thead .whole").first.get_attribute("href")
    for path in (learner, cell, column, "setup/", "items/new/", "?sort=-total&q=0"):
        page.goto(f"{BOOK}{path}")
        found += problems_in_every_look(page)
    assert found == []


@pytest.mark.usefixtures("made")
@look_once
def test_ones_own_grades_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 900}, color_scheme="dark")
    sign_in(page, LEARNER, "/cohorts/gradebook-class/grades/")
    expect(page.get_by_role("heading", name="Total so far")).to_be_visible()
    assert problems_in_every_look(page) == []
