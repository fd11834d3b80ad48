import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.search.plain import plain_text


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("Two **strong** and *soft* words", "Two strong and soft words"),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
        ("### Heading\n\nText", "Heading Text"),
        ("- one\n- two\n\n1. three", "one two three"),
        ("> said", "said"),
        ("see [the paper](https://arxiv.org/abs/1) now", "see the paper now"),
        ("see [a (b)](https://x.org/a_(b)) now", "see a (b) now"),
        ("![a picture](/x.png)", "a picture"),
        ("claim[^1].\n\n[^1]: Because.", "claim. Because."),
        ("`Q4_K_M` and `a*b*c`", "Q4_K_M and a*b*c"),
        ("```python\nx = a[0] * b[1]  # **kept**\n```\nend", "x = a[0] * b[1] # **kept** end"),
        ("| A | B |\n|---|:-:|\n| 1 | 2 |", "A B 1 2"),
        (":::tip Try this\nIt works.\n:::", "Try this It works."),
        ("so $x_1 = 2 \\times 3$ holds", "so x_1 = 2 × 3 holds"),
        ("so\n\n$$\n\\frac{1}{2}\n$$\n\nholds", "so holds"),
        ("it costs $5 and $6", "it costs $5 and $6"),
        ("1 \\* 2 &amp; 3", "1 * 2 & 3"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("marks \ue000 and \ue001\0 go", "marks and go"),
        ("cafe\u0301", "café"),
    ],
)
def test_keeps_words_and_code(source: str, plain: str) -> None:
    assert plain_text(source) == plain


@pytest.mark.parametrize("mark", ["[", "`", "*", "_", "$", "\\", "![", "[^", "> ", "```\n", "| "])
def test_many_marks_take_no_time(mark: str) -> None:
    began = time.process_time()
    plain_text(mark * (60_000 // len(mark)))
    assert time.process_time() - began < 1


@given(st.text(alphabet="a *_`$[]()\\!^>|-#\n\ue000\ue0011", max_size=200))
def test_any_source_becomes_one_line_without_markers(source: str) -> None:
    plain = plain_text(source)
    assert plain == " ".join(plain.split())
    assert not {"\ue000", "\ue001"} & set(plain)
