import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.shelf import Shelf
from tests.browser.site import PASSWORD, TEMPLATE, Site, drop, served

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
# What Playwright turns off, which a list of our own takes the place of; and the pages that the
# browser makes of its own address bar, two for each window, at a third of the whole time.
FEATURES = (
    "AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsUpgrades "
    "HttpsFirstBalancedModeAutoEnable LensOverlay MediaRouter PaintHolding "
    "ThirdPartyStoragePartitioning AvoidCorsURLLoaderRestartOnRedirect OptimizationHints "
    "NetworkTimeServiceQuerying AimEnabled PreconnectToSearch "
    "WebUIOmniboxPopup WebUIOmniboxAimPopup WebUIOmniboxFullPopup"
).split()
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(FEATURES)}",
]
# Said by the browser of requests that fail, which tests cause on purpose.
EXPECTED = ("the server responded with", "net::ERR_")

# The way through the site that is gone on both databases; the rest is the browser's business.
ON_BOTH = {"test_learner"}
ONCE = pytest.mark.skipif(
    bool(os.environ.get("TEST_DATABASE_URL")), reason="done in the run on SQLite"
)

OpenPage = Callable[..., Page]

# How long a page may take on a machine that has much else to do, in milliseconds.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            if item.path.stem not in ON_BOTH:
                item.add_marker(ONCE)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    own = tmp_path_factory.getbasetemp()
    # Beside the folders of the other processes of the same run.
    shared = own.parent if worker else own
    with served(tmp_path_factory.mktemp("site"), worker or "main", shared) as running:
        yield running


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that started the others ends last."""
    if os.environ.get("TEST_DATABASE_URL") and "PYTEST_XDIST_WORKER" not in os.environ:
        drop(TEMPLATE)


@pytest.fixture(scope="session")
def shelf(site: Site) -> Shelf:
    return Shelf(site)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def contexts(chromium: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def context(**options: Any) -> BrowserContext:
        opened.append(chromium.new_context(base_url=site.url, **options))
        opened[-1].set_default_timeout(PATIENCE)
        return opened[-1]

    yield context
    for one in opened:
        one.close()


@pytest.fixture
def open_page(contexts: Callable[..., BrowserContext]) -> Iterator[OpenPage]:
    """Opens pages, each in a browser profile of its own; a word on their consoles is a failure."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        loud = message.type in {"error", "warning"}
        if loud and not any(words in message.text for words in EXPECTED):
            said.append(f"{message.type}: {message.text}")

    def page(*, quiet: bool = True, **options: Any) -> Page:
        new = contexts(**options).new_page()
        if quiet:
            new.on("console", listen)
            new.on("pageerror", lambda error: said.append(str(error)))
        return new

    yield page
    assert said == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


def sign_in(page: Page, email: str, onward: str = "/today/") -> Page:
    page.goto(f"/accounts/login/?next={onward}")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{onward}")
    return page
