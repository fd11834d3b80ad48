"""Hostile words in every field of a course: nothing runs, nothing loads, the page holds."""

from xml.etree import ElementTree

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.hostile.making import COURSE, LESSON, READER, Keys
from tests.browser.looks import look_once
from tests.browser.site import Site
from tests.browser.watching import listen, wrong_now, wrong_with
from tests.hostile import NAME

VISITOR = [
    "/courses/",
    COURSE,
    f"{COURSE}evil/",
    LESSON,
    f"{COURSE}notebooks/",
    f"{COURSE}glossary/",
    f"{COURSE}changes/",
    f"{LESSON}changes/",
    "/search/?q=script+ran",
    "/search/?q=%3Cimg+src%3Dx+onerror%3Dran()%3E",
]
READERS = [
    "/today/",
    LESSON,
    COURSE,
    f"{COURSE}evil/",
    "/cohorts/hostile/",
    "/cohorts/hostile/schedule/",
    "/review/cards/",
]


@look_once
def test_pages_of_a_visitor(open_page: OpenPage, site: Site, keys: Keys) -> None:
    page = open_page()
    asked = listen(page, site)
    first, second = keys["edition"]
    compared = f"{COURSE}changes/compare/?from={first}&to={second}"
    urls = [*VISITOR, compared, f"{compared}&lesson={keys['lesson'][0]}"]
    found = [problem for url in urls for problem in wrong_with(page, url)]
    assert "\n".join(found) == ""
    feed = page.request.get(f"{COURSE}changes/feed/")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    read = ElementTree.fromstring(feed.body())  # noqa: S314  (our own)
    assert NAME in "".join(read.itertext())
    assert asked == []


@look_once
def test_a_hostile_drawing_opened_by_itself(open_page: OpenPage, site: Site, keys: Keys) -> None:
    page = open_page(quiet=False)  # the browser says what it refuses
    refused: list[str | None] = []
    page.on("requestfailed", lambda one: refused.append(one.failure))
    page.goto("/images/hostile-4x3-01234567.svg")
    assert page.evaluate("document.querySelectorAll('script, iframe').length") == 2
    page.locator("rect").click(force=True)
    assert page.evaluate("document.documentElement.id") == ""
    assert {"csp"} <= set(refused) <= {"csp", "origin"}


@look_once
def test_pages_of_a_learner(open_page: OpenPage, site: Site, keys: Keys) -> None:
    page = sign_in(open_page(), READER)
    asked = listen(page, site)
    found = [problem for url in READERS for problem in wrong_with(page, url)]
    page.goto(LESSON)
    assert page.locator(".prose ins").count() > 3
    page.goto("/review/")
    found += wrong_now(page)
    page.get_by_text("Show the answer").click()
    found += wrong_now(page, "review, answered")
    assert "\n".join(found) == ""
    assert asked == []


@look_once
def test_a_quiz(open_page: OpenPage, site: Site, keys: Keys) -> None:
    page = sign_in(open_page(), READER)
    asked = listen(page, site)
    found = wrong_with(page, f"/quizzes/{keys['slugs'][0]}/")
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_url("**/attempts/**")
    attempt = page.url.split("?")[0]
    for number in range(1, len(keys["question"]) + 1):
        found += wrong_with(page, f"{attempt}?q={number}")
        answer(page)
        found += wrong_now(page, f"question {number}, checked")
    found += wrong_with(page, f"{attempt}?q=end")
    page.get_by_role("button", name="Hand in my answers").click()
    page.wait_for_url("**/results/")
    found += wrong_now(page)
    assert "\n".join(found) == ""
    assert asked == []


def answer(page: Page) -> None:
    """Wrongly, in the fields that the question has, and have it checked."""
    for select in page.locator("main select:visible").all():
        select.select_option(index=1)
    for field in page.locator("main input:not([type]), main textarea").all():
        field.fill("7" if field.get_attribute("name") in {"value", "blank-bits"} else NAME)
    if page.locator("[data-move='1']:visible").count():
        page.locator("[data-move='1']:visible").first.click()
    if page.locator("input.tick").count():
        page.locator("input.tick").last.check()
    page.get_by_role("button", name="Check my answer").click()
    page.locator("#feedback").wait_for()
