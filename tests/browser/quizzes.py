"""The steps through a quiz, as its taker goes them."""

from typing import cast

from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import sign_in

LEARNER = "yi-ting@example.org"
STRANGER = "sam@example.org"
OPTION = "input.tick"
sessions: dict[str, list[SetCookieParam]] = {}


def start(page: Page, quiz: str) -> str:
    """Begin `quiz` and wait for what is needed to go on offline; the attempt's address."""
    page.goto(quiz)
    with page.expect_response("**/cards/") as fetched:
        page.get_by_role("button", name="Start the quiz").click()
        page.wait_for_url("**/attempts/**")
    fetched.value.finished()
    return page.url.split("?")[0]


def begin(page: Page, quiz: str, email: str = LEARNER) -> str:
    enter(page, email)
    return start(page, quiz)


def enter(page: Page, email: str) -> None:
    """Signed in, by a session that an earlier test has opened where there is one."""
    if email in sessions:
        page.context.add_cookies(sessions[email])
        return
    sign_in(page, email)
    sessions[email] = cast(list[SetCookieParam], page.context.cookies())


def option(page: Page, number: int) -> Locator:
    return page.locator(OPTION).nth(number - 1)


def question(page: Page, number: int) -> Locator:
    return page.get_by_role("heading", name=f"Question {number} of")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()


def step(page: Page, place: int | str) -> Locator:
    return page.locator(f'.steps a[data-place="{place}"]')


def saved(page: Page) -> Locator:
    return page.locator("[data-saved]")


def notices(page: Page) -> Locator:
    return page.locator("[data-notices]")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in my answers").click()


def expect_result(page: Page, points: str) -> None:
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    expect(page.locator(".figure-num")).to_have_text(points)


def waiting(context: BrowserContext) -> int:
    """How many answers this browser keeps."""
    keys = context.pages[0].evaluate("Object.keys(localStorage)")
    return sum(":packet:" in key for key in keys)
