"""An editor corrects a lesson: it waits as a draft, is shown by a link, and reaches readers."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_of

LESSON = "/courses/llm-course/the-llm-engineer/agents/"
LIST = "/admin/courses/lesson/"


def open_lesson(page: Page, name: str = "Agents") -> Page:
    sign_in(page, "edda@example.org", LIST)
    page.get_by_role("link", name=name, exact=True).click()
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").locator("visible=true").first.click()


def test_a_correction_waits_and_then_appears_to_the_reader(open_page: OpenPage) -> None:
    editor = open_lesson(open_page())
    text = editor.get_by_label("Introduction")
    text.fill(f"**Corrected by the editor.** {text.input_value()}")
    # By keyboard: Enter in a line of the form saves, and neither adds nor removes a row.
    editor.get_by_label("Title").first.press("Enter")
    expect(editor.get_by_text("Saved as a draft.")).to_be_visible()
    expect(editor.get_by_text("Published · draft by")).to_be_visible()
    editor.get_by_role("button", name="Make a preview link").click()
    link = editor.get_by_role("link", name="Open the preview").first.get_attribute("href") or ""

    reader = open_page()
    reader.goto(LESSON)
    expect(reader.get_by_text("Corrected by the editor")).to_have_count(0)
    reader.goto(link)
    expect(reader.get_by_text("Preview: not published.")).to_be_visible()
    expect(reader.locator("strong", has_text="Corrected by the editor.")).to_be_visible()

    publish = editor.get_by_role("button", name="Publish changes…")
    publish.locator("visible=true").first.click()
    expect(editor.locator("ins", has_text="Corrected")).to_be_visible()
    editor.get_by_label("Kind of change").select_option("fix")
    editor.get_by_role("button", name="Publish the changes now").click()
    expect(editor.get_by_text("Published.", exact=True)).to_be_visible()
    # Another process may serve what it knew for two seconds more.
    reader.wait_for_timeout(2_500)
    reader.goto(LESSON)
    expect(reader.locator("strong", has_text="Corrected by the editor.")).to_be_visible()


def test_without_script_everything_is_kept(open_page: OpenPage) -> None:
    editor = open_lesson(open_page(java_script_enabled=False), "Securing LLMs")
    editor.get_by_label("Introduction").fill("[" * 500)
    editor.get_by_role("button", name="Add a concept").click()
    expect(editor.get_by_label("Introduction")).to_have_value("[" * 500)
    editor.locator("[data-rows=concepts] [data-row]").last.get_by_label("Name").fill("Own models")
    save(editor)
    fault = editor.get_by_role("link", name=re.compile("The paragraph has over 400 marks"))
    expect(fault).to_have_attribute("href", "#id_introduction")
    editor.get_by_label("Introduction").fill("Short.")
    save(editor)
    expect(editor.get_by_text("Saved as a draft.")).to_be_visible()
    expect(editor.get_by_role("heading", name="Own models")).to_be_visible()
    editor.get_by_role("link", name="Discard the draft").click()
    editor.get_by_role("button", name="Discard the draft").click()
    expect(editor.get_by_text("The draft is discarded.")).to_be_visible()


def test_from_the_admin_to_the_page(open_page: OpenPage) -> None:
    editor = open_lesson(open_page())
    editor.get_by_role("link", name="View on site").first.click()
    expect(editor).to_have_url(re.compile(LESSON))


@look_once
def test_how_the_pages_of_a_draft_look(open_page: OpenPage) -> None:
    # axe itself complains on the console: it clones these pages' styles, which the policy forbids.
    looks = {"viewport": {"width": 390, "height": 900}, "color_scheme": "dark"}
    first = open_lesson(open_page(quiet=False, **looks), "Running LLMs")
    second = first.context.new_page()
    second.goto(first.url)
    lesson = first.url
    first.get_by_label("Title").first.fill("Running models")
    save(first)
    expect(first.get_by_text("Saved as a draft.")).to_be_visible()
    second.get_by_label("Title").first.fill("Running LLMs at home")
    save(second)
    expect(second.get_by_role("heading", name="One part you both changed")).to_be_visible()
    problems = problems_of(second, "conflict")
    first.get_by_role("button", name="Make a preview link").click()
    link = first.get_by_role("link", name="Open the preview").first.get_attribute("href") or ""
    for address in (lesson.replace("change/", "publish/"), link):
        second.goto(address)
        problems += problems_of(second)
    assert problems == []
