"""What is wider than a phone in a question scrolls by itself; the page does not."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import look_once, problems_of
from tests.browser.quizzes import begin, option
from tests.browser.shelf import Shelf


@look_once
def test_wide_code_formulas_and_tables(open_page: OpenPage, shelf: Shelf) -> None:
    page = open_page(viewport={"width": 390, "height": 900}, reduced_motion="reduce")
    page.goto(begin(page, shelf.take("wide")) + "?q=10")
    first = page.locator('.steps a[data-place="1"]').bounding_box()
    asked = problems_of(page, "wide, asked")
    code = page.locator("#prompt .code code")
    assert code.evaluate("one => getComputedStyle(one).fontWeight") == "400"
    assert code.locator("xpath=..").evaluate("one => one.scrollWidth > one.clientWidth")
    option(page, 2).check()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".feedback > div .code")).to_have_count(1)
    assert asked + problems_of(page, "wide, checked") == []
    # Its number stays on one line beside the sign.
    number = page.locator('.steps a[data-place="10"]')
    expect(number).to_have_attribute("data-state", "wrong")
    assert number.bounding_box()["height"] == first["height"]
