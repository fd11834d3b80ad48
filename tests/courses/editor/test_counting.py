import pytest

from courses.editor.counting import minutes_for, words_in


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", 0),
        ("One two, three.", 3),
        ("It’s a 16-bit *float*; don't `round_it`.", 7),
        ("Text.\n\n```python\nnot counted\n```\n\nMore.", 2),
        ("~~~~\nnot\n~~~\nnot\n~~~~\r\nMore.", 1),
        ("Text.\n\n```\na fence that nothing closes", 6),
        ("A formula $x_1 + y$ and\n\n$$\n\\sum x\n$$\n\nno more.", 5),
        ("It costs $5.", 3),
        ("[A paper](https://example.org/a-b) at https://example.org/c d", 4),
        ("量化 makes 模型 small", 6),
        ("| a | b |\n| - | - |\n| 1 | 2 |", 4),
    ],
)
def test_words_are_those_that_one_reads(source: str, words: int) -> None:
    assert words_in(source) == words


def test_many_open_marks_are_counted_in_time_that_grows_with_the_text() -> None:
    for mark in ("```\n", "$", "](", "https://", "a'"):
        assert words_in(mark * (60_000 // len(mark))) >= 0


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (200, 1), (201, 2), (1400, 7)])
def test_a_reading_time_is_rounded_up(words: int, minutes: int) -> None:
    assert minutes_for(words) == minutes
