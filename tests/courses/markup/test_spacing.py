"""How a formula is spaced, beside what MathML does by itself."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.markup.errors import MarkdownError
from courses.markup.maths import to_mathml


def tree(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html)  # noqa: S314  (our own)


def shown(latex: str, *, block: bool = False) -> str:
    """Its characters, with ~ for a sign without a left side and _ for a space that is put in."""
    root = tree(to_mathml(latex, block=block))
    return "".join(
        "_" if one.tag == "mspace" else "~" * (one.get("form") == "prefix") + (one.text or "")
        for one in root.iter()
    )


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        ("a - b", "a−b"),
        ("-16", "−16"),
        ("a = -16", "a=~−16"),
        ("2 (-4) - 1", "2(~−4)−1"),
        ("(0.5, -1)", "(0.5,~−1)"),
        (r"x \pm -y", "x±~−y"),
        ("|-3| - |-2|", "|~−3|−|~−2|"),
        (r"a)^2 - \lceil b\rceil - n! - 5\% - c'", "a)2−⌈b⌉−n!−5%−c′"),
        (r"x, \; -y", "x,_~−y"),
        (r"\min_w -w + \operatorname{tf} - 1", "minw_~−w+tf−1"),
    ],
)
def test_a_sign_without_a_left_side_is_none_between_two(latex: str, said: str) -> None:
    assert shown(latex) == said


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\ln 2", "ln_2"),
        (r"\log_2 x", "log2_x"),
        (r"2 \log\log n", "2_log_log_n"),
        (r"-\log \frac{a}{b}", "−log_ab"),
        (r"\max |x| / 127", "max_|x|/127"),
        (r"\cos(x) = \ln\{x\}", "cos(x)=ln{x}"),
        (r"(\ln, \ln) + \ln", "(ln,ln)+ln"),
        (r"\ln\; 2", "ln_2"),
        (r"a \bmod b", "amodb"),
    ],
)
def test_a_function_keeps_a_thin_space_but_not_to_brackets(latex: str, said: str) -> None:
    assert shown(latex) == said


def test_a_name_has_no_spaces_of_its_own() -> None:
    html = to_mathml(r"\operatorname{ReLU}(z) = \max(0, z)", block=False)
    assert "<mi>ReLU</mi><mo" in html
    assert "<mi>max</mi><mo" in html


def test_limits_stay_where_they_are() -> None:
    html = to_mathml(r"\lim\limits_{n} a", block=True)
    assert '<munder><mi>lim</mi><mi>n</mi></munder><mspace width="0.167em" /><mi>a' in html
    html = to_mathml(r"\argmax\limits_{n} a", block=False)
    assert (
        '<munder><mo movablelimits="true" lspace="0" rspace="0">arg\N{THIN SPACE}max</mo>' in html
    )
    assert '</munder><mspace width="0.167em" /><mi>a' in html


def test_a_slash_and_bars_stand_close() -> None:
    html = to_mathml("|a|/b", block=False)
    assert html.count('lspace="0" rspace="0"') == 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(r"a 2 + - ( ) | , / = \ln \max_x \sum_i ^2 \; x!".split(" "))))
def test_spaces_change_no_characters(parts: list[str]) -> None:
    latex = " ".join(parts)
    try:
        html = to_mathml(latex, block=False)
    except MarkdownError:
        return
    root = tree(html)
    for sign in root.iter("mo"):
        assert "form" not in sign.attrib or sign.text in {"−", "+"}
    kept = "".join(root.itertext()).replace("−", "-").replace("∑", "Σ")
    plain = latex.replace(r"\sum_i", "Σi").replace(r"\max_x", "maxx").replace(r"\ln", "ln")
    assert kept == plain.replace(r"\;", "").replace("^", "").replace(" ", "")
