import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.changes.html import Node, NotOursError, Text, parse
from courses.changes.marked import marked
from courses.markdown import render


def html(source: str) -> str:
    return render(source, prefix="p").html


def change(before: str, after: str) -> str:
    return unsaid(marked(html(before), html(after)))


def unsaid(result: str) -> str:
    return result.replace(' data-said="added"', "").replace(' data-said="removed"', "")


def is_now(result: str) -> str:
    """Without what was removed, and without the marks of what was added."""
    return "".join(without(parse(result), "<del>")).replace("<ins>", "").replace("</ins>", "")


def without(nodes: list[Node], unwanted: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text) or not node.close:
            yield node.html
        elif node.open != unwanted and 'class="was"' not in node.open:
            yield from (node.open, *without(node.children, unwanted), node.close)


def text(result: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", result)))


def was(result: str) -> str:
    return text("".join(without(parse(result.replace(' class="was"', "")), "<ins>")))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("A small stone.", "A large stone.", "<p>A <del>small</del><ins>large</ins> stone.</p>"),
        (
            "An *old path* here.",
            "An *old road* here.",
            "<p>An <em>old <del>path</del><ins>road</ins></em> here.</p>",
        ),
        (
            "It was *here*.",
            "It was here.",
            "<p>It was <del><em>here</em></del><ins>here</ins>.</p>",
        ),
        # Another address is a change; what was one is no link any more.
        (
            "See [it](https://a.example/).",
            "See [it](https://b.be/).",
            '<p>See <del>it</del><a href="https://b.be/" rel="noopener"><ins>it</ins></a>.</p>',
        ),
        # A line broken elsewhere is none.
        ("one two\nthree", "one\ntwo three", "<p>one\ntwo three</p>"),
        (
            "Use `a b`.",
            "Use `a c`.",
            "<p>Use <del><code>a b</code></del><ins><code>a c</code></ins>.</p>",
        ),
        (
            "Fish &amp; chips",
            "Fish &lt; chips",
            "<p>Fish <del>&amp;</del><ins>&lt;</ins> chips</p>",
        ),
        (
            "First.\n\nLast one.",
            "First.\n\nWholly other things stand here.\n\nLast one.",
            "<p>First.</p>\n<ins><p>Wholly other things stand here.</p></ins>\n<p>Last one.</p>",
        ),
        (
            "### The old way\n\nText.",
            "### The new way\n\nText.",
            '<h3 id="p-the-new-way">The <del>old</del><ins>new</ins> way</h3>\n<p>Text.</p>',
        ),
        (
            "- one\n- gone\n- two",
            "- one\n- two\n- come",
            '<ul>\n<li>one</li>\n<li class="was"><del>gone</del></li>\n<li>two</li>\n'
            "<li><ins>come</ins></li>\n</ul>",
        ),
    ],
)
def test_marks(before: str, after: str, expected: str) -> None:
    assert change(before, after) == expected


def test_each_mark_says_what_it_is() -> None:
    assert marked("<p>old</p>", "<p>new way</p>") == (
        '<del data-said="removed"><p>old</p></del><ins data-said="added"><p>new way</p></ins>'
    )


def test_cells_of_a_table() -> None:
    result = change("| a | b |\n|--|--|\n| 1 | 2 |", "| a | b |\n|--|--|\n| 1 | 3 |\n| 4 | 5 |")
    assert "<td><del>2</del><ins>3</ins></td>" in result
    assert "<td><ins>4</ins></td>\n<td><ins>5</ins></td>" in result


def test_a_table_with_another_column_is_another_table() -> None:
    result = change("| a |\n|--|\n| 1 |", "| a | b |\n|--|--|\n| 1 | 2 |")
    assert result.startswith("<del><div")
    assert result.endswith("</div></ins>")


def test_a_formula_is_whole() -> None:
    result = change("So $x^2$ it is.", "So $x^3$ it is.")
    assert re.sub(r"<math.*?</math>", "M", result) == "<p>So <del>M</del><ins>M</ins> it is.</p>"


def test_code_line_by_line() -> None:
    result = change(
        "```python\ndef f(x):\n    return 1\n```", "```python\ndef f(x):\n  return 2\n```"
    )
    assert '<del>    </del><ins>  </ins><span class="k">return</span>' in result
    assert '<del><span class="m">1</span></del><span class="m"><ins>2</ins></span>' in result


def test_what_was_removed_has_no_anchor_and_no_link() -> None:
    before = "### Gone\n\nWith [a link](#p-x), and a note.[^1]\n\n[^1]: Said so.\n\nStays."
    result = change(before, "Stays.")
    assert "Gone" in result
    assert "id=" not in result
    assert "<a" not in result


@pytest.mark.parametrize("html", ["<p>open", "</p>", "<p><b></p></b>", "<i>" * 300 + "</i>" * 300])
def test_what_is_not_ours_comes_back_unmarked(html: str) -> None:
    with pytest.raises(NotOursError):
        parse(html)
    assert marked("<p>a</p>", html) == html
    assert marked(html, "<p>a</p>") == "<p>a</p>"


INLINES = st.sampled_from(
    ["stone ", "path ", "*soft ridge* ", "**a *b* c** ", "`code x` ", "[link *to*](#a) ", "$x$ ",
     "![pic](/images/a.png) ", "1 < 2 &amp; 3 ", "[^n] ", "學習 ", "é. "]
)  # fmt: skip
LINES = st.lists(INLINES, min_size=1, max_size=5).map("".join)
BLOCKS = st.one_of(
    LINES,
    LINES.map("### {}".format),
    st.lists(LINES, min_size=1, max_size=3).map(lambda rows: "\n".join(f"- {row}" for row in rows)),
    LINES.map("- outer\n    - inner {}\n- end".format),
    LINES.map("> {}".format),
    LINES.map(":::tip Said\n{}\n:::".format),
    LINES.map("```python\ndef f({}):\n    return 1\n```".format),
    LINES.map("| a | b |\n|--|--|\n| 1 | {} |".format),
    LINES.map("Term\n:   {}".format),
    st.just("$$y = x^2$$"),
    st.just("---"),
)
SOURCES = st.lists(BLOCKS, max_size=5).map(lambda blocks: "\n\n".join([*blocks, "[^n]: A note."]))


@settings(max_examples=60, deadline=None)
@given(SOURCES, SOURCES)
def test_both_texts_are_in_it(before: str, after: str) -> None:
    old, new = html(before), html(after)
    result = unsaid(marked(old, new))
    assert is_now(result).replace("\n", "") == new.replace("\n", "")
    assert was(result) == text(old)
    ids = re.findall(r'\sid="([^"]*)"', result)
    assert ids == re.findall(r'\sid="([^"]*)"', new)
    assert marked(new, new) == new
