"""A class as its teacher finds it: the table of progress, who is at risk, one learner."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

CLASS = "/cohorts/overview-class/"
SEED = """
from datetime import timedelta
from django.utils import timezone
from cohorts.models import Announcement, Deadline
from courses.models import Course, Lesson, LessonProgress
from tests.class_factories import CohortFactory, GroupFactory, MembershipFactory
from tests.people import person

now = timezone.now()
course = Course.objects.get(slug="llm-course")
cohort = CohortFactory(
    course=course, slug="overview-class", name="Overview class", join_code="VERVEW23",
    starts_on=(now - timedelta(days=40)).date(), created_at=now,
)
user = person("teacher@overview.example.org", "Theo Teacher")
MembershipFactory(cohort=cohort, user=user, role="owner", joined_at=now)
lab = GroupFactory(cohort=cohort, name="Lab A")
lessons = list(Lesson.objects.published(now).filter(track__course=course).in_order())
for number, lesson in enumerate(lessons[4:12]):
    Deadline.objects.create(cohort=cohort, lesson=lesson, due_at=now + timedelta(days=number - 5))
for place, name in enumerate(["Ada Early", "Ben Behind", "Cleo Coming", "Dan Dormant"]):
    user = person(f"l{place}@overview.example.org", name)
    days = 1 if name == "Cleo Coming" else 40
    at = now - timedelta(days=days)
    MembershipFactory(cohort=cohort, user=user, group=lab if place < 2 else None, joined_at=at)
    for step, lesson in enumerate(lessons[4:4 + 9 - 4 * place if place < 2 else 4]):
        done = step < 7 - 5 * place
        LessonProgress.objects.create(
            user=user, lesson=lesson, started_at=at, last_read_at=now - timedelta(days=9 * place),
            quiz_score=(None, 0.4, 0.6, 0.8, 0.9)[step % 5],
            completed_at=now if done else None, by_hand=done,
        )
Announcement.objects.create(cohort=cohort, title="No lab", body="On Monday.", post_at=now)
"""


@pytest.fixture(scope="module")
def seeded(site: Site) -> None:
    site.run("shell", "-v0", "-c", SEED)


@look_once
def test_from_the_table_to_a_learner(open_page: OpenPage, seeded: None) -> None:
    page = sign_in(open_page(), "teacher@overview.example.org")
    page.goto(CLASS)
    found = problems_in_every_look(page)
    page.get_by_label("Group").select_option("Lab A")
    page.get_by_role("button", name="Show these learners").click()
    expect(page.get_by_role("rowheader")).to_have_count(2)
    page.get_by_role("link", name="At risk", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("No activity for 9 days")
    page.get_by_label("Days without activity").fill("0")
    page.get_by_role("button", name="Save the thresholds").click()
    expect(page.locator(".error-summary")).to_be_focused()
    found += problems_in_every_look(page)
    page.get_by_label("Days without activity").fill("30")
    page.get_by_role("button", name="Save the thresholds").click()
    expect(page.get_by_role("status")).to_contain_text("The thresholds are saved.")
    expect(page.get_by_role("main")).not_to_contain_text("No activity for 9 days")
    page.get_by_role("link", name="Ben Behind").click()
    page.get_by_label("Write a note").fill("Call on Monday.")
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("main")).to_contain_text("Call on Monday.")
    found += problems_in_every_look(page)
    assert found == []
