"""A learner asks under a lesson, a teacher answers; every page of it, looked at."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

# A learner of their own: the server remembers for a minute in which classes somebody is.
LEARNER, TEACHER = "tilda@example.org", "amara@example.org"
LESSON = "/courses/llm-course/the-llm-scientist/quantization/"
# A class of both; a question with a pinned answer and one that is hidden and reported.
MAKE = """
from django.utils import timezone
from accounts.models import User
from cohorts.models import Announcement, Membership
from courses.models import Course, Lesson
from tests import people as personas
from tests.class_factories import CohortFactory, MembershipFactory
from tests.cohorts.talk.factories import *

cohort = CohortFactory(
    slug="talk", name="Talking class", join_code="TALKTALK",
    course=Course.objects.get(slug="llm-course"),
)
personas.person("tilda@example.org", "Tilda Talk")
people = {user.email.split("@")[0]: user for user in User.objects.all()}
teacher = MembershipFactory(cohort=cohort, user=people["amara"], role="owner").user
learner = MembershipFactory(cohort=cohort, user=people["tilda"]).user
lesson = Lesson.objects.get(slug="quantization")
AnnouncementFactory(cohort=cohort, author=teacher, pinned=True, body="# Thursday\\n\\n- one")
thread = ThreadFactory(
    cohort=cohort, lesson=lesson, author=learner, title="Looked at", body="```\\n" + "x" * 300
)
PostFactory(thread=thread, author=teacher, pinned=True, body="See https://a.example.")
post = PostFactory(thread=thread, author=learner, hidden_at=timezone.now())
ReportFactory(thread=thread, post=post, by=teacher)
"""


@pytest.fixture(scope="module")
def talking(site: Site) -> None:
    site.run("shell", "-v0", "-c", MAKE)


@pytest.mark.usefixtures("talking")
def test_ask_under_the_lesson_and_read_the_answer(open_page: OpenPage) -> None:
    learner = open_page(viewport={"width": 390, "height": 844})
    sign_in(learner, LEARNER, LESSON)
    part = learner.get_by_role("region", name="Talking class")
    part.scroll_into_view_if_needed()
    expect(part.get_by_role("link", name="Looked at")).to_be_visible()
    part.get_by_role("link", name="Ask your class").click()
    expect(learner.get_by_label("What it is about")).to_contain_text("Quantization")
    learner.get_by_label("Your question").fill("Why four bits?")
    learner.get_by_label("More about it").fill("I ran:\n```\nmodel.eval()\n```")
    learner.get_by_role("button", name="Ask your class").dblclick()
    expect(learner.get_by_role("heading", name="Why four bits?", level=1)).to_be_visible()
    expect(learner.locator("pre code")).to_have_text("model.eval()")

    teacher = sign_in(open_page(), TEACHER, "/cohorts/talk/questions/")
    expect(teacher.get_by_role("link", name="Why four bits?")).to_have_count(1)
    teacher.get_by_role("link", name="Why four bits?").click()
    teacher.get_by_label("Your answer").fill("The weights are nearly normal.")
    teacher.get_by_role("button", name="Post your answer").click()
    teacher.get_by_role("button", name="Pin it on top").click()
    expect(teacher.get_by_text("Pinned answer")).to_be_visible()

    learner.reload()
    expect(learner.get_by_role("listitem").filter(has_text="Pinned answer")).to_contain_text(
        "The weights are nearly normal."
    )
    learner.get_by_role("button", name="Mark as resolved").click()
    expect(learner.get_by_text("Resolved", exact=True)).to_be_visible()


@pytest.mark.usefixtures("talking")
@look_once
def test_pages(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, TEACHER, "/cohorts/talk/announcements/")
    problems = problems_in_every_look(page)
    page.get_by_role("link", name=re.compile("^Announcement")).last.click()
    problems += problems_in_every_look(page)
    page.goto("/cohorts/talk/announcements/new/")
    page.get_by_label("Text").fill("## Bring a **laptop**")
    page.get_by_role("button", name="Show a preview").click()
    expect(page.locator("#preview").get_by_text("Bring a laptop")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value("## Bring a **laptop**")
    problems += problems_in_every_look(page)
    page.get_by_role("button", name="Post to 1 learner").click()
    expect(page.get_by_role("alert")).to_contain_text("Title: This field is required.")
    for url in ("questions/", "questions/ask/", "reports/"):
        page.goto(f"/cohorts/talk/{url}")
        problems += problems_in_every_look(page)
    page.goto("/cohorts/talk/questions/?q=looked")
    page.get_by_role("link", name="Looked at").click()
    problems += problems_in_every_look(page)
    page.get_by_role("link", name="This lesson in your class").click()
    problems += problems_in_every_look(page)
    assert problems == []
