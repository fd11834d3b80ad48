"""Rendered HTML with what changed in it marked: blocks are matched first, then words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from courses.changes.aligning import align
from courses.changes.html import (
    TAG,
    Element,
    Node,
    NotOursError,
    bygone,
    elements,
    is_blank,
    is_inline,
    parse,
)
from courses.changes.pairing import pairs_of
from courses.changes.sentences import marked_line

SECONDS = 0.2
WORD = re.compile(r"\w+")
# Where only these may stand, no <ins> or <del> may: what is marked lies inside them.
INSIDE = frozenset("caption dd dt figcaption li td th".split())
PARTS = frozenset("tbody thead tr".split())
# In each figure or table there is one, so they belong together whatever they say.
ONE_OF_A_KIND = frozenset("caption figcaption pre table tbody thead".split())


@dataclass(slots=True, eq=False)
class Block:
    """An element, or a run of text beside elements (`element` is None); `space` comes after it."""

    nodes: list[Node]
    element: Element | None
    html: str
    words: frozenset[str]
    columns: int
    space: str = ""


def marked(before: str, after: str) -> SafeString:
    """`after` with what it adds in <ins> and what it lacks of `before` in <del>.

    Both are HTML of `courses.markdown`. Without each <del> and with what is in each <ins> it is
    `after`; the other way about it reads as `before`. Elements that may stand only in a list or a
    table and were removed keep their place there with the class `was`. Removed content has no
    anchors and no links. Each mark has in `data-said` what to read aloud. Where either is not of
    our renderer, `after` comes back unmarked. Takes less than a second for what the renderer takes.
    """
    if before == after:
        return mark_safe(after)  # noqa: S308  (the renderer's, as all below)
    try:
        old, new = parse(before), parse(after)
    except NotOursError:
        return mark_safe(after)  # noqa: S308
    rate = SECONDS / (len(before) + len(after))
    return mark_safe(spoken("".join(marked_flow(old, new, rate, code=False))))  # noqa: S308


def spoken(html: str) -> str:
    """With a word on each mark: many screen readers pass over <ins> and <del> in silence."""
    for tag, word in (("ins", _("added")), ("del", _("removed"))):
        html = html.replace(f"<{tag}>", f'<{tag} data-said="{escape(word)}">')
    return html


def marked_flow(
    before: Sequence[Node], after: Sequence[Node], rate: float, *, code: bool
) -> Iterator[str]:
    """`rate` is how many seconds a character may take."""
    old, new = list(blocks_of(before)), list(blocks_of(after))
    seconds = rate * sum(len(one.html) for one in (*old, *new))
    for step in align([one.html for one in old], [one.html for one in new], seconds):
        gone, come = of(old, step.before), of(new, step.after)
        if step.same:
            yield from (one.html + one.space for one in come)
            continue
        for a, b in pairs_of(gone, come, likeness):
            yield from marked_pair(a, b, rate, code=code)


def of(blocks: list[Block], places: range) -> list[Block]:
    return blocks[places.start : places.stop]


def blocks_of(nodes: Sequence[Node]) -> Iterator[Block]:
    """The elements of a flow, and the lines of text between them as one each."""
    found: list[Block] = []
    run: list[Node] = []
    for node in [*nodes, None]:
        if node is not None and is_inline(node):
            run.append(node)
            continue
        if run and found and all(is_blank(one) for one in run):
            found[-1].space = "".join([one.html for one in run])
        elif run:
            found.append(block(run, None))
        run = []
        if isinstance(node, Element):
            found.append(block([node], node))
    yield from found


def block(nodes: list[Node], element: Element | None) -> Block:
    html = "".join([node.html for node in nodes])
    # What a formula, a picture or a link says by its attributes counts as little as its tag.
    words = frozenset(WORD.findall(unescape(TAG.sub(" ", html)).lower()))
    first_row = html.partition("</tr>")[0] if element and "</tr>" in html else ""
    return Block(nodes, element, html, words, first_row.count("</td>") + first_row.count("</th>"))


def likeness(old: Block, new: Block) -> float:
    """From 0 to 1: how far one is a new wording of the other (Dice's coefficient of the words)."""
    if old.element is None or new.element is None:
        return float(old.element is new.element)
    if old.element.bare != new.element.bare or old.columns != new.columns:
        return 0.0
    if old.element.tag in ONE_OF_A_KIND:
        return 1.0
    return 2 * len(old.words & new.words) / ((len(old.words) + len(new.words)) or 1)


def marked_pair(old: Block | None, new: Block | None, rate: float, *, code: bool) -> Iterator[str]:
    if new is None:
        yield from removed(old) if old else ()
        return
    if old is None:
        yield from added(new)
    elif old.element is None or new.element is None:
        yield marked_line(old.nodes, new.nodes, rate, code=code)
    else:
        yield from marked_element(old.element, new.element, rate, code or new.element.tag == "pre")
    yield new.space


def marked_element(old: Element, new: Element, rate: float, code: bool) -> Iterator[str]:
    yield new.open
    if new.tag == "tr":
        yield from marked_cells(old, new, rate)
    else:
        yield from marked_flow(old.children, new.children, rate, code=code)
    yield new.close


def marked_cells(old: Element, new: Element, rate: float) -> Iterator[str]:
    """Cell by cell: rows are pairs only where they have as many."""
    cells = elements(old.children)
    for child in new.children:
        if isinstance(child, Element) and (cell := next(cells, None)):
            yield from marked_element(cell, child, rate, code=False)
        else:
            yield child.html


def added(block: Block) -> Iterator[str]:
    if is_blank_block(block):
        yield block.html
    elif block.element and block.element.tag in INSIDE | PARTS:
        yield from added_part(block.element)
    else:
        yield f"<ins>{block.html}</ins>"


def added_part(element: Element) -> Iterator[str]:
    yield element.open
    if element.tag in INSIDE:
        yield f"<ins>{''.join([node.html for node in element.children])}</ins>"
    else:
        for child in element.children:
            yield from added_part(child) if isinstance(child, Element) else [child.html]
    yield element.close


def removed(block: Block) -> Iterator[str]:
    if is_blank_block(block):
        return
    if block.element and block.element.tag in INSIDE | PARTS:
        yield from removed_part(block.element)
    else:
        yield f"<del>{''.join([bygone(node) for node in block.nodes])}</del>"
    yield block.space


def removed_part(element: Element) -> Iterator[str]:
    yield f'<{element.tag} class="was">'
    if element.tag in INSIDE:
        yield f"<del>{''.join([bygone(node) for node in element.children])}</del>"
    else:
        for child in element.children:
            yield from removed_part(child) if isinstance(child, Element) else [child.html]
    yield element.close


def is_blank_block(block: Block) -> bool:
    return all(is_blank(node) for node in block.nodes)
