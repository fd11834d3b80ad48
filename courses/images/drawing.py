"""Drawings: SVG that can hold nothing but shapes, words and their colours.

Pure. A drawing is kept as it was sent, so what it may say is listed, and everything else is refused
by name and line, never taken out in silence: an editor who drew it should know. The lists hold what
cannot run, load, link or move. Expat reads it; without a DOCTYPE there are no entities to expand.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from courses.images.picture import Picture, PictureError
from courses.images.styles import refused_in_style, refused_in_value

MOST_BYTES = 100_000
MOST_ELEMENTS = 2_000
DEEPEST = 20
# Pixels; a drawing fills the measure of a text, however large it says it is.
LARGEST_SIDE = 2_000
SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(
    "svg title desc defs marker g path rect circle ellipse line polyline polygon text tspan style".split()  # noqa: E501
)
# Words, and rules, stand in these alone; elsewhere only the spaces between elements.
WORDED = frozenset({"title", "desc", "text", "tspan", "style"})
ATTRIBUTES = frozenset(
    # What it is, and to whom
    "id class role aria-hidden aria-labelledby "
    # Geometry
    "viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry dx dy d points "
    "pathLength transform rotate textLength lengthAdjust "
    # Arrows
    "refX refY markerWidth markerHeight markerUnits orient marker-start marker-mid marker-end "
    # Looks
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity color "
    "font-family font-size font-style font-weight letter-spacing text-anchor dominant-baseline "
    "alignment-baseline text-decoration paint-order vector-effect shape-rendering".split()
)
WHOLE = re.compile(r"[1-9]\d{0,3}")
NUMBER = r"-?\d{1,5}(?:\.\d{1,6})?"
BOX = re.compile(rf"{NUMBER}(?:[ ,]+{NUMBER}){{3}}")


def is_drawing(data: bytes) -> bool:
    """Whether it means to be one: no picture of pixels begins as markup does."""
    start = data[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def examined_drawing(data: bytes) -> Picture:
    """The drawing in `data`, as it is, with the width and height that it says.

    Raises PictureError that names the first element, attribute or rule that is not on the lists,
    and its line.
    """
    if len(data) > MOST_BYTES:
        raise PictureError(_("The drawing has over %d kB. Make it simpler.") % (MOST_BYTES // 1000))
    if not is_utf_8(data):
        raise PictureError(_("The drawing is not written in UTF-8. Save it so."))
    reader = Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        message = _("Line %(line)d: the drawing is not well-formed XML (%(why)s).")
        why = expat.errors.messages[error.code]
        raise PictureError(message % {"line": error.lineno, "why": why}) from error
    return Picture("svg", data, *reader.size)


def is_utf_8(data: bytes) -> bool:
    """Without NUL, by which Expat knows UTF-16, whatever it is told."""
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


class Reader:
    """Goes through a drawing once, and stops at the first thing that may not be there."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.elements = 0
        self.size = (0, 0)
        self.style = ""
        # Said here, whatever the first line says; `declared` sees to it that a browser reads it so.
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartCdataSectionHandler = self.cdata
        self.parser.CommentHandler = self.comment
        self.parser.StartNamespaceDeclHandler = self.namespace
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words

    def refuse(self, message: str, **values: Any) -> None:
        line = _("Line %d:") % self.parser.CurrentLineNumber
        raise PictureError(f"{line} {message % values}")

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if version != "1.0" or (encoding or "utf-8").lower() != "utf-8":
            self.refuse(_("a drawing is XML 1.0 in UTF-8, and its first line may say no other."))

    def doctype(self, *_of: Any) -> None:
        self.refuse(_("a drawing may have no DOCTYPE. Take it out."))

    def instruction(self, target: str, data: str) -> None:
        self.refuse(_("<?%(name)s?> may not stand in a drawing."), name=target)

    def cdata(self) -> None:
        self.refuse(_("<![CDATA[ may not stand in a drawing. Write the text without it."))

    def comment(self, text: str) -> None:
        if "<" in text or ">" in text:
            self.refuse(_("a comment in a drawing may not have < or > in it."))

    def namespace(self, prefix: str | None, address: str | None) -> None:
        if prefix or address != SVG:
            name = f"xmlns:{prefix}" if prefix else "xmlns"
            message = _("%(name)s=“%(address)s” may not stand in a drawing.")
            self.refuse(message, name=name, address=address or "")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _gap, tag = name.rpartition(" ")
        if space != SVG or tag not in ELEMENTS or (tag == "svg") != (not self.open):
            self.refuse(self.misplaced(tag), name=tag, svg=SVG)
        self.elements += 1
        self.open.append(tag)
        if self.elements > MOST_ELEMENTS:
            self.refuse(_("the drawing has over %(most)d elements."), most=MOST_ELEMENTS)
        if len(self.open) > DEEPEST:
            self.refuse(_("elements stand over %(most)d deep in each other."), most=DEEPEST)
        if "style" in self.open[:-1]:
            self.refuse(_("<%(name)s> may not stand in <style>."), name=tag)
        for attribute, value in attributes.items():
            self.attribute(tag, attribute, value)
        if tag == "svg":
            self.root(attributes)

    def misplaced(self, tag: str) -> str:
        if not self.open:
            return _("a drawing begins with <svg xmlns=“%(svg)s”>, not with <%(name)s>.")
        if tag == "svg":
            return _("<svg> may not stand in another <svg>.")
        return _("<%(name)s> may not stand in a drawing.")

    def attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES:  # one of another namespace has that before it
            message = _("%(name)s of <%(tag)s> may not stand in a drawing.")
            self.refuse(message, name=name.rpartition(" ")[2], tag=tag)
        if wrong := refused_in_value(value):
            message = _("%(name)s of <%(tag)s> may not say “%(wrong)s”.")
            self.refuse(message, name=name, tag=tag, wrong=wrong)

    def root(self, attributes: Mapping[str, str]) -> None:
        sides = [attributes.get(name, "") for name in ("width", "height")]
        sound = all(WHOLE.fullmatch(side) and int(side) <= LARGEST_SIDE for side in sides)
        if not sound:
            message = _("<svg> needs width and height in whole pixels, up to %(most)d.")
            self.refuse(message, most=LARGEST_SIDE)
        box = attributes.get("viewBox", "").strip()
        if not BOX.fullmatch(box) or min(map(float, re.split("[ ,]+", box)[2:])) <= 0:
            self.refuse(_("<svg> needs a viewBox of four numbers, such as “0 0 440 200”."))
        self.size = (int(sides[0]), int(sides[1]))

    def words(self, text: str) -> None:
        tag = self.open[-1]
        if tag == "style":
            self.style += text
        elif tag not in WORDED and text.strip():
            self.refuse(_("words may not stand in <%(name)s>."), name=tag)

    def end(self, name: str) -> None:
        if self.open.pop() == "style":
            if wrong := refused_in_style(self.style):
                self.refuse(_("<style> may not say “%(wrong)s”."), wrong=wrong)
            self.style = ""
