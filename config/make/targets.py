"""From a target's name to the command that does it, in an environment that is up to date."""

import os
import sys

from config.make import ROOT, dotenv, port, venv

HELP = """Cairn: a learning platform for the LLM Course.

  make run     serve the course with demo people on http://127.0.0.1:8000/ (PORT=8001 for another)
  make test    the whole suite, on SQLite and on PostgreSQL (ARGS="tests/courses -k search")
  make check   lint, format, types, templates, migrations and production settings
  make bench   the speed of the pages beside a bare Django view (ARGS=…)

Each does its own set-up. PYTHON=python3.12 chooses the Python that it starts from."""


def main(arguments: list[str]) -> None:
    name, *rest = arguments or ["help"]
    try:
        replace_by(command(name, rest))
    except KeyboardInterrupt:
        sys.exit(130)


def command(name: str, rest: list[str]) -> list[str]:
    """What does the target `name`, all set-up done; the first word is the Python it needs."""
    if name == "run":
        number = port.parse(rest[0] if rest else "8000")
        port.claim(number)
        python = venv.ready("run")
        dotenv.ensure(ROOT / ".env")
        return [python, "manage.py", "start", "--port", str(number)]
    modules = {"test": "config.make.test", "check": "config.make.check", "bench": "benchmarks"}
    if name in modules:
        return [venv.ready("dev"), "-m", modules[name], *rest]
    if name != "help":
        sys.exit(f"There is no target “{name}”.\n\n{HELP}")
    print(HELP)
    sys.exit(0)


def replace_by(words: list[str]) -> None:
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(words[0], words)
