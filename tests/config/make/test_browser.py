from pathlib import Path

import pytest

from config.make import browser


@pytest.fixture(autouse=True)
def no_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "MACOS", ())


def program(folder: Path, name: str) -> str:
    path = folder / name
    path.touch(mode=0o755)
    return str(path)


def test_named_browser_wins(tmp_path: Path) -> None:
    program(tmp_path, "chromium")
    mine = program(tmp_path, "mine")
    assert browser.chromium({"CHROMIUM": mine, "PATH": str(tmp_path)}) == mine


def test_first_on_path(tmp_path: Path) -> None:
    chrome = program(tmp_path, "google-chrome")
    assert browser.chromium({"PATH": str(tmp_path)}) == chrome
    chromium = program(tmp_path, "chromium")
    assert browser.chromium({"PATH": str(tmp_path)}) == chromium


def test_application_of_macos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    application = Path(program(tmp_path, "Chromium"))
    monkeypatch.setattr(browser, "MACOS", (tmp_path / "none", application))
    assert browser.chromium({"PATH": ""}) == str(application)


def test_none(tmp_path: Path) -> None:
    assert browser.chromium({"PATH": str(tmp_path), "CHROMIUM": ""}) is None


def test_named_browser_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="CHROMIUM=/none/chromium is not a program"):
        browser.chromium({"CHROMIUM": "/none/chromium", "PATH": str(tmp_path)})
