r"""LaTeX to MathML, put in after sanitising so that authors need no MathML of their own.

pymdownx.arithmatex leaves `<span class="arithmatex">\(…\)</span>` for a formula in a line and
`<div class="arithmatex">\[…\]</div>` for one of its own.
"""

import re
from html import escape, unescape
from xml.etree import ElementTree

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element

from courses.markup.errors import MarkdownError
from courses.markup.spacing import space

# With what a reader takes for one word with it: brackets, quotes, “-means”, a full stop.
INLINE = re.compile(
    r"""((?:[("'\[“‘]){0,3})<span class="arithmatex">\\\((.*?)\\\)</span>"""
    r"""([-–]?\w{0,20}(?:[.,;:!?)"'\]’”…%]){0,5})""",
    re.DOTALL,
)
BLOCK = re.compile(r'<div class="arithmatex">\s*\\\[(.*?)\\\]\s*</div>', re.DOTALL)

GROUPED = re.compile(r"(?<=\d)\{,\}(?=\d)")

MAX_LATEX = 2_000
MAX_DEPTH = 24
# A wider one, in ems, may not fit on the line of a phone.
WIDEST_IN_LINE = 16
SIGN = re.compile(r"<(m[ino]|mtext)\b[^>]*>([^<]+)<")
CLOSE = frozenset("()[]{}|‖,/·")

TAGS = frozenset(
    (
        "math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom "
        "mprescripts mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
        "munderover"
    ).split()
)
ATTRIBUTES = frozenset(
    (
        "accent accentunder columnalign columnlines columnspacing depth dir display displaystyle "
        "fence form height largeop linethickness lspace mathsize mathvariant maxsize minsize "
        "movablelimits notation rowalign rowlines rowspacing rspace scriptlevel separator "
        "stretchy symmetric voffset width"
    ).split()
)
ERRORS: tuple[type[Exception], ...] = (
    *(
        error
        for error in vars(exceptions).values()
        if isinstance(error, type) and issubclass(error, Exception)
    ),
    AttributeError,
    IndexError,
    KeyError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)


def to_mathml(latex: str, *, block: bool) -> str:
    """`latex` as a `<math>` element of tags and attributes on our list.

    Raises MarkdownError for LaTeX that is too long, too deep or not understood.
    """
    # A comma within a number, which as an operator would get a space behind it.
    latex = GROUPED.sub(r"\\text{,}", latex.strip())
    if len(latex) > MAX_LATEX:
        raise MarkdownError(f"A formula is over {MAX_LATEX:,} characters long.")
    if nesting(latex) > MAX_DEPTH:
        raise MarkdownError(f"The formula “{latex[:40]}…” nests over {MAX_DEPTH} levels deep.")
    try:
        root = convert_to_element(latex, display="block" if block else "inline")
    except ERRORS as error:
        raise MarkdownError(
            f"The formula “{latex[:60]}” cannot be read: {type(error).__name__}."
        ) from error
    keep_allowed(root)
    space(root)
    root.attrib.pop("xmlns", None)
    return ElementTree.tostring(root, encoding="unicode")


def nesting(latex: str) -> int:
    r"""How deep braces, \left and \begin nest. Raises MarkdownError where one has no partner."""
    depth = deepest = 0
    for token in re.findall(r"\\left\b|\\right\b|\\begin\b|\\end\b|(?<!\\)[{}]", latex):
        depth += 1 if token in {"{", r"\left", r"\begin"} else -1
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if depth:
        raise MarkdownError(
            f"The formula “{latex[:60]}” opens what it does not close, or the reverse."
        )
    return deepest


def keep_allowed(element: ElementTree.Element) -> None:
    """Unknown tags become rows, unknown attributes go: `\\href` must not make a link."""
    # The converter writes characters as entities, which the serialiser would escape again.
    element.text = unescape(element.text) if element.text else None
    if element.tag not in TAGS:
        element.tag = "mrow"
    for name in set(element.attrib) - ATTRIBUTES - {"xmlns"}:
        del element.attrib[name]
    for index, child in enumerate(element):
        keep_allowed(child)
        if child.tag == "mrow" and len(child) == 1 and not child.attrib:
            element[index] = child[0]


def fill_in(html: str, *, strict: bool) -> str:
    """`html` with its formulas as MathML.

    A formula that cannot be read stays visible as code, or raises MarkdownError when `strict`.
    """

    def formula(latex: str, block: bool) -> str:
        try:
            return to_mathml(unescape(latex), block=block)
        except MarkdownError:
            if strict:
                raise
            return f"<code>{escape(unescape(latex).strip(), quote=False)}</code>"

    html = BLOCK.sub(
        lambda found: (
            '<div class="math" tabindex="0" role="group" aria-label="Formula">'
            f"{formula(found[1], True)}</div>"
        ),
        html,
    )
    return INLINE.sub(lambda found: in_line(found[1], found[3], formula(found[2], False)), html)


def in_line(before: str, after: str, formula: str) -> str:
    """A formula on one line with the signs beside it; a wide one in a frame that scrolls alone."""
    if not formula.startswith("<math"):
        return f"{before}{formula}{after}"
    if about(formula) > WIDEST_IN_LINE:
        frame = '<span class="formula" tabindex="0" role="group" aria-label="Formula">'
        return f"{before}{frame}{formula}</span>{after}"
    if before or after:
        # A browser may break the line on both sides of a formula, before a full stop too.
        return f'<span class="nowrap">{before}{formula}{after}</span>'
    return formula


def about(formula: str) -> float:
    """How wide MathML is in a line, in ems: more than it is where parts stand over one another."""
    return sum(
        0.58 * len(text) if tag != "mo" else 0.45 if text in CLOSE else 1.4
        for tag, text in SIGN.findall(formula)
    )
