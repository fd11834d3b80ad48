"""The glossary as one types, and a definition beside its word."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import look_once, problems_in_every_look

GLOSSARY = "/courses/llm-course/glossary/"
LESSON = "/courses/llm-course/the-llm-scientist/quantization/"


def test_terms_are_found_as_one_types(page: Page) -> None:
    page.goto(f"{GLOSSARY}?q=zzzz")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^0 of \d+ terms$"))
    field = page.get_by_label("Find a term")
    field.fill("KV CÁCHES")
    cache = page.locator("#kv-cache")
    expect(cache).to_be_visible()
    expect(page.locator(".entry:visible")).to_have_count(1)
    expect(page.locator(".letters")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^1 of \d+ terms$"))
    assert page.url.endswith("?q=KV%20C%C3%81CHES")
    field.fill("xyzzy")
    expect(page.get_by_text("No term has all of these words.")).to_be_visible()
    expect(page.get_by_role("link", name="Search the whole course")).to_have_attribute(
        "href", re.compile(r"/search/\?q=xyzzy$")
    )
    field.fill("lora")
    expect(page.locator(".letter:visible").first.locator("dfn").first).to_have_text("LoRA")
    expect(page.locator(".letter:visible .entry#adapter")).to_have_count(1)
    field.fill("")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ terms$"))
    expect(cache).to_be_visible()
    order = "[...document.querySelectorAll('.entry')].map((entry) => entry.id)"
    shown = page.evaluate(order)
    # As the server found them, they come back to their places, too.
    page.goto(f"{GLOSSARY}?q=model")
    assert page.evaluate(order) != shown
    field.fill("")
    expect(page.locator(".letters")).to_be_visible()
    assert page.evaluate(order) == shown


def test_a_definition_stands_beside_its_word(page: Page) -> None:
    """By keyboard and by pointer; it stays while the pointer is on it, and goes with Escape."""
    page.goto(LESSON)
    word, note = page.locator("a.term").first, page.get_by_role("tooltip")
    word.focus()
    expect(note).to_be_visible()
    expect(word).to_have_attribute("aria-describedby", "term-note")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(word).to_be_focused()
    page.keyboard.press("Tab")
    word.hover()
    expect(note).to_be_visible()
    note.hover()
    page.wait_for_timeout(400)
    expect(note).to_be_visible()
    page.mouse.move(5, 5)
    expect(note).to_be_hidden()
    word.click()
    expect(page).to_have_url(re.compile(rf"{GLOSSARY}#[\w-]+$"))


@look_once
def test_looks(open_page: OpenPage) -> None:
    page = open_page()
    page.goto(LESSON)
    page.locator("a.term").first.focus()
    page.get_by_role("tooltip").wait_for()
    found = problems_in_every_look(page, "lesson with a definition")
    page.goto(f"{GLOSSARY}?q=attention")
    assert found + problems_in_every_look(page) == []
