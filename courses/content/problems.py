from dataclasses import dataclass
from pathlib import Path

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `path`, the keys and list positions that lead to it in a file."""

    path: Key
    message: str

    def under(self, *prefix: str | int) -> "Problem":
        return Problem((*prefix, *self.path), self.message)


def spelled(path: Key) -> str:
    """`("concepts", 2, "body")` as people write it: `concepts[2].body`, counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class ContentError(Exception):
    """The files cannot be loaded. `lines` says where and why, one problem a line."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def located(file: Path, line: int, path: Key, message: str) -> str:
    where = f"{file}:{line}: " if line else f"{file}: "
    return where + (f"{spelled(path)}: {message}" if path else message)
