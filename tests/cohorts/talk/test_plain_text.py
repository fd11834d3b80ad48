"""No text of a learner becomes anything but text, code and links, however it is made."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.talk.plain_text import (
    MOST_CHARACTERS,
    MOST_LINES,
    PlainTextError,
    cleaned,
    inline,
    render,
)

REL = 'rel="nofollow ugc noopener"'


def link(address: str) -> str:
    return f'<a href="{address}" {REL}>{address}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Why?", '<p dir="auto">Why?</p>'),
        ("one\ntwo\r\n\r\nthree", '<p dir="auto">one<br>two</p><p dir="auto">three</p>'),
        ("", ""),
        ("\n \n", ""),
        ("```\na < b\n\nc\n```", '<pre tabindex="0"><code>a &lt; b\n\nc</code></pre>'),
        (
            "See:\n```python\nx = `1`\n```\nSo?",
            '<p dir="auto">See:</p><pre tabindex="0"><code>x = `1`</code></pre>'
            '<p dir="auto">So?</p>',
        ),
        ("```\nnever ended", '<pre tabindex="0"><code>never ended</code></pre>'),
        ("``` no fence ```", '<p dir="auto">``<code> no fence </code>``</p>'),
    ],
)
def test_blocks(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("`a < b` and `c`", "<code>a &lt; b</code> and <code>c</code>"),
        ("an `open one", "an `open one"),
        ("`https://a.example`", "<code>https://a.example</code>"),
        ("see https://a.example/b.", f"see {link('https://a.example/b')}."),
        ("(https://a.example/b)", f"({link('https://a.example/b')})"),
        ("https://a.example/b_(c)", link("https://a.example/b_(c)")),
        ("HTTP://A.example?x=1&y=2", link("HTTP://A.example?x=1&amp;y=2")),
        ('https://a.example/"><b>', f"{link('https://a.example/')}&quot;&gt;&lt;b&gt;"),
        ("https:// and http://)", "https:// and http://)"),
        ("javascript:alert(1) ftp://a.example", "javascript:alert(1) ftp://a.example"),
        ("xhttps://a.example", "xhttps://a.example"),
        # A long s is an s to who ignores case.
        ("http\u017f://a.example", "http\u017f://a.example"),
        ("<script>alert('1')</script>", "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;"),
    ],
)
def test_inline(line: str, html: str) -> None:
    assert inline(line) == html


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", ()))


PIECES = st.sampled_from(
    [
        *("`", "```", "\n```\n", "\n", "\r\n", "\n\n", "<", ">", '"', "'", "&", "&lt;", "&#x6a;"),
        *("http://", "https://", "HtTpS://", "javascript:", "data:", "//", "a.example", "(", ")"),
        *("<script>", "</p>", "<!--", "-->", "<a href=", " onclick=", "\0", "\x0b", "\u2028"),
        *("\u202e", "]]>", "</code></pre>", " ", "\t", "word", ".", "\ufeff", "\u017f", "é"),
    ]
)
PLAIN = {("p", (("dir", "auto"),)), ("br", ()), ("pre", (("tabindex", "0"),)), ("code", ())}


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join))
def test_hostile(text: str) -> None:
    html = render(text)
    reader = Reader()
    reader.feed(html)
    reader.close()
    for tag, attributes in reader.tags:
        if tag == "a":
            (href, address), (rel, words) = attributes
            assert (href, rel, words) == ("href", "rel", "nofollow ugc noopener")
            assert re.match(r"https?://[^\s<>\"']+\Z", str(address), re.IGNORECASE | re.ASCII)
        else:
            assert (tag, attributes) in PLAIN
    # Nothing that was written is lost, save marks and white space.
    kept = [one for one in text if not re.match(r"[\s`\0]", one)]
    if "```" not in text:
        assert [one for one in "".join(reader.text) if not re.match(r"[\s`\0]", one)] == kept
    assert html.count("<p ") == html.count("</p>")
    assert html.count("<code>") == html.count("</code>")


@pytest.mark.parametrize(
    "piece", ["`", "` ", "```\n", "(", "http://", "https://a)", "\n", "<", "`a", "http://((", "*"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    """A hundred times as much as anybody may write, in less than a second."""
    text = piece * (100 * MOST_CHARACTERS // len(piece))
    begun = time.process_time()
    render(text)
    assert time.process_time() - begun < 1.0


def test_what_is_kept_of_a_text() -> None:
    assert cleaned("\n\n  one  \r\ntwo\u202e\rthree\n") == "  one\ntwo\nthree"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\0b", "It holds characters that cannot be shown. Type it again here."),
        ("a\x1bb", "It holds characters that cannot be shown. Type it again here."),
        ("\ud800", "It holds characters that cannot be shown. Type it again here."),
        ("a" * 5001, "Keep it to 5000 characters: it has 5001."),
        ("a\n" * 300 + "a", "Keep it to 300 lines: it has 301."),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(PlainTextError) as refused:
        cleaned(text)
    assert str(refused.value) == said


def test_bounds_are_included() -> None:
    assert len(cleaned("a" * MOST_CHARACTERS)) == MOST_CHARACTERS
    assert cleaned("a\n" * (MOST_LINES - 1) + "a").count("\n") == MOST_LINES - 1
