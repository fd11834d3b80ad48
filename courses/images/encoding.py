"""A picture from untrusted bytes: its pixels, encoded anew, and nothing else of the file.

Pure. What a camera or an editor wrote beside the pixels (place, time, comments, thumbnails) and
what is hidden behind the end of the picture does not come along.
"""

import warnings
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from courses.images.drawing import examined_drawing, is_drawing
from courses.images.picture import Picture, PictureError

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
WIDEST = 2000
# WebP holds no more, and the name of a picture tells its size in five digits.
HIGHEST = 16_000
# Pillow's names of what is read, and the ending under which each is kept.
FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp", "GIF": "png"}
SAVED: dict[str, dict[str, Any]] = {
    "png": {"format": "PNG", "optimize": True},
    "jpg": {"format": "JPEG", "quality": 86, "optimize": True, "progressive": True},
    "webp": {"format": "WEBP", "quality": 86, "method": 4},
}


def encoded(data: bytes) -> Picture:
    """The picture in `data` encoded anew, upright, at most `WIDEST` pixels wide.

    A drawing stays as it is. Raises PictureError for anything but a PNG, JPEG, WebP, GIF or SVG
    within the bounds; of a moving one the first image is kept.
    """
    if is_drawing(data):
        return examined_drawing(data)
    ending, image = opened(data)
    try:
        image = ImageOps.exif_transpose(image)
        if image.width > WIDEST:
            height = max(1, round(image.height * WIDEST / image.width))
            image = image.resize((WIDEST, height), Pillow.Resampling.LANCZOS)
        bare = in_mode(image, ending)
        kept = BytesIO()
        bare.save(kept, **SAVED[ending])
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise PictureError(_("The picture is damaged. Save it anew and try again.")) from error
    return Picture(ending, kept.getvalue(), bare.width, bare.height)


def examined(data: bytes) -> Picture:
    """The picture in `data` as it is, for files that were written by this site.

    Raises PictureError as `encoded` does, and for a picture that carries more than pixels.
    """
    if is_drawing(data):
        return examined_drawing(data)
    ending, image = opened(data)
    if image.format == "GIF" or image.width > WIDEST:
        raise PictureError(_("The picture is not one that this site wrote."))
    if image.getexif() or {"xmp", "comment", "photoshop", "XML:com.adobe.xmp"} & set(image.info):
        raise PictureError(_("The picture carries data about who made it, or where."))
    return Picture(ending, data, image.width, image.height)


def opened(data: bytes) -> tuple[str, Pillow.Image]:
    """The ending for the picture in `data`, and the picture, read whole."""
    if len(data) > MOST_BYTES:
        raise PictureError(
            _("The picture has over %d MB. Make it smaller.") % (MOST_BYTES // 10**6)
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Pillow.open(BytesIO(data), formats=list(FORMATS))
            refuse_size(image.width, image.height)
            image.load()
    except Pillow.DecompressionBombError as error:  # Pillow's own bound comes before ours
        raise PictureError(too_large()) from error
    except UnidentifiedImageError as error:
        message = _("This is no picture that can be shown here. Save it as PNG, JPEG, WebP or SVG.")
        raise PictureError(message) from error
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError) as error:
        raise PictureError(_("The picture is damaged. Save it anew and try again.")) from error
    return FORMATS[str(image.format)], image


def refuse_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureError(too_large())
    if height > HIGHEST:
        raise PictureError(_("The picture is over %d pixels high. Divide it.") % HIGHEST)


def too_large() -> str:
    return _("The picture has over %d million pixels. Make it smaller.") % (MOST_PIXELS // 10**6)


def in_mode(image: Pillow.Image, ending: str) -> Pillow.Image:
    """`image` in a mode that its format can hold, as a new one that carries nothing along."""
    clear = "A" in image.getbands() or "transparency" in image.info
    if ending == "jpg":
        mode = "L" if image.mode in ("1", "L", "I;16") else "RGB"
    elif clear:
        mode = "RGBA"
    else:
        mode = "L" if image.mode in ("1", "L", "I;16") and ending == "png" else "RGB"
    converted = image.convert(mode)
    bare = Pillow.new(mode, converted.size)
    bare.paste(converted)
    return bare
