import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from random import Random

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from courses import markdown
from courses.markdown import MarkdownError, render, render_inline, rendered, validate_markdown
from courses.markup import maths
from courses.markup.sanitise import PLAIN, TAGS, VALUES
from tests import hostile


class Tags(HTMLParser):
    """What a browser would make of a text: its tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


HARD = {
    "brackets": "[" * 5_000,
    "brackets in paragraphs": ("[" * 399 + "\n\n") * 140,
    "images": "![" * 3_000,
    "links": ("[a](" * 130 + "\n\n") * 90,
    "quotes": "> " * 3_000 + "a",
    "growing quotes": "\n".join(">" * depth + " a" for depth in range(100)),
    "emphasis": "*a **b " * 2_000,
    "backticks": "`" * 5_000,
    "angles": ("<" * 399 + "\n\n") * 140,
    "list in list": "\n".join("    " * depth + "- a" for depth in range(200)),
    "list on a line": "- " * 4_000,
    "numbers on a line": "1. " * 2_000,
    "dollars": "$" * 5_000,
    "braces": "$" + "{" * 1_900 + "}" * 1_900 + "$",
    "lefts": "$$\n" + r"\left(" * 300 + r"\right)" * 300 + "\n$$",
    "table": "|a" * 3_000 + "\n" + "|-" * 3_000,
    "footnotes": ("[^1]" * 90 + "\n\n") * 50,
    "definitions": "\n\n".join(f"[x{n}]: https://example.org" for n in range(2_000)),
    "callouts": ":::tip\n" * 5_000,
    "fences": "```\n" * 5_000,
    "backslashes": "\\(" * 3_000,
    "long": "a" * 100_000,
    "nul": "\0" * 1_000,
}


OURS = "/images/heads-1200x800-3fa9c1d2.png"


def test_a_picture_of_the_library_leaves_room_for_itself() -> None:
    assert render(f"See ![Four heads]({OURS}) here.").html == (
        f'<p>See <img alt="Four heads" height="800" loading="lazy" src="{OURS}" width="1200"> '
        "here.</p>"
    )


def test_a_picture_alone_with_a_title_is_a_figure() -> None:
    assert render(f'![Heads]({OURS} "Four & more")').html == (
        f'<figure class="fig"><img alt="Heads" height="800" loading="lazy" src="{OURS}" '
        'width="1200"><figcaption>Four &amp; more</figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            '![Heads](https://example.org/a.png "T")',
            '<p><a href="https://example.org/a.png" rel="noopener">Heads</a></p>',
        ),
        (
            "![](//example.org/a.png)",
            '<p><a href="//example.org/a.png">//example.org/a.png</a></p>',
        ),
        ("![x](javascript:alert(1))", "<p><a>x</a></p>"),
        ("![x](data:image/png;base64,aa)", "<p><a>x</a></p>"),
    ],
)
def test_a_picture_elsewhere_is_a_link(source: str, html: str) -> None:
    assert render(source).html == html


def test_code_is_highlighted_in_a_figure() -> None:
    html = render("```python\ndef f(): return 1  # one\n```").html
    assert html == (
        '<figure class="code"><figcaption><span>Python</span></figcaption>'
        '<pre tabindex="0" role="group" aria-label="Python code"><code>'
        '<span class="k">def</span> <span class="f">f</span>(): <span class="k">return</span> '
        '<span class="m">1</span>  <span class="c"># one</span></code></pre></figure>'
    )


def test_code_in_an_unknown_language_is_shown_plain() -> None:
    assert "<code>a &lt; b</code>" in render("```nonsense\na < b\n```").html


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("", ""),
        (" run", "<span>Runs as it is</span>"),
        (' needs="a GPU &amp; <b>luck</b>"', "<span>Needs a GPU &amp;amp; &lt;b&gt;luck"),
        (' onclick="alert(1)" linenums="3"', ""),
    ],
)
def test_code_says_what_it_takes_to_run(mark: str, said: str) -> None:
    html = render(f"```python{mark}\nprint(1)\n```").html
    assert html.startswith(f'<figure class="code"><figcaption><span>Python</span>{said}'), html
    assert "onclick" not in html


@pytest.mark.parametrize(
    ("language", "name"),
    [("yaml", "YAML"), ("cpp", "C++"), ("console", "Shell"), ("text", "Text"), ("rust", "Rust")],
)
def test_languages_are_written_as_people_write_them(language: str, name: str) -> None:
    assert f"<figcaption><span>{name}</span>" in render(f"```{language}\nx\n```").html


def test_what_code_prints_is_called_output() -> None:
    html = render("```output\n1\n```").html
    assert (
        '<span>Output</span></figcaption><pre tabindex="0" role="group" aria-label="Output">'
        in (html)
    )


def test_a_comma_within_a_number_gets_no_space() -> None:
    assert "<mn>1</mn><mtext>,</mtext><mn>070</mn>" in render("Some $1{,}070$ of them.").html


def test_a_wide_formula_in_a_line_scrolls_by_itself() -> None:
    assert 'class="formula"' not in render(f"Say ${'x' * 27}$.").html
    frame = '<span class="formula" tabindex="0" role="group" aria-label="Formula"><math'
    html = render(f"Say ${'x' * 28}$.").html
    assert frame in html
    assert html.endswith("</math></span>.</p>")


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("So $x$.", "M."),
        ("In ($x$), so", "(M),"),
        ('Is "$x$"? No', '"M"?'),
        ("A $x$-nearest one", "M-nearest"),
        ("It is $x$’s turn", "M’"),
    ],
)
def test_a_line_does_not_break_between_a_formula_and_its_signs(source: str, whole: str) -> None:
    html = re.sub("<math.*?</math>", "M", render(source).html)
    assert f'<span class="nowrap">{whole}</span>' in html, html


@pytest.mark.parametrize("source", ["So $x$ is", "$x$", "So **$x$** is", "Of $x^2^3$."])
def test_a_formula_that_stands_by_itself_needs_no_box(source: str) -> None:
    assert "nowrap" not in render(source).html


def test_a_formula_becomes_mathml() -> None:
    assert render("$a = 2$").html == (
        '<p><math display="inline"><mrow><mi>a</mi><mo>=</mo><mn>2</mn></mrow></math></p>'
    )


def test_a_formula_of_its_own_scrolls_alone() -> None:
    html = render("$$\nx^2\n$$").html
    assert html.startswith('<div class="math" tabindex="0" role="group" aria-label="Formula"><math')
    assert 'display="block"' in html


def test_money_is_no_formula() -> None:
    assert render(r"It costs \$5 and \$6.").html == "<p>It costs $5 and $6.</p>"


def test_a_formula_cannot_make_a_link() -> None:
    assert "href" not in render(r"$\href{javascript:alert(1)}{x}$").html


def test_a_formula_that_cannot_be_read_stays_visible() -> None:
    assert render("$x^2^3$").html == "<p><code>x^2^3</code></p>"


def test_strict_refuses_a_formula_that_cannot_be_read() -> None:
    with pytest.raises(MarkdownError, match="formula"):
        render("$x^2^3$", strict=True)


def test_table_scrolls_in_a_labelled_region() -> None:
    html = render("| a |\n|---|\n| 1 |").html
    assert html.startswith('<div aria-label="Table" class="scroller" role="group" tabindex="0">')


def test_callout_has_a_title_an_icon_and_blocks() -> None:
    html = render(":::caution Zero\nOne.\n\n- two\n:::\n\nAfter.").html
    assert html.startswith(
        '<aside aria-label="Caution" class="callout" data-kind="caution" role="note">'
    )
    assert "<svg" in html
    assert html.index("Zero</strong>") < html.index("<li>two</li>") < html.index("</aside>")
    assert html.endswith("<p>After.</p>")


def test_callout_that_is_not_closed_stays_text() -> None:
    assert "<aside" not in render(":::tip\nNever closed.").html


def test_headings_have_anchors_with_the_prefix() -> None:
    result = render("### Why & how", prefix="base")
    assert result.html == '<h3 id="base-why-how">Why &amp; how</h3>'
    assert result.headings == (markdown.Heading("base-why-how", "Why & how"),)


def test_a_text_begins_below_the_headings_of_its_page() -> None:
    assert render("# One\n\n## Two").html == '<h3 id="one">One</h3>\n<h3 id="two">Two</h3>'


@pytest.mark.parametrize("latex", [r"\frac{1", r"\frac1}", r"\left( x", r"\begin{matrix} a"])
def test_a_formula_that_is_not_closed_is_refused(latex: str) -> None:
    with pytest.raises(MarkdownError, match="does not close"):
        render(f"${latex}$", strict=True)


def test_footnotes_of_two_texts_do_not_meet() -> None:
    one, two = (render("A[^1]\n\n[^1]: B", prefix=prefix).html for prefix in ("one", "two"))
    assert 'id="one-fn:1"' in one
    assert 'href="#one-fn:1"' in one
    assert "one-" not in two


def test_outside_links_are_cut_off_from_the_page() -> None:
    html = render("[a](https://example.org) [b](/courses/)").html
    assert html == (
        '<p><a href="https://example.org" rel="noopener">a</a> <a href="/courses/">b</a></p>'
    )


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "![a](javascript:alert(1))",
        '<a href="https://example.org" onclick="x">a</a>',
        "<svg onload=alert(1)>",
        "<style>*{display:none}</style>",
        '```"><script>alert(1)</script>\nx\n```',
        ":::tip <script>alert(1)</script>\nx\n:::",
        r"$\text{<script>alert(1)</script>}$",
        r"$\unicode{<img src=x onerror=alert(1)>}$",
        "<math><mtext></mtext><script>alert(1)</script></math>",
    ],
)
def test_nothing_of_an_authors_runs(source: str) -> None:
    tags = Tags()
    tags.feed(render(source).html)
    for tag, attributes in tags.found:
        assert tag not in {"script", "style", "iframe", "object", "form", "input"}
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for address in (attributes.get("href"), attributes.get("src")):
            assert not (address or "").lower().startswith(("javascript", "data", "vbscript"))


# What the renderer itself puts into a page: beside what authors may write, pictures and formulas.
OWN = TAGS | maths.TAGS | {"svg", "path", "circle", "line", "rect"}
OWN_ATTRIBUTES = (
    {name for names in PLAIN.values() for name in names}
    | VALUES.keys()
    | maths.ATTRIBUTES
    | {"class", "viewbox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
    | {"aria-hidden", "focusable", "d", "cx", "cy", "r", "x1", "x2", "y1", "y2"}
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
# Of these a browser takes no notice in an address.
UNSEEN = re.compile(r"[\x00-\x20]")


@pytest.mark.parametrize("form", [lambda text: render(text, prefix="p").html, render_inline])
def test_only_what_is_allowed_comes_out(form: Callable[[str], str]) -> None:
    for source in [*hostile.markdown(), *hostile.generated(Random(11), 400)]:
        tags = Tags()
        try:
            tags.feed(form(source))
        except MarkdownError:
            continue
        for tag, attributes in tags.found:
            assert tag in OWN, source
            assert attributes.keys() <= OWN_ATTRIBUTES, source
            for name in ("href", "src"):
                scheme = SCHEME.match(UNSEEN.sub("", attributes.get(name) or ""))
                assert not scheme or scheme[0].lower() in {"http", "https", "mailto"}, source
            assert tag != "img" or (attributes["src"] or "").startswith("/"), source


@pytest.mark.parametrize("source", HARD.values(), ids=HARD.keys())
def test_hard_input_is_answered_soon(source: str) -> None:
    started = time.process_time()
    try:
        render(source)
    except MarkdownError as error:
        assert str(error)  # noqa: PT017  (either outcome is right; hanging is not)
    assert time.process_time() - started < 2


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("[]()*_`<>!#-|:$\\{}^~\n &ab1.\t"), max_size=400))
def test_any_text_is_rendered_or_refused(source: str) -> None:
    try:
        html = render(source).html
    except MarkdownError:
        return
    assert "<script" not in html


def test_refusal_names_the_line() -> None:
    with pytest.raises(MarkdownError, match=r"^Line 3: The paragraph has over 400 marks"):
        render("One.\n\n" + "[" * 401)


def test_validator_speaks_to_a_form() -> None:
    with pytest.raises(ValidationError, match="60,000 is the most"):
        validate_markdown("a b\n" * 30_000)


def test_inline_drops_the_paragraph() -> None:
    assert render_inline("A *b*.") == "A <em>b</em>."


def test_inline_keeps_several_paragraphs() -> None:
    assert render_inline("A.\n\nB.") == "<p>A.</p>\n<p>B.</p>"


def test_rendered_asks_the_renderer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = rendered("Once *only*.")
    monkeypatch.setattr(markdown, "render", None)
    assert rendered("Once *only*.") == first


def test_a_new_renderer_renders_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered("Anew.")
    monkeypatch.setattr(markdown, "VERSION", markdown.VERSION + 1)
    monkeypatch.setattr(markdown, "render", lambda source, prefix: "new")
    assert rendered("Anew.") == "new"
