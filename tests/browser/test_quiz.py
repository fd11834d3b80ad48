"""Answers while taking a quiz: each is delivered, whatever happens to connection and session."""

import re

import pytest
from playwright.sync_api import Dialog, Page, Request, Route, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.quizzes import (
    LEARNER,
    STRANGER,
    begin,
    enter,
    expect_result,
    go_on,
    hand_in,
    notices,
    option,
    question,
    saved,
    step,
    waiting,
)
from tests.browser.shelf import Shelf
from tests.browser.site import PASSWORD

UNREACHABLE = "Not saved yet: the site cannot be reached. Your answers are kept in this browser"
SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")
SAVES = "**/answers/*/"


def test_a_connection_cut_in_mid_quiz(page: Page, shelf: Shelf) -> None:
    begin(page, shelf.take())
    option(page, 2).check()
    expect(saved(page)).to_have_text(SAVED)
    expect(step(page, 1)).to_have_attribute("data-state", "saved")

    page.context.set_offline(True)
    option(page, 1).check()
    expect(saved(page)).to_have_text("Kept in this browser")
    expect(notices(page)).to_contain_text(UNREACHABLE)
    for number in (2, 3):
        go_on(page)
        expect(question(page, number)).to_be_focused()
        option(page, 1).check()
        expect(saved(page)).to_have_text("Kept in this browser")
        expect(step(page, number)).to_have_attribute("data-state", "waiting")
    go_on(page)
    expect(page.get_by_text("All 3 questions have an answer")).to_be_visible()
    expect(page.get_by_text("These questions have no answer")).to_be_hidden()
    hand_in(page)
    expect(notices(page)).to_contain_text("Handing in waits for the connection.")
    assert waiting(page.context) == 3

    page.context.set_offline(False)
    expect(notices(page)).to_have_text(re.compile("all your answers are saved"))
    assert waiting(page.context) == 0
    for number in (1, 2, 3):
        expect(step(page, number)).to_have_attribute("data-state", "saved")
    hand_in(page)
    expect_result(page, "3 / 3")


def test_what_waits_survives_a_reload_and_a_closed_tab(page: Page, shelf: Shelf) -> None:
    attempt = begin(page, shelf.take())
    page.context.route(SAVES, lambda route: route.fulfill(status=502, body="Bad gateway"))
    option(page, 1).check()
    go_on(page)
    option(page, 1).check()
    expect(notices(page)).to_contain_text(UNREACHABLE)
    page.goto(f"{attempt}?q=1")
    expect(option(page, 1)).to_be_checked()
    expect(saved(page)).to_have_text("Kept in this browser")

    again = page.context.new_page()
    page.close()
    again.goto(f"{attempt}?q=2")
    expect(option(again, 1)).to_be_checked()
    expect(step(again, 1)).to_have_attribute("data-state", "waiting")
    again.context.unroute(SAVES)
    expect(notices(again)).to_contain_text("all your answers are saved")
    again.get_by_role("link", name="End").click()
    expect(again.get_by_role("link", name=re.compile("Answer question"))).to_have_text(
        ["Answer question 3"]
    )
    hand_in(again)
    expect_result(again, "2 / 3")


def test_answers_are_delivered_in_order_and_only_the_newest(page: Page, shelf: Shelf) -> None:
    begin(page, shelf.take())
    page.route(SAVES, lambda route: route.abort())
    for number in (1, 2, 3):
        option(page, number).check()
    go_on(page)
    option(page, 3).check()
    page.get_by_role("link", name="Previous question").click()
    option(page, 1).check()
    expect(notices(page)).to_contain_text(UNREACHABLE)

    sent: list[Request] = []
    page.unroute(SAVES)
    page.on("requestfinished", lambda request: sent.append(request))
    expect(notices(page)).to_contain_text("all your answers are saved")
    assert [(one.url[-2], str(one.post_data).split("&")[0]) for one in sent] == [
        ("2", "choice=c"),
        ("1", "choice=a"),
    ]


def test_signed_out_in_mid_attempt(page: Page, shelf: Shelf) -> None:
    begin(page, shelf.take())
    option(page, 2).check()
    expect(saved(page)).to_have_text(SAVED)
    page.context.clear_cookies(name="sessionid")
    option(page, 1).check()
    expect(notices(page)).to_contain_text("you are signed out")
    expect(step(page, 1)).to_have_attribute("data-state", "waiting")
    go_on(page)
    option(page, 1).check()

    notices(page).get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill(LEARNER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/attempts/**")
    expect(step(page, 1)).to_have_attribute("data-state", "saved")
    expect(step(page, 2)).to_have_attribute("data-state", "saved")
    page.get_by_role("link", name="End").click()
    hand_in(page)
    expect_result(page, "2 / 3")


def test_signed_in_again_in_another_tab(page: Page, shelf: Shelf) -> None:
    """Which gives the session a new token, so that the one of the open page is refused."""
    begin(page, shelf.take())
    page.context.clear_cookies(name="sessionid")
    option(page, 1).check()
    expect(notices(page)).to_contain_text("you are signed out")
    sign_in(page.context.new_page(), LEARNER)
    page.bring_to_front()
    expect(saved(page)).to_have_text(SAVED)
    page.get_by_role("link", name="End").click()
    hand_in(page)
    expect_result(page, "1 / 3")


def test_somebody_else_signed_in_in_another_tab(page: Page, shelf: Shelf) -> None:
    begin(page, shelf.take())
    page.context.clear_cookies()
    other = sign_in(page.context.new_page(), STRANGER)
    page.bring_to_front()
    option(page, 1).check()
    expect(notices(page)).to_contain_text("whoever is signed in now did not begin this quiz")
    assert waiting(page.context) == 1
    other.context.clear_cookies()
    sign_in(other, LEARNER)
    page.bring_to_front()
    expect(saved(page)).to_have_text(SAVED)
    assert waiting(page.context) == 0


def test_two_tabs(page: Page, shelf: Shelf) -> None:
    attempt = begin(page, shelf.take())
    other = page.context.new_page()
    other.goto(f"{attempt}?q=2")
    option(page, 2).check()
    expect(step(other, 1)).to_have_attribute("data-state", "saved")
    option(other, 1).check()
    expect(step(page, 2)).to_have_attribute("data-state", "saved")
    other.goto(f"{attempt}?q=1")
    option(other, 1).check()
    expect(saved(other)).to_have_text(SAVED)
    # The older tab's answer to question 1 is the older answer.
    page.get_by_role("link", name="End").click()
    expect(page.get_by_role("link", name=re.compile("Answer question"))).to_have_text(
        ["Answer question 3"]
    )
    hand_in(page)
    expect_result(page, "2 / 3")
    # What the other tab still sends is kept, and it says that it does not count.
    option(other, 3).check()
    expect(notices(other)).to_contain_text("came after the end")
    notices(other).get_by_role("link", name="See your results").click()
    expect_result(other, "2 / 3")


def test_back_and_forward(page: Page, shelf: Shelf) -> None:
    attempt = begin(page, shelf.take())
    page.evaluate("window.same = true")
    option(page, 3).check()
    go_on(page)
    expect(question(page, 2)).to_be_focused()
    expect(page).to_have_title(re.compile("Question 2 of 3 · Quiz try"))
    expect(page).to_have_url(f"{attempt}?q=2#question")
    expect(step(page, 2)).to_have_attribute("aria-current", "step")
    page.get_by_role("link", name="End").click()
    page.go_back()
    expect(question(page, 2)).to_be_visible()
    page.go_back()
    expect(question(page, 1)).to_be_visible()
    expect(option(page, 3)).to_be_checked()
    expect(page.locator(".steps [aria-current]")).to_have_count(1)
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("heading", name="Hand in your answers")).to_be_focused()
    assert page.evaluate("window.same")

    hand_in(page)
    expect_result(page, "0 / 3")
    page.go_back()
    expect_result(page, "0 / 3")


def test_handed_in_twice_at_once(page: Page, shelf: Shelf) -> None:
    begin(page, shelf.take())
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url))
    page.get_by_role("link", name="End").click()
    page.get_by_role("button", name="Hand in my answers").dblclick()
    expect_result(page, "0 / 3")
    assert sum(url.endswith("/submit/") for url in posts) == 1


def test_handed_in_while_a_save_is_on_its_way(page: Page, shelf: Shelf) -> None:
    begin(page, shelf.take())
    held: list[Route] = []
    page.route(SAVES, lambda route: held.append(route))
    option(page, 1).check()
    expect(saved(page)).to_have_text("Saving")
    page.get_by_role("link", name="End").click()
    hand_in(page)
    button = page.get_by_role("button", name="Handing in")
    expect(button).to_have_attribute("aria-disabled", "true")
    held[0].continue_()
    expect_result(page, "1 / 3")


def test_no_place_to_keep_answers(page: Page, shelf: Shelf) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    begin(page, shelf.take())
    page.route(SAVES, lambda route: route.abort())
    option(page, 1).check()
    expect(notices(page)).to_contain_text("Leave this page open until your answers are saved")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    expect(option(page, 1)).to_be_checked()
    page.wait_for_timeout(100)
    assert asked == ["beforeunload"]
    page.unroute(SAVES)
    expect(saved(page)).to_have_text(SAVED)
    page.goto("/today/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (422, '{"message": "Choose one."}', "Question 1: Choose one."),
        (409, '{"message": "It has ended.", "results": "/there/"}', "It has ended. See your"),
    ],
)
def test_an_answer_that_the_site_refuses(
    page: Page, shelf: Shelf, status: int, body: str, words: str
) -> None:
    begin(page, shelf.take())
    page.route(
        SAVES,
        lambda route: route.fulfill(status=status, body=body, content_type="application/json"),
    )
    option(page, 1).check()
    expect(notices(page)).to_contain_text(words)
    expect(saved(page)).to_have_text("Not saved")
    assert waiting(page.context) == 0
    page.unroute(SAVES)
    option(page, 2).check()
    expect(saved(page)).to_have_text(SAVED)


def test_a_page_of_somebody_else_is_no_acknowledgement(page: Page, shelf: Shelf) -> None:
    """A hotel's sign-in page says 200 too."""
    begin(page, shelf.take())
    page.route(SAVES, lambda route: route.fulfill(status=200, body="<h1>Welcome</h1>"))
    option(page, 1).check()
    expect(notices(page)).to_contain_text(UNREACHABLE)
    assert waiting(page.context) == 1


def test_offline_before_the_questions_came(page: Page, shelf: Shelf) -> None:
    page.route("**/cards/", lambda route: route.abort())
    enter(page, LEARNER)
    page.goto(shelf.take())
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_url("**/attempts/**")
    page.context.set_offline(True)
    option(page, 1).check()
    step(page, 3).click()
    expect(notices(page)).to_contain_text("Opening another question needs the connection.")
    expect(option(page, 1)).to_be_checked()
    page.unroute("**/cards/")
    page.context.set_offline(False)
    expect(saved(page)).to_have_text(SAVED)
    step(page, 3).click()
    expect(question(page, 3)).to_be_visible()


def test_a_save_outlives_the_page(page: Page, shelf: Shelf) -> None:
    attempt = begin(page, shelf.take())
    option(page, 1).check()
    page.goto("/today/")
    page.goto(f"{attempt}?q=1")
    expect(option(page, 1)).to_be_checked()
    expect(saved(page)).to_have_text(SAVED)


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_saves_and_checks_nothing(
    open_page: OpenPage, shelf: Shelf, *, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    enter(page, LEARNER)
    page.goto(shelf.take("enter"))
    page.get_by_role("button", name="Start the quiz").click()
    option(page, 1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(question(page, 2)).to_be_visible()
    expect(step(page, 1)).to_have_attribute("data-state", "saved")
