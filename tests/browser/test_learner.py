"""The way of a newcomer: sign up, enrol, read, tick, be quizzed, come back."""

import re
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.site import PASSWORD, Site

LESSON = "/courses/llm-course/the-llm-scientist/quantization/"
TRACK = "/courses/llm-course/the-llm-scientist/"
number = count()


def sign_up(page: Page, site: Site) -> str:
    """From a sign-up page to where it leads on; the address that was used."""
    email = f"new{next(number)}@example.org"
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Your name").fill("Nia New")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    page.get_by_label("Code").fill(site.code_for(email))
    page.get_by_role("button", name="Confirm").click()
    return email


def answer_all(page: Page) -> None:
    """Answer every question of the open attempt somehow, and go to the end."""
    first = page.get_by_role("heading", name=re.compile(r"Question 1 of \d+"))
    number = int(first.inner_text().split()[-1])
    for place in range(1, number + 1):
        expect(page.get_by_role("heading", name=f"Question {place} of {number}")).to_be_visible()
        answer(page)
        page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="Hand in your answers")).to_be_visible()


def answer(page: Page) -> None:
    """By the first option; in words, a number that any field takes; an order as it stands."""
    form = page.locator("form[data-answer]")
    if form.locator("input.tick").count():
        form.locator("input.tick").first.check()
    for field in form.locator("input.input, textarea").all():
        field.fill("7")
    for select in form.locator(".match select, .gapped select").all():
        select.select_option(index=1)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_from_visitor_to_done(open_page: OpenPage, site: Site, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    page.goto("/")
    page.get_by_role("link", name=re.compile("The LLM Scientist")).first.click()
    page.get_by_role("link", name="Quantization", exact=True).click()
    expect(page).to_have_url(re.compile(LESSON))
    expect(page.get_by_role("heading", level=1)).to_have_text("Quantization")

    page.get_by_role("link", name="Enrol to keep your progress").click()
    sign_up(page, site)
    page.wait_for_url(f"**{LESSON}")
    expect(page.get_by_text("You are enrolled.")).to_be_visible()

    ticks = page.get_by_role("main").locator(".check")
    expect(ticks).to_have_count(4)
    for place in range(4):
        ticks.nth(place).get_by_role("checkbox").check()
        if not script:
            ticks.nth(place).get_by_role("button", name="Save my tick").click()
    expect(page.locator("#lesson-state")).to_contain_text("4 of 4 concepts ticked")

    page.get_by_role("link", name="Take the quiz").click()
    page.get_by_role("button", name="Start the quiz").click()
    answer_all(page)
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    score = page.locator(".figure-num").inner_text()
    assert re.match(r"[\d.]+ / \d+", score)

    page.goto(TRACK)
    stop = page.locator("li.stop").nth(6)
    expect(stop).to_contain_text("4 of 4 concepts")
    expect(stop).to_contain_text("Quiz")
    expect(stop).to_have_attribute("data-state", re.compile("doing|done"))

    page.goto("/today/")
    expect(page.get_by_text("You ticked 4 concepts of Quantization")).to_be_visible()
    expect(page.get_by_role("heading", name="Quantization")).to_be_visible()
    page.get_by_role("link", name=re.compile("Continue reading|Go to the quiz")).click()
    expect(page).to_have_url(re.compile(LESSON))


def test_a_tick_saves_without_a_reload_and_can_be_taken_back(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "sam@example.org", LESSON)
    page.evaluate("window.same = true")
    box = page.locator(".check").nth(1).get_by_role("checkbox")
    box.check()
    expect(page.locator("#ticked-count")).to_have_text("1 of 4 concepts")
    box.uncheck()
    expect(page.locator("#ticked-count")).to_have_text("0 of 4 concepts")
    assert page.evaluate("window.same")


def test_a_reference_is_ticked_at_once(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "sam@example.org", LESSON)
    box = page.locator(".ref").first.get_by_role("checkbox")
    box.check()
    expect(page.locator("#references-read")).to_contain_text("1 of 6 so far")
    page.reload()
    expect(page.locator(".ref").first.get_by_role("checkbox")).to_be_checked()
    box.uncheck()
    expect(page.locator("#references-read")).to_contain_text("0 of 6 so far")


def test_a_tick_that_cannot_be_saved_is_taken_back_and_says_so(open_page: OpenPage) -> None:
    page = sign_in(open_page(quiet=False), "sam@example.org", LESSON)
    page.route("**/concepts/*/tick/", lambda route: route.abort())
    box = page.locator(".check").first.get_by_role("checkbox")
    box.click()
    expect(page.get_by_text("Not saved. Check your connection")).to_be_visible()
    expect(box).not_to_be_checked()
    page.unroute("**/concepts/*/tick/")
    box.check()
    expect(page.locator("#ticked-count")).to_have_text("1 of 4 concepts")
    expect(page.get_by_text("Not saved. Check your connection")).to_have_count(0)
    box.uncheck()
    expect(page.locator("#ticked-count")).to_have_text("0 of 4 concepts")


def test_marked_done_by_hand_and_back(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "sam@example.org", LESSON)
    page.get_by_role("button", name="Mark the lesson done").click()
    expect(page.get_by_role("heading", name="You have finished this lesson")).to_be_visible()
    page.get_by_role("button", name="Undo: not done after all").click()
    expect(page.get_by_role("heading", name="Finish this lesson")).to_be_visible()


def test_an_answer_is_saved_as_it_is_given(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "sam@example.org", "/quizzes/agents/")
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_url("**/attempts/**")
    chosen = page.locator("input.tick").nth(1)
    chosen.check()
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d"))
    page.goto(f"{page.url}?q=1")
    expect(page.locator("input.tick").nth(1)).to_be_checked()


def test_an_answer_that_cannot_be_saved_is_kept_and_said(open_page: OpenPage) -> None:
    page = sign_in(open_page(quiet=False), "yi-ting@example.org", "/quizzes/agents/")
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_url("**/attempts/**")
    page.route("**/answers/*/", lambda route: route.abort())
    page.locator("input.tick").first.check()
    expect(page.locator("[data-notices]")).to_contain_text("Not saved yet: the site cannot be")
    expect(page.locator("input.tick").first).to_be_checked()


def test_with_the_keyboard_alone(open_page: OpenPage) -> None:
    """Skip link, a tick, and a whole question without a mouse."""
    page = sign_in(open_page(), "amara@example.org", LESSON)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    box = page.locator(".check").first.get_by_role("checkbox")
    tab_to(page, str(box.get_attribute("hx-post")))
    page.keyboard.press("Space")
    expect(page.locator("#ticked-count")).to_have_text("1 of 4 concepts")

    page.goto("/quizzes/quantization/")
    tab_to(page, "Start the quiz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/attempts/**")
    tab_to(page, "option")
    page.keyboard.press("Space")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    tab_to(page, "Save and go on")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 2 of")).to_be_visible()


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on `wanted`: an address, a text, or an option."""
    for _ in range(120):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => { const e = document.activeElement; return [
                e.getAttribute('hx-post') ?? '', e.textContent.trim(),
                e.matches('.choice input') ? 'option' : '',
                e.matches(':focus-visible')] }"""
        )
        if wanted in at[:3]:
            assert at[3], f"{wanted} has the focus and does not show it"
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def test_leaving_and_coming_back_keeps_progress(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "yi-ting@example.org", LESSON)
    with page.expect_response("**/tick/"):
        page.locator(".check").nth(2).get_by_role("checkbox").check()
    page.goto("/courses/llm-course/")
    page.get_by_role("link", name="Leave the course").click()
    page.get_by_role("button", name="Leave the course").click()
    expect(page.get_by_text("You have left the course.")).to_be_visible()
    page.goto("/today/")
    expect(page.get_by_text("You are on no course yet")).to_be_visible()
    page.goto(LESSON)
    page.get_by_role("button", name="Enrol on the course").click()
    expect(page.locator(".check").nth(2).get_by_role("checkbox")).to_be_checked()


def test_search_answers_while_one_types(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/search/")
    page.get_by_role("searchbox").press_sequentially("speculat", delay=20)
    expect(page.locator("mark").first).to_have_text(re.compile("speculat", re.IGNORECASE))
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("Speculative decoding")
    ).first.click()
    expect(page).to_have_url(re.compile("inference-optimization"))


def test_search_without_script(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/search/")
    page.get_by_role("searchbox").fill("quantization")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("mark").first).to_have_text(re.compile("quantiz", re.IGNORECASE))


def test_colours_follow_the_choice(open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    page.goto("/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    for _ in range(2):
        page.get_by_role("button", name=re.compile("Colour theme")).click()
    assert page.evaluate(ground) != light
    page.reload()
    assert page.evaluate(ground) != light


def test_print_is_black_on_white_and_without_the_frame(
    chromium: Browser, open_page: OpenPage
) -> None:
    page = open_page(color_scheme="dark")
    page.goto(LESSON)
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".outline")).to_be_hidden()
    expect(page.locator(".prose").first).to_be_visible()
