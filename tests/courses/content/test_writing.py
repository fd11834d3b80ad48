"""Documents as YAML: readable, and the same when they are read again."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.content.files import parsed
from courses.content.normal import normal
from courses.content.scalars import folded, line, literal, quoted
from courses.content.writing import to_yaml

NAME = "one/first.yaml"
SIGNS = list("\n\t \r\x85\u2028\u2029\ufeff\x00\x01\x7f\xa0:#-?!&*|>'\"%@`{}[],\\~=<.+09aé😀\ufffe")
WORDS = ["yes", "1.0", "2026-01-01", "null", "---", "...", "\r\n", ": ", " #", "- ", "\n\n", "  "]
TEXTS = st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=10).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=20
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Why: not", '"Why: not"'),
        ("Why not?", "Why not?"),
        ("yes", '"yes"'),
        ("1.0", '"1.0"'),
        ("2026-12-01", '"2026-12-01"'),
        ("", '""'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("ends ", '"ends "'),
        ("`code`", '"`code`"'),
        ('say "no"', 'say "no"'),
        ('"no"', "'\"no\"'"),
        ("Café: \\alpha", "'Café: \\alpha'"),
        ("a\x85b\u2028c\ufeff", '"a\\x85b\\u2028c\\uFEFF"'),
    ],
)
def test_a_text_on_a_line(text: str, written: str) -> None:
    assert line(text) == written


def test_quotes_that_need_no_backslashes() -> None:
    assert quoted("plain") == '"plain"'
    assert quoted("it's \\d") == "'it''s \\d'"
    assert quoted("tab\t\\d") == '"tab\\t\\\\d"'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\n\n  b \n", "|\n  a\n\n    b "),
        ("a\nb", "|-\n  a\n  b"),
        ("a\n\n\n", "|+\n  a\n\n"),
        (" a\n", '" a\\n"'),
        ("a\r\nb", '"a\\r\\nb"'),
        ("\n", '"\\n"'),
    ],
)
def test_a_text_of_lines(text: str, written: str) -> None:
    assert literal(text, "  ") == written


def test_a_text_that_folds() -> None:
    words = " ".join(["word"] * 30)
    assert [len(one) for one in folded(words, "  ").split("\n")] == [2, 96, 56]
    assert folded("two  spaces", "  ") == '"two  spaces"'


def lesson(text: str) -> dict[str, Any]:
    option = {"id": "a", "text": text, "right": True, "feedback": text}
    payload = {"options": [option], "accepted": [text], "feedback": {"a": text}, "longest": 5}
    return {
        "title": text,
        "summary": text,
        "minutes": 5,
        "outcomes": [text],
        "introduction": text,
        "concepts": [
            {
                "slug": "a",
                "name": text,
                "claim": text,
                "needs": [text],
                "fact": {"prompt": text, "answer": text},
                "body": text,
            }
        ],
        "exercise": {"task": text, "answer": text},
        "references": [
            {"title": text, "url": text, "kind": "video", "level": "advanced", "note": text}
        ],
        "questions": [
            {
                "slug": "a",
                "concept": "a",
                "kind": "single",
                "prompt": text,
                "payload": payload,
                "explanation": text,
            }
        ],
    }


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    written = to_yaml(NAME, lesson(text))
    assert parsed(NAME, written.encode()).data == normal(NAME, lesson(text))


def test_keys_come_in_the_order_of_the_files() -> None:
    data = lesson("Words.\n")
    data["questions"][0]["payload"] = {
        "feedback": {"z": "Z.", "aa": "A."},
        "key": {"z": "x", "aa": "y"},
        "right": [{"text": "X", "id": "x"}],
        "left": [{"text": "A", "id": "aa"}, {"text": "Z", "id": "z"}],
    }
    text = to_yaml(NAME, dict(reversed(data.items())))
    keys = [one.strip(" -").split(":")[0] for one in text.splitlines() if ":" in one]
    assert " ".join(keys) == (
        "title summary minutes outcomes introduction "
        "concepts slug name claim needs fact prompt answer body "
        "exercise task answer references title url kind level note "
        "questions slug concept kind difficulty prompt payload left id text id text right id text "
        "key aa z feedback aa z explanation"
    )
