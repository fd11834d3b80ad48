"""Somebody comes back to a lesson that has changed, and looks at what else did."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_of
from tests.browser.site import Site

LESSON = "/courses/llm-course/the-llm-scientist/new-trends/"
CHANGES = "/courses/llm-course/changes/"
READ_AND_CHANGE = """
from django.utils import timezone
from courses import progress
from courses.editing import revise
from courses.history.editions import make_edition
from courses.history.recording import Change, catch_up, record
from courses.models import Concept, Course, Lesson, Revision
from tests.people import person

now, course = timezone.now(), Course.objects.get(slug="llm-course")
lesson = Lesson.objects.get(slug="new-trends")
reader = person("comes-back@example.org", "Bao Back")
progress.enrol(user=reader, course=course, now=now)
progress.read_lesson(user=reader, lesson_id=lesson.pk, version=lesson.version, now=now)
catch_up(course=course, names=None, now=now)
make_edition(course=course, name="Before", by=None, note="", now=now)
concept = lesson.concepts.order_by("position").first()
revise(lessons=[lesson.pk], now=now)
concept.body += "\\n\\nA stone was laid here."
concept.save()
change = Change(Revision.Source.EDITOR, mark="new", note="One stone more.")
record(course=course, names=["the-llm-scientist/new-trends.yaml"], change=change, now=now)
"""


@look_once
def test_who_comes_back_sees_what_changed(open_page: OpenPage, site: Site) -> None:
    site.run("shell", "-c", READ_AND_CHANGE)
    page = sign_in(open_page(viewport={"width": 390, "height": 800}), "comes-back@example.org")
    page.goto(LESSON)
    added = page.locator(".prose ins", has_text="A stone was laid here.")
    expect(added).to_be_visible()
    assert problems_of(page) == []

    page.get_by_role("button", name="I have seen the changes").click()
    expect(page.get_by_role("status").get_by_text("You have seen the changes.")).to_be_visible()
    expect(page.get_by_role("link", name="All changes of this lesson")).to_be_focused()
    expect(added).to_have_css("text-decoration-line", "none")
    page.reload()
    expect(page.locator("#changes, .prose ins")).to_have_count(0)

    page.get_by_role("link", name="Updated").click()
    expect(page.get_by_text("One stone more.")).to_be_visible()
    assert problems_of(page) == []
    page.goto(CHANGES)
    assert problems_of(page) == []
    page.get_by_role("link", name="Compare two editions").click()
    expect(page.get_by_role("img", name="5 added")).to_be_visible()
    lesson = page.get_by_role("listitem").filter(has_text="New Trends")
    lesson.get_by_role("link", name=re.compile("Read what changed")).click()
    expect(page.locator("ins", has_text="A stone was laid here.")).to_be_visible()
    assert problems_of(page) == []
