"""How a page looks: nothing that axe finds, nothing wider than the screen, in every look."""

import os
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Look = tuple[int, Literal["light", "dark"]]
LOOKS: list[Look] = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
TWO_LOOKS = [LOOKS[0], LOOKS[3]]
in_all_looks = pytest.mark.parametrize(("width", "theme"), LOOKS)
in_two_looks = pytest.mark.parametrize(("width", "theme"), TWO_LOOKS)
# Pages look the same on every database, and looking takes long.
look_once = pytest.mark.skipif(
    bool(os.environ.get("TEST_DATABASE_URL")), reason="looked at in the run on SQLite"
)


def problems_of(page: Page, name: str = "") -> list[str]:
    """Of the page that is open, each with `name`, or its address."""
    page.wait_for_load_state()
    name = name or page.url
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = [f"{name} is {wide} pixels too wide"] if wide > 0 else []
    for violation in Axe().run(page).response["violations"]:
        found += [f"{name} {violation['id']}: {node['html'][:200]}" for node in violation["nodes"]]
    return found
