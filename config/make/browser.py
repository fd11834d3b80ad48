"""The Chromium on this machine that drives the browser tests."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
MISSING = (
    "The browser tests were skipped: no Chromium was found. Install it (Debian: apt install "
    "chromium; macOS: brew install --cask chromium) or name one: make test CHROMIUM=/path"
)


def chromium(environment: Mapping[str, str] = os.environ) -> str | None:
    """The path of the browser: CHROMIUM if that is set, else the first that is installed."""
    wanted = environment.get("CHROMIUM")
    if wanted:
        found = shutil.which(wanted)
        return found or sys.exit(f"CHROMIUM={wanted} is not a program.")
    on_path = (shutil.which(name, path=environment.get("PATH")) for name in NAMES)
    return next(filter(None, on_path), None) or next(
        (str(path) for path in MACOS if path.exists()), None
    )
