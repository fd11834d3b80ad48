"""The changed words in a line of HTML: text, links, emphasis, formulas. Pure.

A line is cut into words, each with the elements that it stands in. What is marked lies inside all
elements of the new text, so that none is ever divided.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from courses.changes.aligning import Step, ahead, align, joined, readable
from courses.changes.html import WHOLE, Element, Node, Text, bygone
from courses.changes.words import TOKEN, weight

ENTITY = re.compile(r"&(?:#\w+|\w+);")
PIECE = re.compile(rf"{ENTITY.pattern}|{TOKEN.pattern}")
# To a reader a formula or a picture is as much as a long word.
WEIGHT_OF_WHOLE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word, or what stands for itself; `path` are the elements around it, the outermost first."""

    html: str
    path: tuple[Element, ...]
    key: Hashable
    weight: int
    bygone: str


def marked_line(before: Sequence[Node], after: Sequence[Node], rate: float, *, code: bool) -> str:
    """`after` with its changes marked. In `code` each space counts.

    `rate` is how many seconds a character may take.
    """
    old, new = list(tokens(before, (), code)), list(tokens(after, (), code))
    keys = [token.key for token in old], [token.key for token in new]
    steps = align(*keys, rate * sum(len(token.html) for token in (*old, *new)))
    steps = joined(readable(steps, lambda i: old[i].weight, lambda j: new[j].weight))
    writer = Writer(new)
    for step in steps:
        writer.write(step, old)
    return writer.finish()


def tokens(nodes: Iterable[Node], path: tuple[Element, ...], code: bool) -> Iterator[Token]:
    for node in nodes:
        if isinstance(node, Text):
            yield from tokens_of_text(node.html, path, code)
        elif is_whole(node, code):
            plain = bygone(node)
            yield Token(node.html, path, (plain, links(path)), WEIGHT_OF_WHOLE, plain)
        else:
            yield from tokens(node.children, (*path, node), code)


def tokens_of_text(html: str, path: tuple[Element, ...], code: bool) -> Iterator[Token]:
    around = links(path)
    for piece in PIECE.findall(html):
        # In text a line may be broken elsewhere without a change.
        key = " " if piece.isspace() and not code else piece
        heavy = 0 if ENTITY.fullmatch(piece) else weight(piece)
        yield Token(piece, path, (key, around), heavy, piece)


def is_whole(element: Element, code: bool) -> bool:
    """Whether it is marked as one: a picture, a formula, a note’s number, code in a sentence."""
    if element.tag in WHOLE or not has_text(element):
        return True
    return element.tag in {"code", "sup"} and not code


def has_text(element: Element) -> bool:
    return any(
        bool(node.html) if isinstance(node, Text) else node.tag in WHOLE or has_text(node)
        for node in element.children
    )


def links(path: tuple[Element, ...]) -> tuple[str, ...]:
    """What a word owes to the elements around it; the colours of code are nothing."""
    return tuple(element.bare for element in path if element.tag != "span")


class Writer:
    """Writes the new tokens with their elements, and the removed ones where they had been."""

    def __init__(self, new: list[Token]) -> None:
        self.new = new
        self.html: list[str] = []
        self.open: list[Element] = []

    def write(self, step: Step, old: list[Token]) -> None:
        if step.same:
            for at in step.after:
                self.go_to(self.new[at].path)
                self.html.append(self.new[at].html)
            return
        if step.before:
            self.remove([old[at] for at in step.before], step.after.start)
        self.add([self.new[at] for at in step.after])

    def go_to(self, path: Sequence[Element]) -> None:
        """Close and open elements until just those of `path` are open."""
        stay = ahead(self.open, path)
        self.close_to(stay)
        for element in path[stay:]:
            self.html.append(element.open)
            self.open.append(element)

    def close_to(self, depth: int) -> None:
        while len(self.open) > depth:
            self.html.append(self.open.pop().close)

    def add(self, added: list[Token]) -> None:
        while added:
            path = added[0].path
            run = next((n for n, one in enumerate(added) if one.path != path), len(added))
            self.go_to(path)
            self.html.append(f"<ins>{''.join([one.html for one in added[:run]])}</ins>")
            added = added[run:]

    def remove(self, removed: list[Token], following: int) -> None:
        """As deep in the open elements as the removed words stood in their like."""
        path = self.new[following].path if following < len(self.new) else ()
        alike = ahead([one.bare for one in self.open], [one.bare for one in removed[0].path])
        self.close_to(max(ahead(self.open, path), alike))
        here = {element.bare for element in self.open}
        self.html.append(f"<del>{''.join(bygone_line(removed, here))}</del>")

    def finish(self) -> str:
        self.close_to(0)
        return "".join(self.html)


def bygone_line(removed: list[Token], here: set[str]) -> Iterator[str]:
    """The removed words in the elements that they stood in, but links and what is open `here`."""
    path: list[Element] = []
    for token in removed:
        wanted = [one for one in token.path if one.tag != "a" and one.bare not in here]
        stay = ahead(path, wanted)
        yield from (element.close for element in reversed(path[stay:]))
        yield from (element.bare for element in wanted[stay:])
        yield token.bygone
        path = wanted
    yield from (element.close for element in reversed(path))
