"""The page of an attempt in each of its states: no axe violation, nothing too wide, no jump."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.quizzes import begin, go_on, hand_in, notices, option, question, saved, step
from tests.browser.shelf import Shelf


@look_once
def test_states(page: Page, shelf: Shelf) -> None:
    begin(page, shelf.take("timed"))
    option(page, 1).check()
    expect(saved(page)).to_contain_text("Saved")
    found = problems_in_every_look(page, "saved, with a timer")

    page.context.set_offline(True)
    option(page, 2).check()
    expect(notices(page)).to_contain_text("Not saved yet")
    found += problems_in_every_look(page, "offline")
    page.get_by_role("link", name="End").click()
    hand_in(page)
    expect(notices(page)).to_contain_text("Handing in waits")
    found += problems_in_every_look(page, "at the end, offline")
    page.context.set_offline(False)
    expect(notices(page)).to_contain_text("all your answers are saved")
    found += problems_in_every_look(page, "delivered")
    assert found == []


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_jumps_while_answers_are_saved(
    open_page: OpenPage, shelf: Shelf, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    begin(page, shelf.take())
    button = page.get_by_role("button", name="Save and go on")
    place = button.bounding_box()
    option(page, 1).check()
    expect(saved(page)).to_contain_text("Saved")
    assert button.bounding_box() == place
    page.context.set_offline(True)
    option(page, 2).check()
    expect(notices(page)).to_contain_text("Not saved yet")
    assert button.bounding_box() == place


def test_checked(page: Page, shelf: Shelf) -> None:
    begin(page, shelf.take("practice"))
    page.evaluate("window.same = true")
    check = page.get_by_role("button", name="Check my answer")
    page.context.set_offline(True)
    option(page, 2).check()
    check.click()
    expect(notices(page)).to_contain_text("Checking waits for the connection.")
    page.context.set_offline(False)
    expect(saved(page)).to_contain_text("Saved")
    check.click()
    expect(page.locator(".feedback")).to_be_focused()
    expect(page.locator(".feedback")).to_contain_text("Not quite")
    expect(step(page, 1)).to_have_attribute("data-state", "wrong")
    found = problems_in_every_look(page, "checked")
    page.get_by_role("link", name="Next question").click()
    option(page, 1).check()
    go_on(page)
    for _ in range(2):
        page.get_by_role("link", name="Previous question").click()
    expect(page.locator(".feedback")).to_contain_text("Not quite")
    assert page.evaluate("window.same")
    assert found == []


def test_a_checked_question_is_opened_again_and_tried(page: Page, shelf: Shelf) -> None:
    attempt = begin(page, shelf.take("practice"))
    option(page, 1).check()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".feedback")).to_contain_text("That is right.")
    page.goto(f"{attempt}?q=1")
    page.get_by_role("link", name="Try it again").click()
    option(page, 2).check()
    page.get_by_role("button", name="Check this try").click()
    expect(page.locator(".feedback")).to_contain_text("Not quite")
    page.get_by_role("link", name="Next question").click()
    expect(question(page, 2)).to_be_visible()
    option(page, 1).check()
    expect(saved(page)).to_contain_text("Saved")
    expect(step(page, 2)).to_have_attribute("data-state", "saved")
