"""What a picture of the library is, and why one is refused."""

import hashlib
from dataclasses import dataclass


class PictureError(Exception):
    """The bytes are no picture that can be kept; the message says why, to who sent them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`format` is the ending of its name; `width` and `height` are in pixels."""

    format: str
    data: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()
