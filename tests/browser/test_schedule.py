"""Dates of a class: set in the browser's own date fields, and every page of them in two looks."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

SEED = """
from datetime import timedelta
from django.utils import timezone
from cohorts.models import Assignment, Cohort, Deadline, Extension, Membership
from courses.models import Course, Lesson
from quizzes.models import Quiz
from tests.people import person

now = timezone.now()
cohort = Cohort.objects.create(
    course=Course.objects.get(slug="llm-course"),
    slug="dated", name="Dated class", join_code="DATED234",
    created_at=now, time_zone="Europe/Berlin", late_percent=10, late_cutoff=3,
)
members = {
    role: Membership.objects.create(
        cohort=cohort, user=person(f"{role}@dates.example.org", role.title()), role=role,
        joined_at=now,
    )
    for role in ("owner", "learner")
}
lessons = Lesson.objects.in_order().filter(track__course=cohort.course)
for days, lesson in enumerate(lessons[:6]):
    at = now + timedelta(days=days - 2)
    Deadline.objects.create(cohort=cohort, lesson=lesson, due_at=at)
    for quiz in lesson.quizzes.all():
        due = at + timedelta(days=1)
        Deadline.objects.create(cohort=cohort, quiz=quiz, opens_at=at, due_at=due)
essay = Assignment.objects.create(cohort=cohort, title="Essay", published=True, created_at=now)
due = Deadline.objects.create(cohort=cohort, assignment=essay, due_at=now + timedelta(days=1))
Extension.objects.create(
    deadline=due, membership=members["learner"], due_at=now + timedelta(days=2), reason="Ill.",
    given_by=members["owner"].user, given_at=now,
)
"""
CLASS = "/cohorts/dated/"
OF_TEACHERS = [
    f"{CLASS}schedule/edit/",
    f"{CLASS}schedule/shift/?first=2020-01-01&days=7",
    f"{CLASS}schedule/spread/",
    f"{CLASS}extensions/",
    f"{CLASS}extensions/give/",
]
OF_ALL = [
    f"{CLASS}schedule/",
    f"{CLASS}calendar/",
    "/cohorts/calendar/",
    "/cohorts/mail/",
    "/today/",
]


@pytest.fixture(scope="module")
def dated(site: Site) -> None:
    site.run("shell", "-c", SEED)


def problems_on(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += problems_in_every_look(page, address)
    return found


@look_once
def test_looks(open_page: OpenPage, dated: None) -> None:
    teacher, learner = open_page(), open_page()
    sign_in(teacher, "owner@dates.example.org")
    sign_in(learner, "learner@dates.example.org")
    assert problems_on(teacher, OF_TEACHERS) == []
    assert problems_on(learner, OF_ALL) == []


def test_a_date_is_set_and_seen_on_a_phone(open_page: OpenPage, dated: None) -> None:
    teacher = open_page(timezone_id="America/New_York")
    sign_in(teacher, "owner@dates.example.org", f"{CLASS}schedule/edit/")
    teacher.get_by_label("Due: Essay").fill("2099-10-25T02:30")
    teacher.get_by_role("button", name="Save the dates").click()
    expect(teacher.get_by_text("The dates of one thing are saved.")).to_be_visible()
    expect(teacher.get_by_text("The first of the two is meant")).to_be_visible()
    expect(teacher.get_by_label("Due: Essay")).to_have_value("2099-10-25T02:30")
    learner = open_page(viewport={"width": 390, "height": 800})
    sign_in(learner, "learner@dates.example.org", f"{CLASS}calendar/?month=2099-10")
    expect(learner.get_by_role("heading", name="Sunday 25 October")).to_be_visible()
    expect(learner.get_by_role("table")).to_be_hidden()
    teacher.get_by_role("button", name="Undo my last save").click()
    expect(teacher.get_by_text("as they are before you saved")).to_have_count(0)
    expect(teacher.get_by_label("Due: Essay")).not_to_have_value("2099-10-25T02:30")
