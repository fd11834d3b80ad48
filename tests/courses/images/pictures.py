"""Pictures as people would send them."""

from io import BytesIO
from typing import Any

from PIL import Image as Pillow
from PIL import PngImagePlugin

CAMERA, TURNED, ORIENTATION = 271, 6, 274


def saved(format: str, size: tuple[int, int] = (4, 3), mode: str = "RGB", **more: Any) -> bytes:  # noqa: A002
    held = BytesIO()
    Pillow.new(mode, size, "red" if mode == "RGB" else None).save(held, format, **more)
    return held.getvalue()


def photo() -> bytes:
    """A JPEG that says which camera took it, lying on its side."""
    exif = Pillow.Exif()
    exif[CAMERA] = "Secret camera"
    exif[ORIENTATION] = TURNED
    return saved("JPEG", (40, 20), exif=exif, comment=b"made at home")


def commented_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Secret author")
    return saved("PNG", pnginfo=info)
