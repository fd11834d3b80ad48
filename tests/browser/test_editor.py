"""An editor corrects a lesson; the reader sees it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in

LESSON = "/courses/llm-course/the-llm-engineer/agents/"


def test_a_correction_appears_to_the_reader(open_page: OpenPage) -> None:
    reader = open_page()
    reader.goto(LESSON)
    expect(reader.get_by_text("Corrected by the editor")).to_have_count(0)

    editor = sign_in(open_page(), "edda@example.org", "/admin/")
    editor.get_by_role("link", name="Lessons", exact=True).first.click()
    editor.get_by_role("link", name="Agents", exact=True).click()
    text = editor.get_by_label("Introduction")
    kept = text.input_value()
    text.fill(f"**Corrected by the editor.** {kept}")
    editor.get_by_role("button", name="Save", exact=True).first.click()
    expect(editor.get_by_text(re.compile("was changed successfully"))).to_be_visible()

    # Another process may serve what it knew for two seconds more.
    reader.wait_for_timeout(2_500)
    reader.reload()
    expect(reader.locator("strong", has_text="Corrected by the editor.")).to_be_visible()


def test_what_cannot_be_shown_is_refused_in_words(open_page: OpenPage) -> None:
    editor = sign_in(open_page(), "edda@example.org", "/admin/courses/lesson/")
    editor.get_by_role("link", name="Agents", exact=True).click()
    editor.get_by_label("Introduction").fill("[" * 500)
    editor.get_by_role("button", name="Save", exact=True).first.click()
    expect(editor.get_by_text(re.compile("The paragraph has over 400 marks"))).to_be_visible()
    expect(editor.get_by_label("Introduction")).to_have_value("[" * 500)


def test_from_the_admin_to_the_page(open_page: OpenPage) -> None:
    editor = sign_in(open_page(), "edda@example.org", "/admin/courses/lesson/")
    editor.get_by_role("link", name="Agents", exact=True).click()
    editor.get_by_role("link", name="View on site").first.click()
    expect(editor).to_have_url(re.compile(LESSON))
