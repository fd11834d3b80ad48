"""The pictures of a course's folder: described by images.yaml, each a file beside it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from courses.content.files import PICTURES, File, digest, is_picture, pictures
from courses.content.problems import ContentError, Problem
from courses.content.saving import Changes
from courses.images.encoding import MOST_BYTES
from courses.images.library import load_image
from courses.images.picture import PictureError
from courses.models import Course, Image


def path_of(row: Mapping[str, Any]) -> str:
    return f"{PICTURES}/{row['name']}.{row['format']}"


def read_pictures(root: Path, images: File | None, lines: list[str]) -> dict[str, File]:
    """The files of the pictures that images.yaml lists; adds to `lines` what is wrong with them."""
    rows = images.data["images"] if images else []
    found: dict[str, File] = {}
    for at, row in enumerate(rows):
        file = root / path_of(row)
        if images and not file.is_file():
            lines.append(images.says(Problem(("images", at), f"there is no file {path_of(row)}.")))
        elif file.stat().st_size > MOST_BYTES:
            lines.append(f"{path_of(row)}: has over {MOST_BYTES:,} bytes.")
        else:
            raw = file.read_bytes()
            found[path_of(row)] = File(Path(path_of(row)), None, raw, digest(raw), {})
    listed = {path_of(row) for row in rows}
    there = [file.relative_to(root).as_posix() for file in pictures(root)]
    lines += [
        f"{name}: is not in images.yaml; list it there or take the file away."
        for name in there
        if name not in listed
    ]
    return found


def bring_pictures(
    course: Course, rows: list[dict[str, Any]], files: Mapping[str, File], now: datetime
) -> Changes:
    """The pictures that are not in the library yet, and the descriptions of the others.

    What is no longer listed stays in the library: an earlier version may show it. Raises
    ContentError for a picture that is another than the one of its name.
    """
    known = {f"{PICTURES}/{image}": image for image in Image.objects.filter(course=course)}
    for name, file in files.items():
        if is_picture(name) and name in known and known[name].digest != file.digest:
            message = "the library has another picture of this name; give this one a new name."
            raise ContentError([f"{name}: {message}"])
    changes = Changes()
    for row in rows:
        name = path_of(row)
        if name not in known:
            check_free(course, row["name"], files[name])
        try:
            image = load_image(
                course=course, data=files[name].raw, alt=row["alt"], name=row["name"], now=now
            )
        except PictureError as error:
            raise ContentError([f"{name}: {error}"]) from error
        if image.format != row["format"]:
            message = f"holds a picture of the format {image.format}, not {row['format']}."
            raise ContentError([f"{name}: {message}"])
        changes += Changes(
            created=int(name not in known),
            updated=int(name in known and known[name].alt != row["alt"]),
        )
    return changes


def check_free(course: Course, name: str, file: File) -> None:
    """A picture has one name, and a name one picture, on the whole site."""
    if Image.objects.filter(name=name).exists():
        raise ContentError([f"{file.file}: another picture on this site has this name."])
    same = Image.objects.filter(course=course, digest=file.digest).first()
    if same:
        raise ContentError([f"{file.file}: is in the library as {same} already."])


def stored_pictures(course: Course) -> dict[str, bytes]:
    """The bytes of every picture in the library, by the name of its file."""
    found: dict[str, bytes] = {}
    for image in Image.objects.filter(course=course).order_by("name"):
        with image.file.open() as opened:
            found[f"{PICTURES}/{image}"] = opened.read()
    return found
