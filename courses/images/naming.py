"""The names of pictures: what one shows, how large it is, and a piece of its digest.

Pure. The size lets a page leave the right room before the picture has come; the digest makes a name
mean one picture for ever, which nobody guesses before it is shown.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.utils.text import slugify

LONGEST = 48
NAME = r"[a-z0-9-]+-(?P<width>\d{1,5})x(?P<height>\d{1,5})-[0-9a-f]{8}"
ADDRESS = re.compile(rf"^/images/{NAME}\.(?:png|jpg|webp|svg)$")
SHOWN = re.compile(rf"/images/({NAME})\.(?:png|jpg|webp|svg)")


def name_for(filename: str, width: int, height: int, digest: str) -> str:
    """Such as `attention-heads-1200x800-3fa9c1d2`, from `Attention heads.PNG`."""
    said = slugify(PurePosixPath(filename.replace("\\", "/")).stem)[:LONGEST].strip("-_")
    return f"{said.replace('_', '-') or 'picture'}-{width}x{height}-{digest[:8]}"


def size_in(address: str) -> tuple[str, str] | None:
    """The width and height that the address of a picture of ours tells."""
    found = ADDRESS.match(address)
    return (found["width"], found["height"]) if found else None


def shown_in(text: str) -> Iterator[str]:
    """The names of the pictures that `text` names, as often as it does."""
    return (found[1] for found in SHOWN.finditer(text))
