import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.changes.html import TAG, parse
from courses.glossary.linking import Linkable, linked, unlinked
from courses.markdown import render


def term(*names: str, home: int | None = None) -> Linkable:
    return Linkable(f"/g/#{names[0].replace(' ', '-')}", names, home)


def links(html: str) -> list[str]:
    return re.findall(r'<a class="term" href="[^"]*">(.*?)</a>', html, re.S)


def found(html: str, *names: str) -> list[str]:
    [out] = linked([html], [term(name) for name in names])
    assert unlinked(out) == html
    return links(out)


def test_the_first_use_in_the_lesson_becomes_a_link() -> None:
    sections = ["<p>Without.</p>", "<p>A logit, a logit.</p>", "<p>A logit again.</p>"]
    assert linked(sections, [term("logit")]) == [
        "<p>Without.</p>",
        '<p>A <a class="term" href="/g/#logit">logit</a>, a logit.</p>',
        "<p>A logit again.</p>",
    ]
    assert linked(sections, []) == sections


def test_where_it_is_explained_it_is_not_linked() -> None:
    sections = ["<p>A logit.</p>", "<p>A logit.</p>"]
    [first, second] = linked(sections, [term("logit", home=0)])
    assert (links(first), links(second)) == ([], ["logit"])


def test_the_longest_name_wins_and_nothing_is_found_inside_it() -> None:
    names = ("attention", "head attention", "multi-head attention", "multi-head attention mask")
    html = "<p>Multi-head attention, then multi-head attention.</p>"
    assert found(html, *names) == ["Multi-head attention"]
    assert found("<p>Multi-head attention, attention.</p>", *names) == [
        "Multi-head attention",
        "attention",
    ]


@pytest.mark.parametrize(
    ("name", "html", "wanted"),
    [
        ("rag", "<p>RAG</p>", ["RAG"]),
        ("RAG", "<p>rag, Rag, RAG</p>", ["RAG"]),
        ("LoRA", "<p>lora, LORA, QLoRA, LoRAs, LoRA’s</p>", ["LoRA"]),
        ("attention", "<p>self-attention, attention-free, attentions</p>", []),
        ("attention", "<p>(attention)</p>", ["attention"]),
        ("learning rate", "<p>learning\n  rate</p>", ["learning\n  rate"]),
        ("learning rate", "<p>learning-rate, learningrate</p>", []),
        ("learning rate", "<p>learning</p><p>rate</p>", []),
        ("token", "<p>to<em>ken</em> <strong>to</strong>ken x<em>token</em></p>", []),
        ("token", "<p><em>token</em></p>", ["token"]),
        ("Q&A", "<p>Q&amp;A</p>", ["Q&amp;A"]),
        ("amp", "<p>Q &amp; A</p>", []),
        ("caf", "<p>caf&eacute;</p>", []),
        ("C++", "<p>C++LoRA and C++.</p>", ["C++"]),
        ("naïve Bayes", "<p>Naïve Bayes, naïve Bayes</p>", ["naïve Bayes"]),
    ],
)
def test_whole_words_only(name: str, html: str, wanted: list[str]) -> None:
    assert found(html, name) == wanted


@pytest.mark.parametrize(
    "markdown",
    [
        "### A logit",
        "`logit`",
        "```\nlogit\n```",
        "[a logit](https://example.org)",
        "$logit$",
        "| logit |\n| - |\n| x |",
        ":::tip The logit\nx\n:::",
        '![x](/images/x.png "A logit.")',
        "x[^logit]\n\n[^logit]: y",
    ],
)
def test_where_no_link_may_stand(markdown: str) -> None:
    html = render(markdown).html
    assert linked([html], [term("logit")]) == [html]
    [out] = linked([f"{html}<p>A logit.</p>"], [term("logit")])
    assert links(out) == ["logit"]


def test_in_callouts_lists_tables_and_notes() -> None:
    source = (
        ":::tip **Look**\n**First** a *logit*.\n:::\n\n- a loss\n\n| a |\n| - |\n| a gradient |"
    )
    [out] = linked([render(source).html], [term(one) for one in ("logit", "loss", "gradient")])
    assert links(out) == ["logit", "loss", "gradient"]


def test_not_in_what_is_gone() -> None:
    html = "<p><del>A logit.</del> <ins>A logit.</ins></p>"
    assert linked([html], [term("logit")]) == [
        '<p><del>A logit.</del> <ins>A <a class="term" href="/g/#logit">logit</a>.</ins></p>'
    ]


def test_an_address_is_escaped() -> None:
    [out] = linked(["<p>x</p>"], [Linkable('/g/?a=1&b="#x', ("x",))])
    assert 'href="/g/?a=1&amp;b=&quot;#x"' in out
    assert linked([out], [Linkable('/g/?a=1&b="#x', ("x",))]) == [out]


WORDS = [
    "KV",
    "kv",
    "cache",
    "attention",
    "multi-head",
    "self-",
    "RAG",
    "Q&A",
    "-",
    "é",
    "x_y",
    ".",
]
NAMES = ["KV cache", "kv", "attention", "multi-head attention", "RAG", "Q&A", "é", "C++", "x_y"]
SIGNS = ["*", "**", "`", "$", "\n", "\n\n", " ", "### ", "- ", "> ", "[", "](https://e.org)", "| "]
SOURCES = st.lists(st.sampled_from([*WORDS, *SIGNS, *SIGNS, ":::tip ", "\n:::\n", "&amp;", "C++"]))
TERMS = st.lists(
    st.builds(term, st.sampled_from(NAMES), home=st.sampled_from([None, None, 0, 1])),
    unique_by=lambda one: one.names[0].lower(),
)


def said(html: str) -> str:
    return unescape(TAG.sub("", html))


@settings(max_examples=60, deadline=None)
@given(st.lists(SOURCES.map(lambda some: " ".join(some)[:400]), max_size=2), TERMS)
def test_only_links_are_added(sources: list[str], terms: list[Linkable]) -> None:
    sections = [render(source).html for source in sources]
    out = linked(sections, terms)
    for before, after in zip(sections, out, strict=True):
        assert said(after) == said(before)
        assert unlinked(after) == before
        assert parse(after) is not None
        for link in links(after):
            assert "<" not in link
    assert linked(out, terms) == out
    hrefs = re.findall(r'class="term" href="([^"]*)"', "".join(out))
    assert len(hrefs) == len(set(hrefs))
