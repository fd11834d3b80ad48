"""How a page looks: nothing that axe finds, nothing wider than the screen, in every look."""

import os
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Theme = Literal["light", "dark"]
# Matters of colour take axe nearly all its time, and the width of a page changes no colour: they
# are looked at once in each theme. All else is the same in both themes, and looked at once in
# each width.
COLOURS = ["color-contrast", "link-in-text-block"]
IN_COLOUR: dict[str, Any] = {"runOnly": {"type": "rule", "values": COLOURS}}
IN_SHAPE: dict[str, Any] = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
LOOKS: list[tuple[int, Theme, dict[str, Any]]] = [
    (1280, "light", {}),
    (390, "light", IN_SHAPE),
    (390, "dark", IN_COLOUR),
]
# A colour on its way to another theme's is neither.
ARRIVE = "document.getAnimations().forEach(one => one instanceof CSSTransition && one.finish())"
# Pages look the same on every database, and looking takes long.
look_once = pytest.mark.skipif(
    bool(os.environ.get("TEST_DATABASE_URL")), reason="looked at in the run on SQLite"
)


def problems_of(page: Page, name: str = "", rules: dict[str, Any] | None = None) -> list[str]:
    """Of the page that is open as it looks now, each with `name`, or its address."""
    page.wait_for_load_state()
    name = name or page.url
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = [f"{name} is {wide} pixels too wide"] if wide > 0 else []
    options = {"resultTypes": ["violations"], **(rules or {})}
    for violation in Axe().run(page, options=options).response["violations"]:
        found += [f"{name} {violation['id']}: {node['html'][:200]}" for node in violation["nodes"]]
    return found


def problems_in_every_look(page: Page, name: str = "") -> list[str]:
    """Wide and narrow, light and dark; afterwards the page is as wide as it was, and light."""
    found, before = [], page.viewport_size
    for width, theme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.evaluate(ARRIVE)
        found += problems_of(page, f"{name or page.url} ({width}, {theme})", rules)
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
    return found
