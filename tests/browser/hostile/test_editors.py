"""Hostile words in the administration: in its lists and forms, and in through its doors."""

import re

from playwright.sync_api import Page, expect
from tablib import Dataset

from courses.tables.writing import csv_of, xlsx_of
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.hostile.making import COURSE, EDITOR, Keys
from tests.browser.looks import look_once
from tests.browser.site import Site
from tests.browser.watching import listen, wrong_now, wrong_with
from tests.courses.images.pictures import saved
from tests.hostile import NAME, name
from tests.hostile_course import ADDRESS, bodies

# What there is on a page of each thing, and the lists of them all.
LISTS = [
    "courses/course",
    "courses/track",
    "courses/lesson",
    "courses/concept",
    "courses/reference",
    "courses/notebook",
    "courses/image",
    "courses/link",
    "courses/edition",
    "courses/revision",
    "quizzes/quiz",
    "quizzes/question",
]

UNFOLD = "one => { const more = one.closest('details'); if (more) more.open = true; }"


def typed(seed: int) -> str:
    """A text that a field and a spreadsheet take: without control characters."""
    return bodies(seed)[0].replace("\x01", "")


def addresses(keys: Keys) -> list[str]:
    """Of the pages that show the hostile course; one of each kind, but all kinds of questions."""
    at = {kind: found[0] for kind, found in keys.items()}
    revision = f"/admin/courses/revision/{keys['revision'][-1]}"
    fix = "&".join(f"link={key}" for key in keys["link"])
    return [
        "/admin/",
        *(f"/admin/{one}/" for one in LISTS),
        *(
            f"/admin/courses/{one}/{at[one]}/change/"
            for one in ("course", "track", "reference", "notebook", "edition", "link")
        ),
        f"/admin/courses/lesson/{at['lesson']}/change/",
        f"/admin/courses/lesson/{at['lesson']}/history/",
        f"/admin/courses/lesson/{at['lesson']}/place/",
        f"/admin/courses/lesson/{at['lesson']}/archive/",
        f"{revision}/change/",
        f"{revision}/change/?as=source",
        f"{revision.replace(str(keys['revision'][-1]), str(at['revision']))}/restore/",
        "/admin/courses/link/to-fix/",
        f"/admin/courses/link/apply/?{fix}",
        f"/admin/quizzes/quiz/{at['quiz']}/change/",
        # The form of a choice, of a number, of pairs, of gaps; each kind as it is tried in them.
        *(f"/admin/quizzes/question/{keys['question'][at]}/change/" for at in (0, 3, 6, 7)),
        *(f"/admin/quizzes/question/trial/?question={key}" for key in keys["question"]),
        f"/questions/{at['question']}/analysis/",
        f"/questions/{at['question']}/regrade/",
        f"/quizzes/{at['slugs']}/analysis/",
    ]


@look_once
def test_pages_of_an_editor(open_page: OpenPage, site: Site, keys: Keys) -> None:
    page = sign_in(open_page(), EDITOR, "/admin/")
    asked = listen(page, site)
    found = [problem for url in addresses(keys) for problem in wrong_with(page, url)]
    assert "\n".join(found) == ""
    assert asked == []


@look_once
def test_a_lesson_is_written(open_page: OpenPage, site: Site, keys: Keys) -> None:
    page = sign_in(open_page(), EDITOR, "/admin/")
    asked = listen(page, site)
    found, shown = put_into_the_library(page, keys)
    lesson = f"/admin/courses/lesson/{keys['lesson'][1]}/change/"
    page.goto(lesson)
    other = page.context.new_page()
    asked += listen(other, site)
    other.goto(lesson)

    # Each field that has a preview, as it is typed.
    for field in ("introduction", "concepts-0-body", "concepts-0-fact_answer", "references-0-note"):
        page.locator(f"#id_{field}").evaluate(UNFOLD)
        page.locator(f"#id_{field}").fill(f"{typed(2)}\n\n{shown}")
        page.locator(f"#id_{field}").focus()
        area = page.locator(".md-editor", has=page.locator(f"#id_{field}"))
        if area.locator(".md-view").is_visible():
            area.locator(".md-view").click()
        area.locator(".md-preview").evaluate("one => one.scrollIntoView()")
        expect(area.locator("output")).to_have_text("Preview up to date")
    page.locator("#id_concepts-0-name").fill(name())
    page.locator("#id_note").fill(name())
    found += wrong_now(page, "typed")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    found += wrong_now(page, "saved")

    # Somebody else had it open.
    other.locator("#id_title").fill(f"{NAME} of another")
    for field in ("introduction", "concepts-0-body"):
        other.locator(f"#id_{field}").fill(typed(3))
    other.keyboard.press("Control+s")
    expect(other.get_by_text("Nothing was overwritten")).to_be_visible()
    found += wrong_now(other, "conflict")

    page.get_by_role("button", name="Make a preview link").click()
    link = page.get_by_role("link", name="Open the preview").first.get_attribute("href") or ""
    found += wrong_with(other, link)
    found += wrong_with(page, lesson.replace("change", "publish"))
    page.get_by_role("button", name="Publish the changes now").click()
    expect(page.get_by_text("Published.", exact=True)).to_be_visible()
    found += wrong_with(page, f"{COURSE}evil/later/")
    assert page.locator(".prose img[src^='/images/']").count() >= 2
    assert "\n".join(found) == ""
    assert asked == []


def put_into_the_library(page: Page, keys: Keys) -> tuple[list[str], str]:
    """What is wrong on the way, and the Markdown of the picture."""
    page.goto("/admin/courses/image/add/")
    page.locator("#id_course").select_option(str(keys["course"][0]))
    file = {"name": f"{NAME}.png", "mimeType": "text/html", "buffer": saved("PNG")}
    page.locator("#id_file").set_input_files(file)
    page.locator("#id_alt").fill(name())
    page.locator("[name=_save]").first.click()
    shown = page.locator("code.whole").inner_text()
    return wrong_now(page, "picture") + wrong_with(page, "/admin/courses/image/"), shown


@look_once
def test_the_other_doors(open_page: OpenPage, site: Site, keys: Keys) -> None:
    page = sign_in(open_page(), EDITOR, "/admin/")
    asked = listen(page, site)
    place = {"course": "hostile", "track": "evil", "lesson": "lesson"}
    words = {"title": name(), "author": name(), "note": typed(3)}
    row = {**place, "url": ADDRESS.format(1), "kind": "video", **words}
    found = send(page, "courses/reference", csv_of(table(row, {**row, "kind": NAME})), "csv")
    found += send(page, "courses/reference", csv_of(table(row)), "csv")
    page.get_by_role("button", name="Import the table").click()
    expect(page.get_by_text("The table is in")).to_be_visible()
    found += wrong_now(page, "imported")
    text = typed(3)
    words = {"prompt": text, "explanation": text}
    row = {**place, "concept": "c-0", "slug": "q-single", **words}
    found += send(page, "quizzes/question", xlsx_of(table(row)), "xlsx")

    page.goto(f"/admin/quizzes/question/{keys['question'][0]}/change/")
    page.locator("#id_prompt").fill(words["prompt"])
    page.locator("#id_explanation").fill(words["explanation"])
    # The frame has the question as it is stored; what is typed takes its place.
    with page.expect_event("framenavigated", lambda frame: frame.name == "trial"):
        page.get_by_role("button", name="Try what is typed here").click()
    trial = page.frame_locator("iframe[name=trial]")
    trial.locator("input.tick").first.check()
    trial.get_by_role("button", name="Check my answer").click()
    expect(trial.locator("#feedback")).to_be_visible()
    found += wrong_now(page, "tried")
    page.locator("[name=_continue]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("button", name="Make a preview link").click()
    link = page.locator("input[id^=preview-]").first.input_value()
    found += wrong_with(page, link)

    page.goto("/admin/courses/edition/add/")
    page.locator("#id_course").select_option(str(keys["course"][0]))
    page.locator("#id_name").fill("'\"><img src=x onerror=ran()>")
    page.locator("#id_note").fill(name())
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    found += wrong_now(page, "edition")
    assert "\n".join(found) == ""
    assert asked == []


def table(*rows: dict[str, str]) -> Dataset:
    return Dataset(*(tuple(row.values()) for row in rows), headers=list(rows[0]))


def send(page: Page, model: str, data: bytes, ending: str) -> list[str]:
    """What is wrong with the look at what a table would change."""
    page.goto(f"/admin/{model}/import/")
    file = {"name": f"{NAME}.{ending}", "mimeType": "text/html", "buffer": data}
    page.locator("#id_file").set_input_files(file)
    page.locator("#content-main [type=submit], #content form [type=submit]").first.click()
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/"))
    return wrong_now(page, f"table of {model}")
