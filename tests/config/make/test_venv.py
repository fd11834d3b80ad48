from pathlib import Path

import pytest

from config.make import venv


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """An empty checkout in which no program is run, only noted; each of them works."""
    noted: list[list[str]] = []
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    (requirements / "run.txt").write_text("django==5.2 \\\n    --hash=sha256:1\nbleach==6\n")
    (requirements / "dev.txt").write_text("django==5.2\nbleach==6\npytest==9\n")
    home = tmp_path / ".venv"
    monkeypatch.setattr(venv, "ROOT", tmp_path)
    monkeypatch.setattr(venv, "VENV", home)
    monkeypatch.setattr(venv, "PYTHON", home / "bin" / "python")
    monkeypatch.setattr(venv, "STAMP", home / "stamp")
    monkeypatch.setattr(venv, "LOG", tmp_path / "var" / "log" / "setup.log")

    def logged(words: list[str]) -> int:
        noted.append(words)
        if words[1:3] == ["-m", "venv"]:
            (home / "bin").mkdir(parents=True)
            (home / "bin" / "python").touch()
        return 0

    monkeypatch.setattr(venv, "logged", logged)
    return noted


def steps(calls: list[list[str]]) -> list[str]:
    return [Path(words[-1]).name if "pip" in words else words[2][:6] for words in calls]


def test_builds_once(calls: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert venv.ready("run") == venv.ready("run") == str(venv.PYTHON)
    assert steps(calls) == ["venv", "run.txt"]
    assert "--require-hashes" in calls[1]
    assert capsys.readouterr().out == (
        "Making a virtual environment in .venv…\nInstalling 2 packages…\n"
    )


def test_environment_of_dev_serves_run(calls: list[list[str]]) -> None:
    venv.ready("dev")
    venv.ready("run")
    assert steps(calls) == ["venv", "dev.txt"]


def test_environment_of_run_does_not_serve_dev(calls: list[list[str]]) -> None:
    venv.ready("run")
    venv.ready("dev")
    venv.ready("run")
    assert steps(calls) == ["venv", "run.txt", "import", "dev.txt"]


def test_changed_lock_file_is_installed(calls: list[list[str]]) -> None:
    venv.ready("run")
    venv.requirements("run").write_text("django==5.3\n")
    venv.ready("run")
    assert steps(calls) == ["venv", "run.txt", "import", "run.txt"]


def test_failed_install_is_tried_again(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    venv.ready("run")
    venv.requirements("run").write_text("django==5.3\n")
    with monkeypatch.context() as patch:
        patch.setattr(venv, "logged", lambda words: int("pip" in words))
        with pytest.raises(SystemExit, match=r"The details are in var/log/setup\.log\."):
            venv.ready("run")
    venv.ready("run")
    assert steps(calls)[-1] == "run.txt"


def test_without_venv_names_the_debian_package(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"apt install python3\.\d+-venv$"):
        venv.ready("run")
    assert calls == []


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError(…)'",
            "The package index cannot be reached. Check the network, then run this again.",
        ),
        (
            "Temporary failure in name resolution",
            "The package index cannot be reached. Check the network, then run this again.",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "A package is not the one that Cairn was tested with, so nothing was installed.",
        ),
        ("ERROR: No space left on device", "The packages could not be installed."),
    ],
)
def test_reason(log: str, sentence: str) -> None:
    assert venv.reason(log) == sentence
