from pathlib import Path

import pytest

from config.make import test as target
from config.make.test import Outcome

REPORT = '<testsuites><testsuite errors="1" failures="2" skipped="3" tests="10"/></testsuites>'
CLEAN = '<testsuites><testsuite errors="0" failures="0" skipped="1" tests="5"/></testsuites>'


@pytest.mark.parametrize(
    ("report", "code", "outcome"),
    [
        (REPORT, 1, Outcome(4, 3)),
        (CLEAN, 0, Outcome(4, 0)),
        (CLEAN, 1, Outcome(4, 1)),
        (None, 4, Outcome(0, 1)),
    ],
)
def test_counted(report: str | None, code: int, outcome: Outcome, tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    if report:
        path.write_text(report)
    assert target.counted(path, code) == outcome


def test_close_says_what_is_missing_and_ends_with_the_result(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert target.close(Outcome(7, 0), ["No browser."], strict=False) == 0
    assert capsys.readouterr().out == "\nNo browser.\n7 passed, 0 failed\n"


def test_close_is_strict_on_ci(capsys: pytest.CaptureFixture[str]) -> None:
    assert target.close(Outcome(7, 0), ["No browser.", "No database."], strict=True) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 2 failed"


def test_given_database_is_used() -> None:
    with target.postgresql("postgres://mine") as url:
        assert url == "postgres://mine"


def test_no_server_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "installed", lambda: False)
    with target.postgresql("") as url:
        assert url == ""
