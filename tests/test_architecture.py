"""The house rules that a reader of the code relies on."""

import ast
from collections.abc import Iterator
from pathlib import Path

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


TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}


def test_imports_run_one_way() -> None:
    assert {name(path): found for path in SOURCES if (found := imports_from_above(path))} == {}


def imports_from_above(path: Path) -> list[str]:
    mine = ORDER.index(path.relative_to(ROOT).parts[0])
    above = set(ORDER[mine + 1 :])
    return [module for module in imports(TREES[path]) if module.split(".")[0] in above]


def test_no_import_hides_in_a_function() -> None:
    assert {name(path): found for path in SOURCES if (found := hidden_imports(path))} == {}


def hidden_imports(path: Path) -> list[int]:
    if path.name == "apps.py":
        return []
    return [
        node.lineno
        for function in ast.walk(TREES[path])
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def test_no_accessor_reaches_up() -> None:
    assert {name(path): found for path in SOURCES if (found := reaching_up(path))} == {}


def reaching_up(path: Path) -> set[str]:
    forbidden = REVERSE.get(path.relative_to(ROOT).parts[0], set())
    attributes = (node for node in ast.walk(TREES[path]) if isinstance(node, ast.Attribute))
    return {node.attr for node in attributes if node.attr in forbidden}


def test_a_thing_lives_where_its_meaning_is() -> None:
    assert [name(path) for path in SOURCES if path.stem in FORBIDDEN] == []


def test_modules_need_no_table_of_contents() -> None:
    long = {name(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in long.items() if lines > 300} == {}
