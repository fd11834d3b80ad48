from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courses.changes.words import Piece, folded, number_of_words, words

SOME = st.lists(st.sampled_from(["stone ", "path ", "a", "\n", "ridge. ", "é", "🪨", "學", " "]))
TEXTS = st.one_of(st.text("aB1 \t\r\n\0_.é\u0301\u200b🪨學の’<&", max_size=60), SOME.map("".join))


def told(before: str, after: str) -> str:
    """`same -removed- +added+`"""
    marks = {"same": "", "removed": "-", "added": "+"}
    return "".join(f"{marks[p.kind]}{p.text}{marks[p.kind]}" for p in words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("the same", "the same", "the same"),
        ("", "new", "+new+"),
        ("old", "", "-old-"),
        ("a small stone here", "a large stone here", "a -small-+large+ stone here"),
        # What lies between two changes and is no word reads as part of one.
        ("it was an old path", "it was a new path", "it was -an old-+a new+ path"),
        ("don’t stop", "do stop", "-don’t-+do+ stop"),
        ("一個石頭", "一塊石頭", "一-個-+塊+石頭"),
        ("first\nsecond\nthird", "first\nthird", "first\n-second\n-third"),
        ("x = 1", "x = 2", "x = -1-+2+"),
    ],
)
def test_words(before: str, after: str, expected: str) -> None:
    assert told(before, after) == expected


@settings(max_examples=60)
@given(TEXTS, TEXTS)
@example("a\r\nb", "a\nb")
@example("\ud7ff\ue000", "\ue000")
def test_nothing_is_lost_on_either_side(before: str, after: str) -> None:
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(a.kind != b.kind for a, b in pairwise(pieces))


def test_what_is_long_and_wholly_different_is_one_change() -> None:
    before = " ".join(f"w{n % 997}" for n in range(4000))
    after = " ".join(f"v{n % 991}" for n in range(4000))
    assert words(before, after) == (Piece("removed", before), Piece("added", after))


def test_number_of_words() -> None:
    assert number_of_words("It’s 3.5 times — 學習, v2.") == 6


def test_what_stays_is_left_out_far_from_a_change() -> None:
    text = "\n".join(f"Line {number} of the text." for number in range(1, 61))
    pieces = list(folded(words(text, text.replace("Line 30 of", "Line 30 in")), around=40))
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("left", ""),
        ("same", "Line 29 of the text.\nLine 30 "),
        ("removed", "of"),
        ("added", "in"),
        ("same", " the text.\nLine 31 of the text."),
        ("left", ""),
    ]


@settings(max_examples=40)
@given(TEXTS, TEXTS)
def test_folding_loses_no_change_and_nothing_near_one(before: str, after: str) -> None:
    found = words(before, after)
    assert tuple(folded(found, around=100)) == found
    changes = [piece for piece in found if piece.kind != "same"]
    kept = folded(found, around=3)
    assert [piece for piece in kept if piece.kind in ("added", "removed")] == changes
