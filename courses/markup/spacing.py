"""The spaces in a formula, where MathML alone has them otherwise than print. Pure.

After the TeXbook, chapter 18: a sign without a left side is no operator between two, and a named
function keeps a thin space to what it stands beside, but not to a bracket.
"""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

THIN = "0.167em"
NO_SPACE = {"lspace": "0", "rspace": "0"}

NAME = re.compile(r"[^\W\d_]{2,}(?:\s[^\W\d_]+)*")
# Names of operators, which stand between two things.
BETWEEN = frozenset({"mod"})
# Names that a sign may follow: what is under them stands for their brackets.
LIMITED = frozenset(
    {"max", "min", "sup", "inf", "lim", "arg\N{THIN SPACE}max", "arg\N{THIN SPACE}min"}
)
SIGNS = frozenset("+-−±∓")
OPENING = frozenset("([{⟨⌈⌊")
# What ends an operand, although the converter may call it an operator.
CLOSING = frozenset(")]}⟩⌉⌋!%′″…⋯⋮∞⊤°∅")
BARS = frozenset("|‖∥")
TIGHT = BARS | frozenset("/∂∇")
# What stands before that on which it works.
BEFORE = BARS | frozenset("∂∇¬∑∏∫∬∭∮⋃⋂")

LIMITS = frozenset({"munder", "mover", "munderover"})
SCRIPTS = LIMITS | {"msub", "msup", "msubsup"}
ROWS = frozenset({"math", "mrow", "mtd", "mstyle", "msqrt", "mpadded", "mphantom", "menclose"})


def space(root: Element) -> None:
    """Set the spaces in the tree `root`, which the converter made of LaTeX, in place."""
    for element in list(root.iter()):
        rename(element)
    for element in list(root.iter()):
        if element.tag in ROWS:
            sign(list(element))
            element[:] = list(with_spaces(list(element)))


def rename(element: Element) -> None:
    """Names become names, which have no spaces of their own, and ± an operator, which has."""
    if element.tag in LIMITS and "movablelimits" in element[0].attrib:
        # As an operator it has its limits beside it in a line and under it elsewhere.
        element[0].attrib |= NO_SPACE
    elif element.tag == "mo" and is_name(element) and "lspace" not in element.attrib:
        element.tag = "mi"
        element.attrib.pop("movablelimits", None)
    elif element.tag == "mi" and element.text in SIGNS:
        element.tag = "mo"
    elif element.tag == "mo" and element.text in TIGHT:
        element.attrib |= NO_SPACE


def sign(row: Sequence[Element]) -> None:
    """Mark each sign of `row` that has no left side. Of one at its start a browser knows it."""
    left: Element | None = None
    bars = 0
    for place, element in enumerate(row):
        if element.tag == "mspace":
            continue
        if place and is_sign(element) and not ends_operand(left, bars):
            element.set("form", "prefix")
        bars += is_bar(element)
        left = element


def ends_operand(element: Element | None, bars: int) -> bool:
    """Whether a sign after `element` has a left side; `bars` of its row have come until then."""
    if element is None:
        return False
    kernel = base(element)
    text = kernel.text or ""
    if is_name(kernel):
        return text not in LIMITED
    if is_bar(element):
        return bars % 2 == 0
    if kernel.tag == "mo":
        return text in CLOSING or kernel.get("form") == "postfix"
    return text not in OPENING


def with_spaces(row: Sequence[Element]) -> Iterator[Element]:
    """`row` with thin spaces on both sides of each function where its neighbour needs one."""
    bars = 0
    for place, element in enumerate(row):
        left = row[place - 1] if place else None
        if left is not None and is_apart(left, element, bars):
            yield Element("mspace", {"width": THIN})
        yield element
        bars += is_bar(element)


def is_apart(left: Element, right: Element, bars: int) -> bool:
    """Whether a function among the two keeps a space to the other; for `bars` see above."""
    if {left.tag, right.tag} & {"mspace", "mtext"}:
        return False
    if is_function(right):
        return is_function(left) or ends_operand(left, bars)
    return is_function(left) and begins_operand(right)


def begins_operand(element: Element) -> bool:
    kernel = first(element)
    text = kernel.text or ""
    if text in OPENING | CLOSING:
        return False
    if kernel.tag == "mo":
        return kernel.get("form") == "prefix" or text in BEFORE
    return True


def first(element: Element) -> Element:
    """What a reader sees first of it, where that is a bracket or a sign."""
    while element.tag in SCRIPTS | ROWS and len(element):
        element = element[0]
    return element


def base(element: Element) -> Element:
    """`element` without its sub- and superscripts and limits."""
    while element.tag in SCRIPTS and len(element):
        element = element[0]
    return element


def is_function(element: Element) -> bool:
    """Whether it is the name of a function, with or without scripts."""
    kernel = base(element)
    return kernel.tag in {"mi", "mo"} and is_name(kernel)


def is_name(element: Element) -> bool:
    text = element.text or ""
    return text not in BETWEEN and NAME.fullmatch(text) is not None


def is_sign(element: Element) -> bool:
    return element.tag == "mo" and element.text in SIGNS


def is_bar(element: Element) -> bool:
    return base(element).text in BARS
