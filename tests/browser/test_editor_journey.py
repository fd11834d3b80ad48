"""The whole way of a change: written, previewed, published, noticed, taken back, and exported."""

import re
from difflib import ndiff
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.site import Site

LESSON = "/courses/llm-course/the-llm-engineer/deploying-llms/"
FILE = Path("the-llm-engineer/deploying-llms.yaml")
NEW = "Say what a page of tokens costs."


def exported(site: Site, folder: Path) -> str:
    site.run("export_course", str(folder))
    return (folder / FILE).read_text("utf-8")


def publish(editor: Page, note: str) -> None:
    button = editor.get_by_role("button", name="Publish changes…")
    button.locator("visible=true").first.click()
    editor.get_by_label("Kind of change").select_option("new")
    editor.get_by_label("Note").fill(note)
    editor.get_by_role("button", name="Publish the changes now").click()
    expect(editor.get_by_text("Published.", exact=True)).to_be_visible()


def read_again(learner: Page) -> None:
    """Another process may serve what it knew for two seconds more."""
    learner.wait_for_timeout(2_500)
    learner.goto(LESSON)


def test_a_change_from_the_first_word_to_the_diff(
    open_page: OpenPage, site: Site, tmp_path: Path
) -> None:
    before = exported(site, tmp_path / "before")
    learner = sign_in(open_page(), "yi-ting@example.org", LESSON)
    learner.locator(".check").first.get_by_role("checkbox").check()
    expect(learner.locator("#ticked-count")).to_contain_text("1 of")

    editor = sign_in(open_page(), "edda@example.org", "/admin/courses/lesson/?q=deploying-llms")
    editor.get_by_role("link", name="Deploying LLMs", exact=True).click()
    text = editor.locator("#id_concepts-0-body")
    text.fill(f"{NEW}\n\n{text.input_value()}")
    text.focus()
    frame = editor.frame_locator("iframe[title$=', Text']").first
    expect(frame.get_by_text(NEW)).to_be_visible()
    editor.keyboard.press("Control+s")
    expect(editor.get_by_text("Saved as a draft.")).to_be_visible()
    editor.get_by_role("button", name="Make a preview link").click()
    link = editor.get_by_role("link", name="Open the preview").first.get_attribute("href") or ""
    guest = open_page()
    guest.goto(link)
    expect(guest.get_by_text(NEW)).to_be_visible()
    learner.goto(LESSON)
    expect(learner.get_by_text(NEW)).to_have_count(0)

    publish(editor, "What tokens cost")
    read_again(learner)
    expect(learner.locator("#changes")).to_contain_text("New material")
    expect(learner.locator(".prose ins", has_text=NEW)).to_be_visible()
    assert [
        line
        for line in ndiff(before.splitlines(), exported(site, tmp_path / "b").splitlines())
        if line[0] in "+-"
    ] == [f"+     {NEW}", "+ "]
    learner.get_by_role("button", name="I have seen the changes").click()
    expect(learner.get_by_text("You have seen the changes.")).to_be_visible()

    editor.get_by_role("link", name="History").first.click()
    editor.get_by_role("link", name=re.compile("first version")).last.click()
    editor.get_by_role("link", name="Restore this version").click()
    editor.get_by_role("button", name="Restore this version").click()
    read_again(learner)
    expect(learner.locator(".prose del", has_text=NEW)).to_be_visible()
    guest.goto(LESSON)
    expect(guest.locator(".prose").first).to_be_visible()
    expect(guest.get_by_text(NEW)).to_have_count(0)
    expect(learner.locator(".check").first.get_by_role("checkbox")).to_be_checked()
    assert exported(site, tmp_path / "after") == before
