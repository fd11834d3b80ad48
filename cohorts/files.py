"""Which files people may hand in, and what is looked at before one is kept. Knows no database.

Nothing here makes a file safe to open: it is what it says it is, and it is only ever sent as a
download (`cohorts.views.work_files`).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

PLAIN = "text/plain; charset=utf-8"
OTHER = "application/octet-stream"
CHUNK = 2**16
# JSON takes up to twenty times its size in memory: above this, only its ends are looked at.
MOST_PARSED = 5 * 2**20
MOST_CHARACTERS = 120
# Characters that some system cannot have in the name of a file.
AWKWARD = re.compile(r'[<>:"|?*]')


class FileError(Exception):
    """A file that is not taken; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Type:
    """`agrees` says whether a file's content is what its extension says."""

    content_type: str
    agrees: Callable[[BinaryIO], bool]


def starting(*magic: bytes) -> Callable[[BinaryIO], bool]:
    def agrees(file: BinaryIO) -> bool:
        file.seek(0)
        return file.read(16).startswith(magic)

    return agrees


def is_pdf(file: BinaryIO) -> bool:
    """The mark may stand anywhere in the first kilobyte."""
    file.seek(0)
    return b"%PDF-" in file.read(1024)


def is_webp(file: BinaryIO) -> bool:
    file.seek(0)
    head = file.read(12)
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"


def packed_with(part: bytes) -> Callable[[BinaryIO], bool]:
    """A zip archive in which something has `part` in its name; its list stands at the end."""

    def agrees(file: BinaryIO) -> bool:
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":
            return False
        end = file.seek(0, 2)
        file.seek(max(0, end - 2**20))
        return part in file.read()

    return agrees


def is_text(file: BinaryIO) -> bool:
    """UTF-8 or one of the Latin encodings: anything without a NUL."""
    file.seek(0)
    return all(b"\0" not in chunk for chunk in chunks(file))


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """From where it stands."""
    return iter(lambda: file.read(CHUNK), b"")


def is_json(file: BinaryIO) -> bool:
    if not is_text(file):
        return False
    if file.seek(0, 2) > MOST_PARSED:
        return has_ends_of_json(file)
    try:
        parsed(file)
    except (ValueError, RecursionError):
        return False
    return True


def has_ends_of_json(file: BinaryIO) -> bool:
    file.seek(0)
    head = file.read(CHUNK).strip()[:1]
    file.seek(-CHUNK, 2)
    return head + file.read().strip()[-1:] in {b"{}", b"[]"}


def parsed(file: BinaryIO) -> object:
    file.seek(0)
    return json.loads(file.read())


def is_notebook(file: BinaryIO) -> bool:
    """JSON with cells, or with the worksheets of the format's third version."""
    if not is_json(file):
        return False
    if file.seek(0, 2) > MOST_PARSED:
        return True
    found = parsed(file)
    return isinstance(found, dict) and bool({"cells", "worksheets"} & found.keys())


TEXTS = "txt md rst tex py r sql csv tsv yaml yml toml log".split()
TYPES: Mapping[str, Type] = {
    "pdf": Type("application/pdf", is_pdf),
    **{extension: Type(PLAIN, is_text) for extension in TEXTS},
    "ipynb": Type(PLAIN, is_notebook),
    "json": Type(PLAIN, is_json),
    "zip": Type("application/zip", starting(b"PK\x03\x04", b"PK\x05\x06")),
    "png": Type("image/png", starting(b"\x89PNG\r\n\x1a\n")),
    "jpg": Type("image/jpeg", starting(b"\xff\xd8\xff")),
    "jpeg": Type("image/jpeg", starting(b"\xff\xd8\xff")),
    "gif": Type("image/gif", starting(b"GIF87a", b"GIF89a")),
    "webp": Type("image/webp", is_webp),
    "docx": Type(OTHER, packed_with(b"word/")),
    "xlsx": Type(OTHER, packed_with(b"xl/")),
    "pptx": Type(OTHER, packed_with(b"ppt/")),
    "odt": Type(OTHER, packed_with(b"content.xml")),
}


def extension_of(name: str) -> str:
    return PurePosixPath(name).suffix[1:].lower()


def content_type_of(name: str) -> str:
    """Never one that a browser would run or render as a page."""
    known = TYPES.get(extension_of(name))
    return known.content_type if known else OTHER


def clean_name(name: str) -> str:
    """`name` without path, control characters and marks that turn its reading round; not empty.

    Its extension stays, in lower case, however long the rest was.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign if sign.isprintable() else " " for sign in last)
    plain = AWKWARD.sub("_", " ".join(seen.split())).strip(". ")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        return plain[:MOST_CHARACTERS] or "file"
    kept = extension.lower()[:16]
    return f"{stem[: MOST_CHARACTERS - len(kept) - 1].rstrip('. ') or 'file'}.{kept}"


def check(file: BinaryIO, name: str, *, size: int, types: set[str], most_bytes: int) -> None:
    """Raises FileError where the file is not of one of `types` (extensions), too large, empty, or
    its content is not what its extension says. Reads all of a text, and the ends of the rest."""
    extension = extension_of(name)
    if extension not in types or extension not in TYPES:
        taken = ", ".join(one for one in TYPES if one in types)
        said = _("%(name)s is not taken. Choose one of: %(taken)s.")
        raise FileError(said % {"name": name, "taken": taken})
    if size > most_bytes:
        most = most_bytes // 2**20
        raise FileError(_("%(name)s is larger than %(most)d MB.") % {"name": name, "most": most})
    if not size:
        raise FileError(_("%(name)s is empty. Choose it again.") % {"name": name})
    if not TYPES[extension].agrees(file):
        raise FileError(
            _("%(name)s is no %(extension)s file inside. Save it as one, and choose it again.")
            % {"name": name, "extension": extension}
        )


def digest(file: BinaryIO) -> str:
    file.seek(0)
    found = hashlib.sha256()
    for chunk in chunks(file):
        found.update(chunk)
    return found.hexdigest()
