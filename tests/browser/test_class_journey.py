"""The whole way of a class: made, joined, dated, worked for, graded, released, and taken away."""

import csv
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, sign_in

TEACHER, LEARNER = "amara@example.org", "yi-ting@example.org"
# What grading must lead to: 8 of 12 and 8 of 8 points, of 20.
SHARE = "80.0%"
Row = dict[str, Any]


def test_from_a_new_class_to_a_spreadsheet(open_page: OpenPage, tmp_path: Path) -> None:
    teacher, phone = open_page(), open_page(viewport={"width": 390, "height": 844})
    code = make_class(teacher)
    make_assignment(teacher)
    write_rubric(teacher)
    set_dates(teacher)
    join(phone, code)
    see_what_is_due(phone)
    write_draft(phone)
    hand_in(phone)
    grade_by_keyboard(teacher)
    see_no_grade(phone)
    release(teacher)
    read_grade(phone)
    shown = read_gradebook(teacher)
    compare(shown, *download_both(teacher, tmp_path))


def go(page: Page, name: str) -> None:
    """By the navigation of the class."""
    page.get_by_role("navigation", name="Class").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def make_class(page: Page) -> str:
    """Its join code."""
    sign_in(page, TEACHER, "/cohorts/")
    page.get_by_role("link", name="Make a class").click()
    page.get_by_label("Name", exact=True).fill("Spring class")
    page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("button", name="Make the class").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Join code")
    return page.locator(".code-big").inner_text()


def make_assignment(page: Page) -> None:
    go(page, "Assignments")
    page.get_by_role("link", name="Make an assignment").click()
    page.get_by_label("Title").fill("Compare two quantizers")
    page.get_by_label("Lesson", exact=True).select_option("The LLM Scientist: Quantization")
    page.get_by_label("Instructions", exact=True).fill("Say *which* you would use, and why.")
    page.get_by_label("Points", exact=True).fill("20")
    page.get_by_label("Published").check()
    page.get_by_role("button", name="Make the assignment").click()
    expect(page.get_by_text("The assignment is made.")).to_be_visible()


def write_rubric(page: Page) -> None:
    page.get_by_role("link", name="Write one").click()
    page.get_by_role("button", name="Add a criterion").click()
    expect(page.get_by_label("What is looked at")).to_have_count(2)
    for row, (title, best) in enumerate((("Reasons", 12), ("Figures", 8))):
        criterion = page.get_by_role("group", name=f"Criterion {row + 1}")
        criterion.get_by_label("What is looked at").fill(title)
        for level, (name, points) in enumerate((("Some", 8 - 4 * row), ("All", best))):
            criterion.get_by_label(f"Level {level + 1}", exact=False).first.fill(name)
            criterion.get_by_label("Points").nth(level).fill(str(points))
    expect(page.locator("[data-sum]")).to_have_text("20")
    page.get_by_role("button", name="Save the rubric").click()
    expect(page.get_by_text("The rubric is saved.")).to_be_visible()


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT18:00")


def set_dates(page: Page) -> None:
    go(page, "Schedule")
    page.get_by_role("link", name="Change the dates").click()
    page.get_by_role("heading", name="The LLM Scientist").click()
    page.get_by_label("Due: Quantization", exact=True).first.fill(in_days(4))
    page.get_by_label("Due: Compare two quantizers").fill(in_days(6))
    page.get_by_role("button", name="Save the dates").click()
    expect(page.get_by_text("The dates of 2 things are saved.")).to_be_visible()


def join(page: Page, code: str) -> None:
    sign_in(page, LEARNER, "/cohorts/")
    page.get_by_label("Join code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Find the class").click()
    page.get_by_role("button", name="Join Spring class").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spring class")


def see_what_is_due(page: Page) -> None:
    due = page.get_by_role("region", name="Due next").get_by_role("listitem")
    expect(due).to_have_count(2)
    expect(due.nth(0)).to_contain_text("Quantization")
    expect(due.nth(0)).to_contain_text("18:00")
    expect(due.nth(1)).to_contain_text("Compare two quantizers")
    due.nth(1).get_by_role("link").click()
    expect(page.get_by_text("Not begun")).to_be_visible()


def write_draft(page: Page) -> None:
    """It saves itself, and is there when one comes back."""
    page.get_by_label("Text").fill("Both lose little.\n\nI would take the *first*.")
    expect(page.locator("[data-status]")).to_contain_text("Saved at")
    go(page, "Assignments")
    expect(page.get_by_text("Draft", exact=True)).to_be_visible()
    page.get_by_role("link", name="Compare two quantizers").click()
    expect(page.get_by_label("Text")).to_have_value(re.compile("I would take"))


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Look it over and hand it in").click()
    page.get_by_role("button", name="Hand in my work").click()
    expect(page.get_by_role("heading", name="Hand-in 1")).to_be_visible()


def grade_by_keyboard(page: Page) -> None:
    go(page, "Grading")
    page.get_by_role("link", name="Grade the oldest").press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Yi-Ting Chen")
    expect(page.locator(".keys").first).to_be_visible()
    for key in ("g", "Space", "Tab", "Tab", "Space", "ArrowRight", "Tab", "Tab"):
        page.keyboard.press(key)
    expect(page.locator("[data-sum]")).to_have_text("16")
    expect(page.get_by_label("Feedback")).to_be_focused()
    page.keyboard.insert_text("Clear. **Which** data did you measure on?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Saved for Yi-Ting Chen: 16 of 20.")).to_be_visible()


def see_no_grade(page: Page) -> None:
    page.get_by_role("link", name="Back to the assignment").click()
    expect(page.get_by_text("Handed in", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Your grade")).to_have_count(0)
    go(page, "My grades")
    expect(page.get_by_role("main")).not_to_contain_text("16")


def release(page: Page) -> None:
    go(page, "Grading")
    page.get_by_role("link", name="Release the grades").click()
    page.get_by_role("button", name="Release the grades to all").click()
    expect(page.get_by_text("The grades are released")).to_be_visible()
    page.get_by_role("link", name="See them in the gradebook").click()
    expect(page.get_by_label("Points of Yi-Ting Chen")).to_have_value("16")


def read_grade(page: Page) -> None:
    """The sum, and from there the marks and what was said."""
    page.reload()
    expect(page.get_by_role("region", name="Total so far")).to_contain_text(SHARE)
    expect(page.get_by_role("main")).to_contain_text("16 of 20")
    page.get_by_role("link", name="Compare two quantizers").click()
    grade = page.get_by_role("region", name="Your grade")
    for words in ("16 of 20 points", "Some: 8 points", "All: 8 points", "Clear. Which data"):
        expect(grade).to_contain_text(words)
    expect(grade.locator("strong")).to_have_text("Which")


def read_gradebook(page: Page) -> list[str]:
    """What the page shows of the learner: the score in percent, the total."""
    go(page, "Gradebook")
    row = page.get_by_role("row", name="Yi-Ting Chen")
    expect(row).to_contain_text("On course")
    score, total, _ = row.get_by_role("cell").all_inner_texts()
    return [score, total]


def download_both(page: Page, folder: Path) -> tuple[list[Row], list[Row]]:
    page.get_by_role("link", name="Take it away as a file").click()
    csv_path = save(page, page.get_by_role("button", name="Download CSV"), folder)
    xlsx_path = save(page, page.get_by_role("button", name="Download Excel"), folder)
    assert csv_path.read_bytes().startswith(b"\xef\xbb\xbf")
    with csv_path.open(encoding="utf-8-sig", newline="") as file:
        from_csv: list[Row] = list(csv.DictReader(file))
    sheet = load_workbook(xlsx_path).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return from_csv, [dict(zip(map(str, head), row, strict=True)) for row in rows]


def save(page: Page, button: Locator, folder: Path) -> Path:
    with page.expect_download() as download:
        button.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def compare(shown: list[str], from_csv: list[Row], from_xlsx: list[Row]) -> None:
    """The same in both, where the one has words for all and the other numbers; and on the page."""
    assert [list(row) for row in from_csv] == [list(row) for row in from_xlsx]
    (said,), (counted,) = from_csv, from_xlsx
    assert list(said.values()) == ["Yi-Ting Chen", LEARNER, "", "", "16.00", "80.0", "80.0"]
    assert list(counted.values()) == ["Yi-Ting Chen", LEARNER, None, None, 16, 80, 80]
    points, total = counted["Compare two quantizers (of 20)"], counted["Total, percent"]
    assert shown == [f"{points / 20:.0%}".removesuffix("%"), f"{total:.1f}%"]
