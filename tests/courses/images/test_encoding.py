import struct
from contextlib import suppress
from io import BytesIO
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from courses.images import encoding
from courses.images.encoding import encoded, examined
from courses.images.picture import PictureError
from tests.courses.images.pictures import commented_png, photo, saved


@pytest.mark.parametrize(
    ("sent", "kept"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp"), ("GIF", "png")]
)
def test_a_picture_is_kept_in_its_format(sent: str, kept: str) -> None:
    picture = encoded(saved(sent))
    assert (picture.format, picture.width, picture.height) == (kept, 4, 3)
    assert Pillow.open(BytesIO(picture.data)).convert("RGB").getpixel((1, 1))[0] > 250  # type: ignore[index]


def test_a_photo_stands_upright_and_tells_nothing_of_the_camera() -> None:
    picture = encoded(photo())
    again = Pillow.open(BytesIO(picture.data))
    assert (picture.width, picture.height) == (20, 40)
    assert (dict(again.getexif()), again.info.get("comment")) == ({}, None)
    assert b"Secret" not in picture.data


@pytest.mark.parametrize("data", [commented_png(), saved("PNG") + b"<script>alert(1)</script>"])
def test_only_pixels_are_kept(data: bytes) -> None:
    assert {b"Secret" in data, b"<script>" in data} == {True, False}
    assert encoded(data).data == encoded(saved("PNG")).data


def test_what_lets_shine_through_still_does() -> None:
    clear = encoded(saved("PNG", mode="RGBA"))
    assert Pillow.open(BytesIO(clear.data)).mode == "RGBA"


def test_a_wide_picture_is_made_smaller() -> None:
    picture = encoded(saved("PNG", (4000, 100)))
    assert (picture.width, picture.height) == (2000, 50)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no picture"),
        (b"GIF89a", "no picture"),
        (b"<html>", "a drawing begins with <svg"),
        (saved("PNG", (400, 300))[:-60], "damaged"),
        (saved("BMP"), "no picture"),
        (saved("TIFF"), "no picture"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(PictureError, match=words):
        encoded(data)


def header(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds nothing."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


@pytest.mark.parametrize(
    ("width", "height", "words"),
    [
        (7000, 7000, "40 million pixels"),
        (20_000, 20_000, "40 million pixels"),  # over Pillow's own bound, too
        (2**31 - 1, 2**31 - 1, "40 million pixels"),
        (1, 16_001, "16000 pixels high"),
    ],
)
def test_a_picture_that_would_unpack_to_much_is_refused(
    width: int, height: int, words: str
) -> None:
    for read in (encoded, examined):
        with pytest.raises(PictureError, match=words):
            read(header(width, height))


def test_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MOST_PIXELS", 11)
    with pytest.raises(PictureError, match="pixels"):
        encoded(saved("PNG"))
    monkeypatch.setattr(encoding, "MOST_BYTES", 10)
    with pytest.raises(PictureError, match="MB"):
        encoded(saved("PNG"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 60))
def test_damaged_bytes_are_a_picture_or_refused(junk: bytes, cut: int) -> None:
    whole = saved("WEBP")
    data = whole[:cut] + junk + whole[cut:]
    with suppress(PictureError):
        assert encoded(data).format in ("png", "jpg", "webp")


def test_a_picture_of_the_files_is_kept_byte_for_byte() -> None:
    ours = encoded(saved("PNG"))
    assert examined(ours.data) == ours


@pytest.mark.parametrize("data", [photo(), saved("GIF"), saved("PNG", (2001, 1))])
def test_a_picture_that_was_not_written_here_is_no_picture_of_the_files(data: bytes) -> None:
    with pytest.raises(PictureError):
        examined(data)
