import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.search.snippets import LENGTH, highlighted, snippet

S, E = "\ue000", "\ue001"


@pytest.mark.parametrize(
    ("text", "marked", "prefix", "html"),
    [
        ("KV cache", f"{S}KV{E} {S}cache{E}", "", "<mark>KV cache</mark>"),
        ("a < b & LoRA", f"a < b & {S}LoRA{E}", "", "a &lt; b &amp; <mark>LoRA</mark>"),
        # PostgreSQL's text has blanks for punctuation: the original is what is shown.
        (
            "GGUF & llama.cpp",
            f"GGUF   {S}llama{E} {S}cpp{E}",
            "",
            "GGUF &amp; <mark>llama.cpp</mark>",
        ),
        ("x<y", f"{S}x{E} {S}y{E}", "", "<mark>x&lt;y</mark>"),
        ("Quantization", "Quantization", "quan", "<mark>Quantization</mark>"),
        ("Résumé", "Résumé", "resu", "<mark>Résumé</mark>"),
        # A text with marks of its own gets none, and shows none.
        (f"a{S}<b>{E}", f"a{S}<b>{E}", "", "a&lt;b&gt;"),
        ("x", f"{E}{S}x", "", "x"),
    ],
)
def test_marks_and_escapes(text: str, marked: str, prefix: str, html: str) -> None:
    assert highlighted(text, marked, prefix) == html


def test_a_snippet_is_cut_from_where_most_marks_are() -> None:
    words = [f"word{number}" for number in range(400)]
    marked = list(words)
    for number in (10, 300, 302, 304):
        marked[number] = f"{S}{words[number]}{E}"
    html = snippet(" ".join(words), " ".join(marked), "")
    assert re.findall("<mark>(.*?)</mark>", html) == ["word300", "word302", "word304"]
    assert html.startswith("… word")
    assert html.endswith(" …")
    assert len(re.sub("<.*?>", "", html)) <= LENGTH + 4


def test_without_marks_a_snippet_is_the_beginning() -> None:
    text = "The first words of it, " * 30
    assert snippet(text, text, "").startswith("The first words of it, The")
    assert snippet("Short.", "Short.", "") == "Short."


@given(
    st.text(alphabet=f"ab <>&\"'{S}{E}", max_size=600), st.text(alphabet=f"ab <&{S}{E}"), st.text()
)
def test_only_well_formed_marks_whatever_the_text(text: str, marked: str, prefix: str) -> None:
    for html in (highlighted(text, marked, prefix), snippet(text, text, prefix)):
        assert re.sub(r"<mark>[^<>]*</mark>", "", html).count("<") == 0
        assert not {S, E} & set(html)
