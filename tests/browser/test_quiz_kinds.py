"""Every kind of question through a whole quiz: by the keyboard alone, and without JavaScript."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.quizzes import STRANGER, begin, expect_result, question, saved
from tests.browser.shelf import Shelf

RIGHT_ORDER = ("m", "c", "x", "e")


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate("element => element.matches(':focus-visible')")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def press(page: Page, wanted: Locator, key: str) -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def write(page: Page, field: Locator, words: str) -> None:
    tab_to(page, field)
    page.keyboard.type(words)


def choose(page: Page, select: Locator, label: str) -> None:
    """As one does in a closed select: by the first letters."""
    write(page, select, label)
    expect(select.locator("option:checked")).to_have_text(label)


def put_in_order(page: Page) -> None:
    for place, item in enumerate(RIGHT_ORDER):
        row = page.locator(f'[data-item="{item}"]')
        up = row.locator('[data-move="-1"]')
        for _ in range(3):
            if row.evaluate("row => [...row.parentElement.children].indexOf(row)") == place:
                break
            press(page, up, "Enter")


def go_on_to(page: Page, number: int) -> None:
    expect(saved(page)).to_have_text(re.compile("Saved"))
    press(page, page.get_by_role("button", name="Save and go on"), "Enter")
    if number <= 9:
        expect(question(page, number)).to_be_focused()


def test_by_the_keyboard_alone(page: Page, shelf: Shelf) -> None:
    begin(page, "/quizzes/every-kind/")
    ticks = page.locator("input.tick")
    press(page, ticks.nth(0), "Space")
    go_on_to(page, 2)
    press(page, ticks.nth(0), "Space")
    press(page, ticks.nth(1), "Space")
    go_on_to(page, 3)
    press(page, ticks.nth(0), "Space")
    go_on_to(page, 4)
    write(page, page.locator("[name=value]"), "6,5")
    go_on_to(page, 5)
    write(page, page.locator("[name=text]"), "reward  MODEL")
    go_on_to(page, 6)
    put_in_order(page)
    go_on_to(page, 7)
    choose(page, page.locator("[name=pair-a]"), "The error of a layer")
    choose(page, page.locator("[name=pair-b]"), "The size of activations")
    go_on_to(page, 8)
    write(page, page.locator("[name=blank-bits]"), "8")
    choose(page, page.locator("[name=blank-width]"), "32 bits")
    write(page, page.locator("[name=blank-type]"), "int32")
    go_on_to(page, 9)
    write(page, page.locator("textarea"), "It scales the channel before rounding.")
    go_on_to(page, 10)
    press(page, page.get_by_role("button", name="Hand in my answers"), "Enter")
    expect_result(page, "8 / 9")


def test_without_javascript(open_page: OpenPage, shelf: Shelf) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, STRANGER, "/quizzes/every-kind/")
    page.get_by_role("button", name="Start the quiz").click()
    go_on = page.get_by_role("button", name="Save and go on")
    ticks = page.locator("input.tick")
    ticks.nth(0).check()
    go_on.click()
    ticks.nth(0).check()
    ticks.nth(1).check()
    go_on.click()
    ticks.nth(0).check()
    go_on.click()
    page.locator("[name=value]").fill("6.5")
    go_on.click()
    page.locator("[name=text]").fill("the preference model")
    go_on.click()
    for place, item in enumerate(RIGHT_ORDER, 1):
        page.locator(f"[name=place-{item}]").select_option(str(place))
    go_on.click()
    page.locator("[name=pair-a]").select_option(label="The error of a layer")
    page.locator("[name=pair-b]").select_option(label="The size of activations")
    go_on.click()
    page.locator("[name=blank-bits]").fill("8")
    page.locator("[name=blank-width]").select_option(label="32 bits")
    page.locator("[name=blank-type]").fill("integer")
    go_on.click()
    page.locator("textarea").fill("It scales the channel before rounding.")
    go_on.click()
    expect(page.get_by_text("All 9 questions have an answer")).to_be_visible()
    page.get_by_role("link", name=re.compile("Question 6")).click()
    places = [page.locator(f"[name=place-{item}]").input_value() for item in RIGHT_ORDER]
    assert places == ["1", "2", "3", "4"]
    page.get_by_role("link", name="End").click()
    page.get_by_role("button", name="Hand in my answers").click()
    expect_result(page, "8 / 9")


def test_what_waits_is_put_back_into_every_kind(page: Page, shelf: Shelf) -> None:
    attempt = begin(page, "/quizzes/every-kind/", "amara@example.org")
    page.route("**/answers/*/", lambda route: route.abort())
    for number, name, words in ((4, "value", "7"), (5, "text", "a thing"), (8, "blank-bits", "8")):
        page.locator(f'.steps a[data-place="{number}"]').click()
        page.locator(f"[name={name}]").fill(words)
    page.locator('.steps a[data-place="7"]').click()
    page.locator("[name=pair-b]").select_option("z")
    page.locator('.steps a[data-place="6"]').click()
    put_in_order(page)
    page.goto(f"{attempt}?q=6")
    items = page.locator("[data-item]")
    order = items.evaluate_all("rows => rows.map((row) => row.dataset.item)")
    assert tuple(order) == RIGHT_ORDER
    for number, name, words in (
        (4, "value", "7"),
        (5, "text", "a thing"),
        (8, "blank-bits", "8"),
        (7, "pair-b", "z"),
    ):
        page.goto(f"{attempt}?q={number}")
        expect(page.locator(f"[name={name}]")).to_have_value(words)
        expect(saved(page)).to_have_text("Kept in this browser")
