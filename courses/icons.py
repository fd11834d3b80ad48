from functools import cache

from lucide import _render_icon

# What the stylesheet says of every icon, so that a page with twenty of them need not.
STROKE = (' stroke-width="2"', ' stroke-linecap="round"', ' stroke-linejoin="round"')


@cache
def icon(name: str, size: int = 20) -> str:
    """The Lucide icon `name` as inline SVG, kept: lucide parses its XML at every call.

    Raises lucide.IconDoesNotExist.
    """
    svg = _render_icon(name, size, **{"class": "icon", "aria-hidden": "true"})
    for said in STROKE:
        svg = svg.replace(said, "", 1)
    return "".join(line.strip() for line in svg.splitlines()).replace(" />", "/>")
