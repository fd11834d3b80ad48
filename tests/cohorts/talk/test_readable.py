import pytest

from cohorts.talk.readable import readable


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Bring a **laptop** and __paper__.", "Bring a laptop and paper."),
        ("## Thursday\n\n- one\n- two", "Thursday\n\n- one\n- two"),
        ("See [the notes](https://a.example/n).", "See the notes (https://a.example/n)."),
        ("<https://a.example>", "https://a.example"),
        ("```python\nx = [a](b)\n```\nSo.", "    x = [a](b)\nSo."),
        ("2 ** 3 ** 4 and [a](javascript:b)", "2 ** 3 ** 4 and [a](javascript:b)"),
    ],
)
def test_readable(source: str, text: str) -> None:
    assert readable(source) == text
