"""The first file that runs must be readable by any Python; so its rules are tested on its text."""

import ast
import subprocess
import sys
from pathlib import Path

from config.make import ROOT

BOOTSTRAP = ROOT / "config" / "bootstrap.py"
OLD = "import sys; sys.version_info = (3, 9, 2); sys.argv = {argv!r}; exec(open({path!r}).read())"


def run_as_python_3_9(*arguments: str) -> "subprocess.CompletedProcess[str]":
    code = OLD.format(argv=[str(BOOTSTRAP), *arguments], path=str(BOOTSTRAP))
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_old_python_gets_one_sentence() -> None:
    done = run_as_python_3_9("test")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "Python 3.9 is too old; Cairn needs 3.11 or newer. "
        "Install it and run: make test PYTHON=python3.11\n"
    )


def test_old_python_without_a_target_is_told_to_run() -> None:
    assert run_as_python_3_9().stderr.endswith("make run PYTHON=python3.11\n")


def test_has_no_syntax_that_an_old_python_cannot_read() -> None:
    tree = ast.parse(BOOTSTRAP.read_text())
    modern = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.FunctionDef)
    assert [node for node in ast.walk(tree) if isinstance(node, modern)] == []


def test_help_names_every_target() -> None:
    done = subprocess.run(
        [sys.executable, str(BOOTSTRAP)], capture_output=True, text=True, check=True
    )
    named = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("  make")]
    assert named == ["run", "test", "check", "bench"]


def test_makefile_has_one_line_for_each_target() -> None:
    recipes = [
        line.strip()
        for line in Path(ROOT / "Makefile").read_text().splitlines()
        if line.startswith("\t")
    ]
    assert recipes == [
        "@$(PYTHON) config/bootstrap.py help",
        "@$(PYTHON) config/bootstrap.py run $(PORT)",
        "@$(PYTHON) config/bootstrap.py test $(ARGS)",
        "@$(PYTHON) config/bootstrap.py check $(ARGS)",
        "@$(PYTHON) config/bootstrap.py bench $(ARGS)",
    ]
