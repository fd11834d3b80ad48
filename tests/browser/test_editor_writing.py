"""An editor writes: with keys alone, with a session that ends, with a picture."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from courses.editor.counting import words_in
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import PASSWORD, Site

EMAIL = "wilma@example.org"
MAKE = f"""
from courses.models import Track
from tests import people
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory

people.person({EMAIL!r}, "Wilma Writer", "Editors", staff=True)
track = Track.objects.get(slug="the-llm-scientist")
lesson = LessonFactory(
    track=track, title="Writing desk", slug="writing-desk", status="draft", position=97,
    introduction="A desk.\\n",
)
for place, name in enumerate(("Pens", "Paper"), 1):
    ConceptFactory(lesson=lesson, name=name, slug=name.lower(), body=f"{{name}} lie here.\\n",
                   position=place)
ReferenceFactory(lesson=lesson, title="A book", note="Good.", position=1)
"""
ODD = "It’s *16-bit*, 量化; $x^2$ and [a link](https://a.org/a b).\n\n```\nnot\n```\n~~~\nopen"
PASTE = """async (area) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const bytes = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], "pens.png", { type: "image/png" }));
  const how = { clipboardData, bubbles: true, cancelable: true };
  area.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture(scope="module")
def desk(site: Site) -> None:
    site.run("shell", "-v0", "-c", MAKE)


def at_desk(page: Page) -> Page:
    sign_in(page, EMAIL, "/admin/courses/lesson/?q=writing-desk")
    page.get_by_role("link", name="Writing desk").click()
    return page


def names(page: Page) -> list[str]:
    return page.locator("[data-rows=concepts] [data-row-name]").all_inner_texts()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.usefixtures("desk")
def test_writing_with_keys_alone(open_page: OpenPage) -> None:
    page = at_desk(open_page())
    text = page.locator("#id_concepts-0-body")
    preview = page.frame_locator("iframe[title='Preview: Pens, Text']")
    editor = page.locator(".md-editor", has=text)

    # Shown as on the page, soon after the typing pauses; Ctrl+Z takes back what a key did.
    text.focus()
    press(page, "Control+Home")
    page.keyboard.type("New ")
    press(page, "Control+b")
    page.keyboard.type("ink")
    expect(preview.locator("h2")).to_have_text("Concept 1 of 2Pens")
    expect(preview.locator("strong")).to_have_text("ink")
    expect(editor.locator("output")).to_have_text("Preview up to date")
    expect(editor.locator(".md-words")).to_have_text(
        re.compile("^5 words, about 1 min to read; short")
    )
    press(page, "Control+z", "Control+z")
    expect(text).to_have_value("New Pens lie here.\n")
    assert page.evaluate("EditorWords.count", ODD) == words_in(ODD)

    # A list goes on by itself, Tab leaves, and the arrows walk the toolbar to the table.
    press(page, "Control+End")
    page.keyboard.type("\n- one\ntwo\n\nend")
    expect(text).to_have_value("New Pens lie here.\n\n- one\n- two\n\nend")
    press(page, "Shift+Tab", *["ArrowRight"] * 10, "Enter")
    expect(page.get_by_label("Columns")).to_be_visible()
    press(page, "Tab", "ArrowDown", "Enter")
    expect(text).to_be_focused()
    table = "| Heading | Heading |\n| ------- | ------- |\n" + "|         |         |\n" * 3
    expect(text).to_have_value(f"New Pens lie here.\n\n- one\n- two\n\nend\n\n{table}\n")
    expect(preview.locator("table th")).to_have_count(2)

    # What cannot be shown is said; the preview before it stays.
    page.keyboard.insert_text("[" * 450)
    expect(editor.locator(".md-said").first).to_have_text(
        re.compile("Line 8: The paragraph has over 400 marks.*Go to line 8")
    )
    expect(preview.locator("table th")).to_have_count(2)
    press(page, "Control+z")

    # A picture is asked what it shows before it goes to the library, and stands at the cursor.
    # What was typed with one that is refused is not typed again.
    press(page, "Control+End")
    text.evaluate(PASTE.replace("[bytes]", "['<html/>']"))
    page.keyboard.type("Some pens")
    press(page, "Enter")
    expect(editor.locator("[data-of-pictures]")).to_contain_text("a drawing begins with <svg")
    text.evaluate(PASTE)
    expect(page.get_by_label("What it shows, for who cannot see it")).to_have_value("Some pens")
    press(page, "Enter")
    expect(text).to_have_value(re.compile(r"\|\n+!\[Some pens\]\(/images/pens-8x8-\w+\.png\)"))
    expect(preview.get_by_alt_text("Some pens")).to_be_visible()

    # Rows move by keys, and it is said.
    page.get_by_role("button", name="Move Pens: drag it").focus()
    press(page, "Alt+ArrowDown")
    assert names(page) == ["Paper", "Pens"]
    expect(page.get_by_text("Pens is now 2 of 2.")).to_be_attached()
    press(page, "Control+s")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert names(page) == ["Paper", "Pens"]
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('editor:'))") == []
    )


@pytest.mark.usefixtures("desk")
def test_unsaved_work_survives_a_closed_page_and_a_lost_session(open_page: OpenPage) -> None:
    page = at_desk(open_page())
    address = page.url
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.reload()
    assert asked == []

    # Who leaves is warned; who comes back is asked, and told what differs.
    page.locator("#id_introduction").focus()
    page.keyboard.type("Once more. ")
    page.reload()
    assert asked == ["beforeunload"]
    notice = page.get_by_role("region", name="Unsaved changes")
    expect(notice).to_contain_text(re.compile(r"You have unsaved changes from .+ Introduction\."))
    expect(page.locator("#id_introduction")).to_have_value("A desk.\n")
    notice.get_by_role("button", name="Restore them").click()
    expect(page.locator("#id_introduction")).to_have_value("Once more. A desk.\n")
    expect(notice).to_have_count(0)

    # What is sent while signed out is there again after signing in, and saved by one more press.
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/accounts/login/**")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(address)
    expect(page.locator("#id_introduction")).to_have_value("Once more. A desk.\n")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_introduction")).to_have_value("Once more. A desk.\n")
    expect(notice).to_have_count(0)
    assert asked == ["beforeunload"]


@look_once
@pytest.mark.usefixtures("desk")
def test_the_editor_looks_right(open_page: OpenPage) -> None:
    # The checker puts styles of its own into the page, which the policy refuses aloud.
    page = at_desk(open_page(quiet=False))
    page.locator("#id_concepts-0-body").focus()
    expect(page.locator(".md-state", has_text="up to date").first).to_be_attached()
    assert problems_in_every_look(page) == []
