from pathlib import Path

import pytest

from config.make import check

PROJECT = """
[project]
dependencies = ["django~=5.2", "lucide[django]~=1.1"]
[project.optional-dependencies]
dev = ["factory_boy"]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "requirements" / "run.txt").write_text("django==5.2\nlucide[django]==1.1\n")
    (tmp_path / "requirements" / "dev.txt").write_text(
        "django==5.2\nlucide[django]==1.1\nfactory-boy==3\n"
    )
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(
        check, "requirements", lambda lock: tmp_path / "requirements" / f"{lock}.txt"
    )
    return tmp_path


def test_locks_in_step(project: Path) -> None:
    assert check.unlocked() == ""


def test_package_missing_from_the_lock(project: Path) -> None:
    (project / "requirements" / "run.txt").write_text("lucide[django]==1.1\n")
    assert check.unlocked().splitlines()[0] == "requirements/run.txt has no django"


def test_production_example_is_complete() -> None:
    production = check.production()
    assert production["DEBUG"] == "off"
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "CACHE_URL", "EMAIL_URL"} <= set(
        production
    )


def test_command_that_fails_tells_why() -> None:
    assert check.run(["-c", "import sys; sys.exit('because')"], {})() == "because"
    assert check.run(["-c", "raise SystemExit(3)"], {})() == "It ended badly."
    assert check.run(["-c", "print('fine')"], {})() == ""


def test_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.verdict("mypy", "") is False
    assert check.verdict("ruff", "line 3") is True
    assert capsys.readouterr().out == (
        "mypy                 ok\nruff                 FAILED\nline 3\n"
    )
