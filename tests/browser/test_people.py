"""The pages of people: how they look, and a list added without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

TEACHER = "amara@example.org"
PAGE = "/cohorts/people-class/people/"
MAKE = """
from courses.models import Course
from accounts.models import User
from cohorts.models import Role
from tests.class_factories import CohortFactory, GroupFactory, MembershipFactory
from tests.cohorts.people.factories import InvitationFactory

cohort = CohortFactory(
    course=Course.objects.get(slug="llm-course"),
    slug="people-class",
    name="People",
    join_code="PEOPLE23",
)
group = GroupFactory(cohort=cohort, name="Lab A")
teacher, learner = (
    User.objects.get(email=email) for email in ("amara@example.org", "yi-ting@example.org")
)
MembershipFactory(cohort=cohort, user=teacher, role=Role.OWNER)
MembershipFactory(cohort=cohort, user=learner, listed_as="Chen, Yi-Ting")
InvitationFactory(cohort=cohort, email="waits@example.org", token="the-token-of-a-test")
"""
ROSTER = "e-mail,name,role,group\nnew@example.org,New,,Lab B\nyi-ting@example.org,,,Lab B\nx,X,,\n"


@pytest.fixture(scope="module")
def a_class(site: Site) -> None:
    site.run("shell", "-v0", "-c", MAKE)


@pytest.mark.usefixtures("a_class")
@look_once
def test_pages_of_people(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/cohorts/invitations/the-token-of-a-test/")
    problems = problems_in_every_look(page)
    sign_in(page, TEACHER, PAGE)
    problems += problems_in_every_look(page)
    page.goto(f"{PAGE}groups/")
    problems += problems_in_every_look(page)
    page.goto(f"{PAGE}roster/")
    page.get_by_label("Or the table, pasted").fill(ROSTER)
    page.get_by_role("button", name="Look at what will happen").click()
    expect(page.get_by_role("heading", name="Rejected")).to_be_visible()
    problems += problems_in_every_look(page, "report")
    page.goto(PAGE)
    page.get_by_role("link", name="Change Chen, Yi-Ting").click()
    problems += problems_in_every_look(page, "edit")
    assert problems == []


@pytest.mark.usefixtures("a_class")
def test_a_roster_without_a_script(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, TEACHER, PAGE)
    page.get_by_text("Rosters", exact=True).click()
    page.get_by_role("link", name="Add a roster").click()
    page.get_by_label("A CSV file").set_input_files(
        {"name": "roster.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    )
    page.get_by_role("button", name="Look at what will happen").click()
    page.get_by_role("button", name="Add one person, and make the changes").click()
    expect(page.get_by_text("Invited 1 person. Changed 1 person.")).to_be_visible()
    expect(page.get_by_text("new@example.org").first).to_be_visible()
    page.get_by_role("checkbox", name="Choose Chen, Yi-Ting").check()
    page.get_by_label("Put the ticked learners in").select_option("Lab A")
    page.get_by_role("button", name="Move them").click()
    expect(page.get_by_text("1 learner was moved.")).to_be_visible()
    page.get_by_label("Group", exact=True).select_option("Lab A")
    page.get_by_role("button", name="Find people").click()
    expect(page.get_by_role("rowheader")).to_have_count(1)
