"""Texts for which python-markdown would take seconds, of at most the length that is allowed."""

import pytest

from courses.markup.errors import MarkdownError
from courses.markup.limits import MAX_LENGTH, check_limits

SHORT_LINES = ["a\n---\n", "a\n: b\n", "### a\n", "- a\n"]


@pytest.mark.parametrize("lines", SHORT_LINES)
def test_many_lines_that_stand_together(lines: str) -> None:
    source = lines * (MAX_LENGTH // len(lines))
    with pytest.raises(MarkdownError, match=r"^Line 1001: Over 1,000 lines stand together"):
        check_limits(source)
    check_limits(lines * (1000 // lines.count("\n")))


@pytest.mark.parametrize("lines", SHORT_LINES)
def test_a_fence_that_nothing_closes_hides_nothing(lines: str) -> None:
    with pytest.raises(MarkdownError, match="lines stand together"):
        check_limits("```\n" + lines * 1000)


def test_code_may_be_long() -> None:
    check_limits("```\n" + "a[0] = *b\n" * 3000 + "```\n")


def test_many_long_blocks_are_too_much_for_one() -> None:
    with pytest.raises(MarkdownError, match="too much for one"):
        check_limits(("- a\n" * 900 + "\n") * 3)
