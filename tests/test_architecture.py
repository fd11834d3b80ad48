"""The house rules that a reader of the code relies on."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["accounts", "courses", "quizzes", "cohorts", "config"]
FORBIDDEN = {"common", "core", "utils", "helpers", "services"}
# What a layer's models are called from the other end; used below it, it is an import upside down.
OF_COHORTS = {"cohorts", "memberships", "deadlines", "assignments", "grade_items"}
REVERSE = {
    "quizzes": OF_COHORTS,
    "courses": {"quizzes", "attempts", "questions"} | OF_COHORTS,
    "accounts": {"quizzes", "attempts"} | OF_COHORTS,
}

SOURCES = sorted(
    path
    for app in ORDER
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and path.name != "bootstrap.py"
)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_imports_run_one_way(path: Path) -> None:
    mine = ORDER.index(path.relative_to(ROOT).parts[0])
    above = set(ORDER[mine + 1 :])
    tree = ast.parse(path.read_text("utf-8"))
    assert [module for module in imports(tree) if module.split(".")[0] in above] == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_import_hides_in_a_function(path: Path) -> None:
    if path.name == "apps.py":
        return
    tree = ast.parse(path.read_text("utf-8"))
    hidden = [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_accessor_reaches_up(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    tree = ast.parse(path.read_text("utf-8"))
    reached = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in REVERSE.get(app, set())
    }
    assert reached == set()


def test_a_thing_lives_where_its_meaning_is() -> None:
    assert [name(path) for path in SOURCES if path.stem in FORBIDDEN] == []


def test_modules_need_no_table_of_contents() -> None:
    long = {name(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in long.items() if lines > 300} == {}
