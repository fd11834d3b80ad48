"""What the Makefile's targets do.

`targets`, `venv`, `dotenv` and `port` run before any package is installed: standard library
only. `test` and `check` run in the environment that these have built.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
