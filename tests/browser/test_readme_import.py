"""A hostile README is handed in, looked at, written and read: nothing runs, nothing loads."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_of
from tests.browser.site import Site
from tests.browser.watching import listen, wrong_with
from tests.courses.readme.hostile import readme

DO = (
    "from courses.readme.imports import read_import, write_import;"
    "from courses.models import ReadmeImport; from django.utils import timezone;"
    "pk = ReadmeImport.objects.get(filename='hostile-readme.md').pk;"
)
TITLE = "Hostile README"
COURSE = "/courses/hostile-readme/"


def work(site: Site, what: str) -> None:
    """What the worker would do, at once."""
    site.run("shell", "--no-imports", "-c", DO + what)


@look_once
def test_a_hostile_readme(open_page: OpenPage, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "hostile-readme.md"
    file.write_text(readme(), encoding="utf-8")
    page = sign_in(open_page(), "edda@example.org", "/admin/courses/readmeimport/add/")
    asked = listen(page, site)
    page.get_by_label("README file").set_input_files(file)
    page.get_by_label("Title of a new course").fill(TITLE)
    page.get_by_role("button", name="Read the README").click()
    expect(page.get_by_role("status")).to_contain_text("is being read")
    work(site, "read_import(pk)")
    # The page goes on by itself.
    expect(page.get_by_role("heading", name="Look at what will be imported")).to_be_visible()
    assert look(page) == []
    page.get_by_label(re.compile("Publish the lessons at once")).check()
    page.get_by_role("button", name="Write these changes").click()
    expect(page.get_by_role("status")).to_contain_text("are being written")
    work(site, "write_import(pk, timezone.now())")
    expect(page.get_by_role("heading", name="The README is imported")).to_be_visible()
    assert [one for url in lessons(page) for one in wrong_with(page, url)] == []
    assert asked == []


def look(page: Page) -> list[str]:
    for box in page.locator("details").all()[:6]:
        box.evaluate("box => box.open = true")
    found = problems_of(page, "review")
    page.set_viewport_size({"width": 390, "height": 900})
    page.emulate_media(color_scheme="dark")
    found += problems_of(page, "review, narrow and dark") + wrong_with(page, page.url)
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def lessons(page: Page) -> list[str]:
    page.goto(f"{COURSE}evil/")
    links = page.locator(f"main a[href^='{COURSE}evil/']").evaluate_all(
        "links => [...new Set(links.map((one) => one.pathname))]"
    )
    return [COURSE, f"{COURSE}notebooks/", *links[:2]]
