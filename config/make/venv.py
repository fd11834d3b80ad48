"""The virtual environment, built from hash-locked requirement files when these change."""

import hashlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from config.make import ROOT

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "cairn-requirements"
LOG = ROOT / "var" / "log" / "setup.log"
# What a lock file serves: dev.txt holds all of run.txt.
SERVES = {"run": ["run"], "dev": ["dev", "run"]}

NETWORK = re.compile(
    r"NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|name resolution"
    r"|Connection refused|Network is unreachable|Max retries"
)
HASHES = re.compile(r"DO NOT MATCH THE HASHES")


def ready(lock: str) -> str:
    """The Python of an environment that has what `requirements/<lock>.txt` names."""
    if not PYTHON.exists() or mark(lock) not in marks():
        build(lock)
    return str(PYTHON)


def mark(lock: str) -> str:
    return f"{lock} {hashlib.sha256(requirements(lock).read_bytes()).hexdigest()}"


def marks() -> list[str]:
    return STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []


def requirements(lock: str) -> Path:
    return ROOT / "requirements" / f"{lock}.txt"


def build(lock: str) -> None:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_text("")
    if not usable():
        make()
    STAMP.unlink(missing_ok=True)
    install(lock)
    STAMP.write_text("\n".join(mark(name) for name in SERVES[lock]) + "\n")


def usable() -> bool:
    """Whether .venv has pip and a Python that is new enough; both can go with an upgrade."""
    probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and not logged([str(PYTHON), "-c", probe])


def make() -> None:
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        sys.exit(
            "This Python cannot make virtual environments. On Debian and Ubuntu: "
            f"apt install python3.{sys.version_info[1]}-venv"
        )
    print("Making a virtual environment in .venv…", flush=True)
    if logged([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        sys.exit(f"The virtual environment could not be made. {where_it_says_why()}")


def install(lock: str) -> None:
    count = len(re.findall(r"^\S+==", requirements(lock).read_text(encoding="utf-8"), re.MULTILINE))
    print(f"Installing {count} packages…", flush=True)
    options = ["--require-hashes", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    pip = [str(PYTHON), "-m", "pip", "install", *options, "-r", str(requirements(lock))]
    if logged(pip):
        sys.exit(f"{reason(LOG.read_text(errors='replace'))} {where_it_says_why()}")


def reason(log: str) -> str:
    """One sentence on why pip failed, and what to do."""
    if HASHES.search(log):
        return "A package is not the one that Cairn was tested with, so nothing was installed."
    if NETWORK.search(log):
        return "The package index cannot be reached. Check the network, then run this again."
    return "The packages could not be installed."


def where_it_says_why() -> str:
    return f"The details are in {LOG.relative_to(ROOT)}."


def logged(words: list[str]) -> int:
    with LOG.open("a") as log:
        return subprocess.run(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL).returncode
