"""The folder that a course is exported to: what is to change in it, and changing it safely."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from courses.content.files import digests
from courses.content.normal import COURSE


class FolderError(Exception):
    """The folder cannot be written to; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The names of files; `problems` are why some of them could not be loaded again."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    problems: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        return bool(self.written or self.removed)


def planned(
    folder: Path,
    slug: str,
    files: Mapping[str, bytes],
    known: Mapping[str, str],
    *,
    overwrite: bool,
) -> Plan:
    """What has to change in `folder` for it to hold `files` and no other file of a course.

    `known` are the digests of the files as they were last loaded or exported. Raises FolderError
    for a folder of something else, and unless `overwrite` for one with changes not yet loaded.
    """
    check_owner(folder, slug)
    for name in files:
        check_way(folder, name)
    there = digests(folder) if folder.exists() else {}
    same = [name for name, raw in files.items() if name in there and is_same(folder / name, raw)]
    removed = [name for name in there if name not in files]
    written = [name for name in files if name not in same]
    lost = [
        name for name in (*written, *removed) if name in there and there[name] != known.get(name)
    ]
    if lost and not overwrite:
        raise FolderError(
            "These files have changes that were never loaded:\n"
            + "".join(f"  {name}\n" for name in lost)
            + "Load them first, or write over them with --overwrite."
        )
    return Plan(tuple(written), tuple(same), tuple(removed))


def is_same(file: Path, raw: bytes) -> bool:
    return file.stat().st_size == len(raw) and file.read_bytes() == raw


def check_owner(folder: Path, slug: str) -> None:
    if folder.is_symlink() and not folder.exists():
        raise FolderError(f"{folder} is a link that leads nowhere. Name a folder.")
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file. Name a folder.")
    if not folder.exists() or not any(one.name[0] != "." for one in folder.iterdir()):
        return
    if slug_in(folder / COURSE) != slug:
        raise FolderError(
            f"{folder} has other things in it than the course “{slug}”. Name an empty folder, a "
            "new one, or the one that the course was loaded from."
        )


def check_way(folder: Path, name: str) -> None:
    """That a file called `name` has its place in `folder`, and not where a link leads."""
    parent, file = (folder / name).parent, folder / name
    if parent != folder and parent.is_symlink():
        raise FolderError(f"{parent} is a link to another folder. Take it away, then try again.")
    if parent != folder and parent.exists() and not parent.is_dir():
        raise FolderError(f"{parent} is a file, and a folder is needed there. Take it away.")
    if file.is_dir():
        raise FolderError(f"{file} is a folder, and a file is needed there. Take it away.")


def slug_in(file: Path) -> str | None:
    """The slug that a course.yaml says; None where there is none to be read."""
    try:
        data = yaml.safe_load(file.read_bytes())
    except (OSError, yaml.YAMLError, ValueError, RecursionError):
        return None
    slug = data.get("slug") if isinstance(data, dict) else None
    return slug if isinstance(slug, str) else None


def put(folder: Path, plan: Plan, files: Mapping[str, bytes]) -> None:
    """Do what `plan` says. Every file is whole at any moment, the old one or the new one."""
    if not plan.changes:
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name in plan.written:
            write(made / name, files[name])
        for name in plan.written:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(made / name, folder / name)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for name in plan.removed:
        (folder / name).unlink()
        if not any((folder / name).parent.iterdir()):
            (folder / name).parent.rmdir()


def write(file: Path, raw: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        opened.write(raw)
        opened.flush()
        os.fsync(opened.fileno())
