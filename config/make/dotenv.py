"""The settings for development, in a file that git ignores."""

import os
import secrets
from pathlib import Path

TEXT = """\
# Settings for development, made by `make run`; docs/operating.md lists every variable.
DEBUG=on
SECRET_KEY={key}
"""


def ensure(path: Path) -> None:
    """Writes `path`, readable by its owner alone, unless there is one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(TEXT.format(key=secrets.token_urlsafe(50)))
