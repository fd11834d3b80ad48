"""The time of a quiz: by the site's clock, said in time, and at its end handed in."""

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.browser.quizzes import (
    begin,
    expect_result,
    notices,
    option,
    saved,
    waiting,
)
from tests.browser.shelf import Shelf

SAVES = "**/answers/*/"


def clock(page: Page) -> str:
    return page.get_by_role("timer").inner_text().split()[-1]


def seconds(page: Page) -> int:
    minutes, rest = clock(page).split(":")
    return int(minutes) * 60 + int(rest)


def test_it_counts_down_and_says_when_little_is_left(page: Page, shelf: Shelf) -> None:
    page.clock.install(time=datetime.now(UTC))
    begin(page, shelf.take("timed"))
    said = page.locator("[data-time-says]")
    expect(page.get_by_role("timer")).to_contain_text(re.compile(r"Time left: [56]:\d\d"))
    page.clock.fast_forward("00:30")
    expect(said).to_have_text("")
    page.clock.fast_forward("00:45")
    expect(said).to_have_text("Less than five minutes left.")
    assert 270 < seconds(page) < 290
    page.clock.fast_forward("04:00")
    expect(said).to_have_text("Less than one minute left.")
    assert 25 < seconds(page) < 50
    expect(page.get_by_role("timer")).to_have_attribute("data-state", "last")
    # The site knows better than a clock that has run ahead: nothing is handed in.
    page.clock.fast_forward("01:00")
    expect(page.get_by_role("timer")).to_contain_text(re.compile("5:[45]"))
    page.reload()
    expect(page.get_by_role("timer")).to_contain_text(re.compile("5:[45]"))


def test_at_its_end_the_attempt_is_handed_in(page: Page, shelf: Shelf) -> None:
    attempt = begin(page, shelf.take("timed"))
    shelf.leave_time(attempt, 3)
    page.goto(f"{attempt}?q=1")
    option(page, 1).check()
    expect(saved(page)).to_contain_text("Saved")
    page.goto(f"{attempt}?q=2")
    expect(page.get_by_role("timer")).to_contain_text("0:0")
    expect(notices(page)).to_contain_text("The time is up.")
    expect_result(page, "1 / 3")


def test_at_its_end_without_a_connection(page: Page, shelf: Shelf) -> None:
    attempt = begin(page, shelf.take("timed"))
    shelf.leave_time(attempt, 3)
    page.goto(f"{attempt}?q=1")
    option(page, 2).check()
    expect(saved(page)).to_contain_text("Saved")
    page.context.set_offline(True)
    option(page, 1).check()
    expect(notices(page)).to_contain_text("What was not is kept in this browser")
    expect(page.get_by_role("timer")).to_contain_text("0:00")
    page.context.set_offline(False)
    expect_result(page, "1 / 3")


def test_what_still_waits_after_the_end_is_delivered_and_marked_late(
    page: Page, shelf: Shelf
) -> None:
    attempt = begin(page, shelf.take("timed"))
    page.context.route(SAVES, lambda route: route.abort())
    option(page, 1).check()
    expect(notices(page)).to_contain_text("Not saved yet")
    shelf.leave_time(attempt, -60)
    page.goto(attempt)
    expect_result(page, "0 / 3")
    expect(notices(page)).to_contain_text("Not saved yet")
    page.context.unroute(SAVES)
    expect(notices(page)).to_contain_text("Question 1: Kept, but not counted")
    assert waiting(page.context) == 0
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('quiz:'))") == []
