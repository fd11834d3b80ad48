"""Hostile words in every field of a course: nothing runs, nothing loads, the page holds."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import hostile_course
from tests.browser.conftest import OpenPage
from tests.browser.looks import look_once
from tests.browser.site import Site

COURSE = f"/courses/{hostile_course.SLUG}/"
LESSON = f"{COURSE}evil/lesson/"
VISITOR = [COURSE, f"{COURSE}evil/", LESSON, f"{COURSE}notebooks/", "/search/?q=script+ran"]
# What must not be in a page, whatever an author wrote.
FORBIDDEN = """() => [...document.querySelectorAll("*")].flatMap((one) => {
  const found = [];
  for (const { name, value } of one.attributes) {
    if (/^on/i.test(name) || name === "style" || name === "srcdoc") found.push(name);
    if (/^(data-)?hx-on/.test(name)) found.push(name);
    if (/^(href|src|action|formaction|poster|data|xlink:href)$/.test(name)
        && /^\\s*(javascript|data|vbscript|file):/i.test(value)) found.push(`${name}=${value}`);
  }
  return found.map((what) => `${one.tagName} ${what}`);
})"""
COVERED = """() => {
  const header = document.querySelector("header a").getBoundingClientRect();
  scrollTo(0, 0);
  const top = document.elementFromPoint(header.x + 4, header.y + 4);
  return !top || !top.closest("header");
}"""


@pytest.fixture(scope="session")
def hostile(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    assert hostile_course.write(folder) > 3
    site.run("load_course", str(folder))
    return folder


def listen(page: Page, site: Site) -> list[str]:
    """What the page asks of other hosts from now on. What runs in it is an error in its console."""
    found: list[str] = []
    page.add_init_script("window.ran = () => console.error('hostile words ran')")
    page.on("request", lambda one: one.url.startswith(site.url) or found.append(one.url))
    return found


def wrong_with(page: Page, url: str) -> list[str]:
    page.goto(url)
    page.wait_for_load_state()
    found = [f"{url} {what}" for what in page.evaluate(FORBIDDEN)]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found += [f"{url} is {wide} pixels too wide"] if wide > 0 else []
    return found + ([f"{url} is covered"] if page.evaluate(COVERED) else [])


@look_once
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_a_visitor(open_page: OpenPage, site: Site, hostile: Path, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    asked = listen(page, site)
    assert [problem for url in VISITOR for problem in wrong_with(page, url)] == []
    assert asked == []
