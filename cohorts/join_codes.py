"""Join codes: how they are made, written, read and drawn. Pure."""

from random import Random
from typing import Final

import segno

LENGTH: Final = 8
# Of signs that look alike, one is used, and whoever types another means it.
READ_AS: Final = {"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "U": "V"}
ALPHABET: Final = "".join(
    sign for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if sign not in READ_AS
)
LOOK_ALIKES: Final = str.maketrans(READ_AS)


def new_code(rng: Random) -> str:
    """Eight signs, one of 28⁸ ≈ 3.8 × 10¹¹ codes."""
    return "".join(rng.choices(ALPHABET, k=LENGTH))


def read(typed: str) -> tuple[str, str]:
    """What `typed` can mean: as it stands, without spaces and dashes, and with what looks alike
    read as the sign that codes are made of."""
    plain = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return plain, plain.translate(LOOK_ALIKES)


def shown(code: str) -> str:
    """`ABCD2345` as ABCD-2345."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def picture(link: str) -> str:
    """The QR code of `link` as SVG, black on white, with the margin that readers need.

    It repairs itself where up to 15% cannot be seen. Attributes only, so that a strict content
    security policy lets it through.
    """
    drawn: str = segno.make(link, error="m", micro=False).svg_inline(
        omitsize=True, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return drawn
