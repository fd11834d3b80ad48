from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.images.drawing import examined_drawing, is_drawing
from courses.images.encoding import encoded, examined
from courses.images.picture import PictureError
from tests.courses.images.pictures import drawn, hostile_drawing, saved

KIT = """
svg { --ink: #16211d; --bg: rgb(246 247 243); }
@media (prefers-color-scheme: dark) { svg { --ink: #e8ede9; } }
g > text { font: 500 15px "Atkinson", system-ui; fill: var(--ink); }
.dash { stroke-dasharray: 5 4; } /* waits */
"""
ARROW = """\
<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 200" width="440" height="200" role="img">
<title>A &amp; B, &#8594; &lt;C&gt;</title><desc>Said again</desc><!-- drawn by hand -->
<style>{style}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
 orient="auto"><path class="tip" d="M0 0L8 4L0 8Z"/></marker></defs>
<g transform="translate(4 8) rotate(-90)"><rect class="box small" x="1" y="2" rx="6" ry="6"
 width="8" height="9"/><circle cx="1" cy="1" r="2" fill="none"/><ellipse rx="1" ry="2"/>
<line x1="0" y1="0" x2="5" y2="5" marker-end="url(#tip)"/><polyline points="0,0 1,1"/>
<polygon points="0,0 1,1 2,0"/>
<text x="4" dy="1em" text-anchor="middle">a <tspan>b</tspan></text></g>
</svg>
""".replace("{style}", KIT)


def test_a_drawing_is_kept_byte_for_byte() -> None:
    picture = examined_drawing(ARROW.encode())
    assert (picture.format, picture.width, picture.height) == ("svg", 440, 200)
    assert picture.data == ARROW.encode()
    assert encoded(picture.data) == examined(picture.data) == picture


def test_what_begins_as_markup_means_to_be_a_drawing() -> None:
    texts = [b"\xef\xbb\xbf\n<svg>", "<svg/>".encode("utf-16"), b"<html>"]
    assert [is_drawing(text) for text in [*texts, saved("PNG"), b""]] == [True] * 3 + [False] * 2


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>ran()</script>", "Line 2: <script> may not stand in a drawing."),
        ("<SCRIPT/>", "Line 2: <SCRIPT> may not stand in a drawing."),
        ("<foreignObject/>", "Line 2: <foreignObject> may"),
        ('<a href="javascript:ran()"/>', "Line 2: <a> may"),
        ('<use href="#x"/>', "Line 2: <use> may"),
        ('<image href="x.png"/>', "Line 2: <image> may"),
        ("<animate/>", "Line 2: <animate> may"),
        ("<set/>", "Line 2: <set> may"),
        ("<filter/>", "Line 2: <filter> may"),
        ("<g><svg/></g>", "Line 2: <svg> may not stand in another <svg>."),
        ('<g onload="ran()"/>', "Line 2: onload of <g> may not stand in a drawing."),
        ('<text\nonclick="ran()"/>', "Line 2: onclick of <text> may"),
        ('<path href="javascript:ran()"/>', "Line 2: href of <path> may"),
        ('<path style="fill:red"/>', "Line 2: style of <path> may"),
        ('<style media="all"/>', "Line 2: media of <style> may"),
        ('<path xml:base="https://example.org/"/>', "Line 2: base of <path> may"),
        ('<g xml:id="a"/>', "Line 2: id of <g> may"),
        ('<g xmlns:x="http://www.w3.org/1999/xlink"/>', "Line 2: xmlns:x=“http://www.w3.org/1999"),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "Line 2: xmlns=“http://www.w3.org/1999/xh"),
        ('<g xmlns=""/>', "Line 2: xmlns=“” may"),
        ('<path fill="url(https://example.org/#a)"/>', "Line 2: fill of <path> may not say “url(”"),
        ('<path fill="URL(data:x)"/>', "may not say “data:”"),
        (r'<path fill="u\72l(x)"/>', r"may not say “\”"),
        ('<path marker-end="url(#tip) url(x)"/>', "marker-end of <path> may not say “url(”"),
        ('<path d="&lt;script>"/>', "d of <path> may not say “<”"),
        ("<style>@import 'x';</style>", "Line 2: <style> may not say “@import”."),
        ("<style>@IMPORT 'x';</style>", "<style> may not say “@IMPORT”."),
        ("<style>@media print { a {} }</style>", "<style> may not say “@media”."),
        ("<style>@keyframes a { }</style>", "<style> may not say “@keyframes”."),
        ("<style>a { fill: url(#b) }</style>", "<style> may not say “url(”."),
        ("<style>a { fill: uRl (x); b: URL(x) }</style>", "<style> may not say “url(”."),
        ("<style>a { fill: image-set('x' 1x) }</style>", "<style> may not say “image-set(”."),
        ("<style>a { b: expression(ran()) }</style>", "<style> may not say “expression”."),
        (r"<style>a { b: \75rl(x) }</style>", r"<style> may not say “\”."),
        ("<style>a { b: &#92;75rl(x) }</style>", r"<style> may not say “\”."),
        ("<style>&lt;/style>&lt;script></style>", "<style> may not say “<”."),
        ("<style>a {<title/>}</style>", "Line 2: <title> may not stand in <style>."),
        ("<g>ran()</g>", "Line 2: words may not stand in <g>."),
        ("<text><![CDATA[<script>]]></text>", "Line 2: <![CDATA[ may not"),
        ("<!--><script>-->", "Line 2: a comment in a drawing may not"),
        ("<?xml-stylesheet href='x'?>", "Line 2: <?xml-stylesheet?> may"),
        ("<text>&nbsp;</text>", "Line 2: the drawing is not well-formed XML (undefined entity)."),
        ("<g>", "Line 3: the drawing is not well-formed XML (mismatched tag)."),
        ("<g id='a' id='b'/>", "Line 2: the drawing is not well-formed XML (duplicate attribute)."),
        ("\x01", "Line 2: the drawing is not well-formed XML (not well-formed (invalid token))."),
        ("<g>" * 20 + "</g>" * 20, "Line 2: elements stand over 20 deep in each other."),
        ("<g/>" * 2000, "Line 2: the drawing has over 2000 elements."),
        ("<text>" + "x" * 100_000 + "</text>", "The drawing has over 100 kB. Make it simpler."),
    ],
)
def test_all_else_is_refused_by_name_and_line(inside: str, words: str) -> None:
    with pytest.raises(PictureError) as error:
        examined_drawing(drawn(inside))
    assert words in str(error.value)


BOMB = '<!DOCTYPE svg [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {one} "{f"&{before};" * 10}">'
    for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!DOCTYPE svg>", "Line 1: a drawing may have no DOCTYPE. Take it out."),
        (f"{BOMB}]>", "a drawing may have no DOCTYPE"),
        ('<!DOCTYPE svg SYSTEM "file:///etc/passwd">', "a drawing may have no DOCTYPE"),
        ('<?xml version="1.0" encoding="UTF-7"?>', "XML 1.0 in UTF-8"),
        ('<?xml version="1.0" encoding="iso-2022-jp"?>', "XML 1.0 in UTF-8"),
        ('<?xml version="1.1"?>', "XML 1.0 in UTF-8"),
        ("<?php ran() ?>", "Line 1: <?php?> may not stand in a drawing."),
        ("<html/>", "Line 1: a drawing begins with <svg"),
        ("words", "Line 1: the drawing is not well-formed XML"),
    ],
)
def test_nothing_stands_before_the_drawing(text: str, words: str) -> None:
    with pytest.raises(PictureError) as error:
        examined_drawing(text.encode() + drawn())
    assert words in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_drawing_is_written_in_utf_8(encoding: str) -> None:
    with pytest.raises(PictureError):
        examined_drawing(drawn().decode().encode(encoding))


@pytest.mark.parametrize(
    ("said", "instead", "words"),
    [
        ('xmlns="http://www.w3.org/2000/svg" ', "", "a drawing begins with <svg"),
        ('width="4"', "", "<svg> needs width and height in whole pixels, up to 2000."),
        ('width="4"', 'width="4px"', "<svg> needs width"),
        ('width="4"', 'width="100%"', "<svg> needs width"),
        ('height="3"', 'height="0"', "<svg> needs width"),
        ('height="3"', 'height="2001"', "<svg> needs width"),
        ('viewBox="0 0 4 3"', "", "<svg> needs a viewBox of four numbers"),
        ('viewBox="0 0 4 3"', 'viewBox="0 0 4"', "<svg> needs a viewBox"),
        ('viewBox="0 0 4 3"', 'viewBox="0 0 nan 3"', "<svg> needs a viewBox"),
        ('viewBox="0 0 4 3"', 'viewBox="0 0 4 -3"', "<svg> needs a viewBox"),
    ],
)
def test_a_drawing_says_how_large_it_is(said: str, instead: str, words: str) -> None:
    with pytest.raises(PictureError) as error:
        examined_drawing(drawn().replace(said.encode(), instead.encode()))
    assert words in str(error.value)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode), st.integers(0, 400))
def test_damaged_drawings_are_drawings_or_refused(junk: bytes, cut: int) -> None:
    data = ARROW.encode()[:cut] + junk + ARROW.encode()[cut:]
    with suppress(PictureError):
        assert examined_drawing(data).data == data


def test_the_drawing_that_browsers_are_asked_about_is_refused() -> None:
    with pytest.raises(PictureError, match="onload of <svg>"):
        examined_drawing(hostile_drawing())
