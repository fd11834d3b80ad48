import pytest

from config.make import dotenv, port, targets, venv


@pytest.fixture(autouse=True)
def no_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venv, "ready", lambda lock: f"python-with-{lock}")
    monkeypatch.setattr(dotenv, "ensure", lambda path: None)
    monkeypatch.setattr(port, "claim", lambda number: None)


@pytest.mark.parametrize(
    ("name", "rest", "words"),
    [
        ("run", ["8123"], ["python-with-run", "manage.py", "start", "--port", "8123"]),
        ("run", [], ["python-with-run", "manage.py", "start", "--port", "8000"]),
        ("test", ["-k", "x"], ["python-with-dev", "-m", "config.make.test", "-k", "x"]),
        ("check", [], ["python-with-dev", "-m", "config.make.check"]),
        ("bench", ["--quick"], ["python-with-dev", "-m", "benchmarks", "--quick"]),
    ],
)
def test_command(name: str, rest: list[str], words: list[str]) -> None:
    assert targets.command(name, rest) == words


def test_unknown_target_shows_the_help() -> None:
    with pytest.raises(SystemExit, match="There is no target “fly”"):
        targets.command("fly", [])
