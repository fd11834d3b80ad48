from functools import cache

from lucide import _render_icon


@cache
def icon(name: str, size: int = 20) -> str:
    """The Lucide icon `name` as inline SVG, kept: lucide parses its XML at every call.

    Raises lucide.IconDoesNotExist.
    """
    svg = _render_icon(name, size, **{"class": "icon", "aria-hidden": "true"})
    return "".join(line.strip() for line in svg.splitlines())
