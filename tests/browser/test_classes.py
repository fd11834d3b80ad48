"""A class is made, its code shown on a wall, and a learner joins on a phone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look

TEACHER, LEARNER = "amara@example.org", "yi-ting@example.org"


def make_class(page: Page, name: str) -> str:
    """Its address, from the page with the code."""
    sign_in(page, TEACHER, "/cohorts/")
    page.get_by_role("link", name="Make a class").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Make the class").click()
    expect(page.get_by_role("heading", name="Join code", exact=True)).to_be_visible()
    return page.url.removesuffix("join-code/")


def test_from_the_wall_to_the_phone(open_page: OpenPage) -> None:
    teacher = open_page()
    make_class(teacher, "Evening class")
    teacher.get_by_role("link", name="Show it full screen").click()
    expect(teacher.get_by_role("img", name="QR code")).to_be_visible()
    code = teacher.locator(".wall-code").inner_text()

    phone = open_page(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    sign_in(phone, LEARNER, "/join/")
    phone.get_by_label("Join code").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="Find the class").click()
    expect(phone.get_by_text("Teacher: Amara Osei")).to_be_visible()
    phone.get_by_role("button", name="Join Evening class").click()
    expect(phone.get_by_text("You are in the class.")).to_be_visible()
    phone.get_by_role("link", name="Classes").click()
    expect(phone.get_by_role("link", name="Evening class", exact=True)).to_be_visible()


@look_once
def test_pages_of_a_class_as_a_whole(open_page: OpenPage) -> None:
    page = open_page()
    url = make_class(page, "Class 1280")
    problems = problems_in_every_look(page)
    pages = ["join-code/screen/", "settings/", "copy/", "hand-over/", "archive/", "log/"]
    for address in (*(url + name for name in pages), "/cohorts/", "/cohorts/new/"):
        page.goto(address)
        problems += problems_in_every_look(page)
    page.goto(f"{url}settings/")
    page.get_by_role("button", name="Look as a learner").click()
    expect(page.get_by_text(re.compile("You see Class .* as a learner does"))).to_be_visible()
    problems += problems_in_every_look(page, "looking")
    page.get_by_role("button", name="Stop looking").click()
    expect(page.get_by_role("link", name="Settings")).to_be_visible()
    assert problems == []
