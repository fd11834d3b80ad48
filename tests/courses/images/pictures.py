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


def drawn(inside: str = '<rect width="4" height="3"/>') -> bytes:
    """A drawing with something in it, on its second line."""
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3" width="4" height="3">'
    return f"{start}\n{inside}\n</svg>\n".encode()


def hostile_drawing() -> bytes:
    """One that runs what it can, and asks of other hosts, wherever it is let."""
    ran = "document.documentElement.id=1"
    inside = f"""<script>{ran}</script>
<a href="javascript:{ran}"><rect width="4" height="3"/></a>
<style>@import url(https://example.org/a.css);
rect {{ fill: url(https://example.org/b.svg#c) }}</style>
<image href="https://example.org/c.png" onerror="{ran}" width="4" height="3"/>
<animate attributeName="x" dur="1s" onbegin="{ran}"/>
<set attributeName="y" to="1" onbegin="{ran}"/>
<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"
 srcdoc="&lt;script>top.{ran}&lt;/script>"/></foreignObject>
<use href="https://example.org/d.svg#e"/>"""
    return drawn(inside).replace(b"<svg ", f'<svg onload="{ran}" '.encode(), 1)
