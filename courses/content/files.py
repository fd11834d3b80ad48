"""YAML files with the line of every key, so that a complaint can name it."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from courses.content.normal import COURSE, GLOSSARY, IMAGES, NOTEBOOKS, QUIZZES
from courses.content.problems import ContentError, Key, Problem, located

MAX_BYTES = 2_000_000
# The files that stand in the course's folder itself; all others are lessons.
NAMES = (COURSE, NOTEBOOKS, GLOSSARY, QUIZZES, IMAGES)
# The folder of pictures, which images.yaml describes.
PICTURES = "images"


# Names of files and their digests.
Known = Collection[tuple[str, str]]


@dataclass(frozen=True)
class File:
    """One file: its bytes and data, and the line (from 1) at which each key's value begins."""

    file: Path
    data: Any
    raw: bytes = field(repr=False)
    digest: str
    lines: dict[Key, int] = field(repr=False)

    def line_of(self, path: Key) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def says(self, problem: Problem) -> str:
        return located(self.file, self.line_of(problem.path), problem.path, problem.message)


def digests(root: Path) -> dict[str, str]:
    """The digest of every file of the course under `root`, by its name there."""
    lessons = root.glob("[!.]*/*.yaml")
    files = [file for file in (*(root / name for name in NAMES), *lessons) if file.is_file()]
    return {
        file.relative_to(root).as_posix(): digest(file.read_bytes())
        for file in sorted([*files, *pictures(root)])
    }


def pictures(root: Path) -> list[Path]:
    """The files of pictures under `root`."""
    return [
        file
        for file in sorted(root.glob(f"{PICTURES}/[!.]*"))
        if file.is_file() and file.suffix != ".yaml"
    ]


def is_picture(name: str) -> bool:
    return name.startswith(f"{PICTURES}/") and not name.endswith(".yaml")


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def read(root: Path, name: str, known: Known = frozenset()) -> File:
    """The file `name` under `root`. Raises ContentError with the line of what cannot be read.

    `known` are files that were loaded before: YAML's quick reader, which a hostile file could
    bring down, is for those.
    """
    file = Path(name)
    try:
        raw = (root / file).read_bytes()
    except OSError as error:
        raise ContentError([f"{file}: cannot be read: {error.strerror}."]) from error
    quick = (name, digest(raw)) in known
    return parsed(name, raw, yaml.CSafeLoader if quick else yaml.SafeLoader)


def parsed(name: str, raw: bytes, loader: Any = yaml.SafeLoader) -> File:
    """What `raw`, the bytes of the file `name`, says. Raises ContentError."""
    file = Path(name)
    if len(raw) > MAX_BYTES:
        raise ContentError([f"{file}: has over {MAX_BYTES:,} bytes."])
    try:
        node = yaml.compose(raw.decode("utf-8-sig"), Loader=loader)
        lines: dict[Key, int] = {}
        data = Builder(file, lines).build(node, ()) if node else None
    except UnicodeDecodeError as error:
        raise ContentError([f"{file}: is not UTF-8 at byte {error.start}."]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ContentError([located(file, line, (), f"not YAML: {error.problem}.")]) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ContentError([located(file, 0, (), f"not YAML: {error}.")]) from error
    return File(file, data, raw, digest(raw), lines)


class Builder:
    """Plain Python data from YAML nodes, with the line of each."""

    def __init__(self, file: Path, lines: dict[Key, int]) -> None:
        self.file = file
        self.lines = lines
        self.scalars = yaml.SafeLoader("")
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, path: Key) -> Any:
        if id(node) in self.seen:  # an alias: ten lines of them can mean a billion values
            line = node.start_mark.line + 1
            raise ContentError([located(self.file, line, path, "write it out; no aliases here.")])
        self.seen.add(id(node))
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
        return self.scalars.construct_object(node)

    def mapping(self, node: yaml.MappingNode, path: Key) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in data:
                line = key_node.start_mark.line + 1
                raise ContentError([located(self.file, line, (*path, key), "stands here twice.")])
            data[key] = self.build(value_node, (*path, key))
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return data
