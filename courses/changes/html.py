"""HTML of our renderer as a small tree that gives back its source exactly. Pure.

Not a parser of whatever HTML: what comes out of the sanitiser is whole, each element closed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*)((?:"[^"]*+"|'[^']*+'|[^"'<>])*+)>""")
ATTRIBUTE = re.compile(r"""(\s)([\w:-]+)=("[^"]*+"|'[^']*+')""")
VOID = frozenset({"br", "hr", "img"})
INLINE = frozenset("a abbr br code del em img math span strong sub sup svg".split())
# Links stand in a sentence; these stand for themselves and are taken as they are.
WHOLE = frozenset("br img math svg".split())
DEEPEST = 200


class NotOursError(ValueError):
    """The HTML is none that our renderer makes."""


@dataclass(slots=True, eq=False)
class Element:
    """`open` and `close` are its tags as they stand in the source."""

    tag: str
    open: str
    close: str = ""
    children: "list[Node]" = field(default_factory=list)
    html: str = ""

    @property
    def bare(self) -> str:
        """Its opening tag without the anchor, which changes with the words of a heading."""
        return without(self.open, is_id)


@dataclass(slots=True, eq=False)
class Text:
    html: str


Node = Element | Text


def parse(html: str) -> list[Node]:
    """The nodes at the top. Raises NotOursError where a tag is left open or closes nothing."""
    root = Element("", "")
    path = [root]
    at = 0
    for found in TAG.finditer(html):
        if found.start() > at:
            path[-1].children.append(Text(html[at : found.start()]))
        at = found.end()
        place(path, found)
    if len(path) > 1:
        raise NotOursError(f"<{path[-1].tag}> is left open.")
    if at < len(html):
        root.children.append(Text(html[at:]))
    return root.children


def place(path: list[Element], found: re.Match[str]) -> None:
    """Put a tag at the end of `path`, the elements that are open."""
    tag = found[2]
    if found[1]:
        if path[-1].tag != tag or len(path) == 1:
            raise NotOursError(f"</{tag}> closes nothing.")
        element = path.pop()
        element.close = found[0]
        inner = "".join([node.html for node in element.children])
        element.html = f"{element.open}{inner}{element.close}"
        return
    element = Element(tag, found[0])
    path[-1].children.append(element)
    if tag in VOID or found[3].endswith("/"):
        element.html = found[0]
    else:
        path.append(element)
    if len(path) > DEEPEST:
        raise NotOursError("The elements nest too deep.")


def is_inline(node: Node) -> bool:
    return isinstance(node, Text) or node.tag in INLINE


def is_blank(node: Node) -> bool:
    return isinstance(node, Text) and not node.html.strip()


def without(opening: str, unwanted: Callable[[str, str], bool]) -> str:
    """An opening tag without the attributes that are `unwanted`, told by name and value."""
    return ATTRIBUTE.sub(
        lambda found: "" if unwanted(found[2], found[3][1:-1]) else found[0], opening
    )


def is_id(name: str, value: str) -> bool:
    return name == "id"


def bygone(node: Node) -> str:
    """`node` as it may stand in what was removed: without anchors, and without links to follow."""
    if isinstance(node, Text) or node.tag in WHOLE:
        return node.html
    inner = "".join([bygone(child) for child in node.children])
    return inner if node.tag == "a" else f"{node.bare}{inner}{node.close}"


def elements(nodes: list[Node]) -> Iterator[Element]:
    return (node for node in nodes if isinstance(node, Element))
