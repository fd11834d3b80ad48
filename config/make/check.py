"""`make check`: everything that can be known of the code without running its tests."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable

from config.make import ROOT
from config.make.venv import requirements

# Spelt so that the pattern does not find itself.
REGISTRY = r"py[p]i[.]org|python[h]osted[.]org|--(extra-)?index-url|registry[.]np[m]js"
DEVELOPMENT = {
    "DEBUG": "on",
    "SECRET_KEY": "only-for-checks",
    "DATABASE_URL": "sqlite://:memory:",
}
COMMANDS = {
    "ruff check": ["-m", "ruff", "check", "--quiet"],
    "ruff format": ["-m", "ruff", "format", "--check", "--quiet"],
    "mypy": ["-m", "mypy", "accounts", "benchmarks", "cohorts", "config", "courses", "quizzes"],
    "djlint": ["-m", "djlint", "templates", "--lint", "--quiet"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
}
DEPLOY = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def main() -> int:
    checks: dict[str, Callable[[], str]] = {
        **{name: run(words, DEVELOPMENT) for name, words in COMMANDS.items()},
        "production settings": run(DEPLOY, production()),
        "requirements": unlocked,
        "registries": registries,
    }
    verdicts = [verdict(name, check()) for name, check in checks.items()]
    return 1 if any(verdicts) else 0


def verdict(name: str, complaint: str) -> bool:
    print(f"{name:20} {'FAILED' if complaint else 'ok'}", flush=True)
    if complaint:
        print(complaint, flush=True)
    return bool(complaint)


def run(words: list[str], settings: dict[str, str]) -> Callable[[], str]:
    def check() -> str:
        done = subprocess.run(
            [sys.executable, *words],
            env={**os.environ, **settings},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return (done.stdout.strip() or "It ended badly.") if done.returncode else ""

    return check


def production() -> dict[str, str]:
    """The example of docs/operating.md, so that what we tell operators is what we check."""
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    example = re.search(r"^```ini\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert example, "docs/operating.md has no example of production settings"
    lines = [line for line in example[1].splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def unlocked() -> str:
    """Packages of pyproject.toml that the lock files do not hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        "run": project["dependencies"],
        "dev": [*project["dependencies"], *project["optional-dependencies"]["dev"]],
    }
    missing = [
        f"requirements/{lock}.txt has no {name}"
        for lock, lines in wanted.items()
        for name in sorted(set(map(name_of, lines)) - locked(lock))
    ]
    return "\n".join(missing and [*missing, "docs/contributing.md says how to write them anew."])


def locked(lock: str) -> set[str]:
    return set(
        re.findall(
            r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==",
            requirements(lock).read_text(encoding="utf-8"),
            re.M,
        )
    )


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[._-]+", "-", found[0]).lower()


def registries() -> str:
    """Addresses of package indexes in tracked files: where packages come from is pip's setting."""
    git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT)]
    found = output([*git, "grep", "-nIiE", "-e", REGISTRY])
    locks = output([*git, "ls-files", "*uv.lock"])
    return "\n".join(filter(None, (found, locks)))


def output(words: list[str]) -> str:
    return subprocess.run(words, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
