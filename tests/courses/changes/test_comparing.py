from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.changes.comparing import Difference, compare, counts

ALPHA = {"slug": "a", "name": "Alpha", "body": "One two."}
BETA = {"slug": "b", "name": "Beta", "body": "Three."}
GAMMA = {"slug": "c", "name": "Gamma", "body": "Four."}
QUESTION = {"slug": "q", "kind": "choice", "prompt": "Which?", "payload": {"x": [1, 2]}}
LESSON = {
    "title": "Quantization",
    "minutes": 40,
    "introduction": "Fewer bits.",
    "concepts": [ALPHA, BETA, GAMMA],
    "references": [{"title": "A paper", "url": "https://a.example/", "kind": "paper"}],
    "questions": [QUESTION],
}


def lesson(**changed: Any) -> dict[str, Any]:
    return {**LESSON, **changed}


def test_equal_documents() -> None:
    assert compare(LESSON, lesson()) == ()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"minutes": 50}, Difference(("minutes",), "Minutes", "changed", "40", "50")),
        (
            {"quiz_required": False},
            Difference(("quiz_required",), "Whether the quiz is part of it", "added", "", "no"),
        ),
        (
            {"introduction": "Fewer *bits*."},
            Difference(
                ("introduction",), "Introduction", "changed", "Fewer bits.", "Fewer *bits*.", True
            ),
        ),
        (
            {"concepts": [ALPHA, {**BETA, "body": "3."}, GAMMA]},
            Difference(
                ("concepts", "b", "body"), "Concept “Beta”: text", "changed", "Three.", "3.", True
            ),
        ),
        (
            {"concepts": [BETA, GAMMA, ALPHA]},
            Difference(("concepts", "a"), "Concept “Alpha”", "moved", "place 1", "place 3"),
        ),
        (
            {"concepts": [ALPHA, BETA]},
            Difference(("concepts", "c"), "Concept “Gamma”", "removed", "Four.", "", True),
        ),
        (
            {"references": []},
            Difference(
                ("references", "https://a.example/"),
                "Reference “A paper”",
                "removed",
                "title: A paper\nurl: https://a.example/\nkind: paper",
                "",
            ),
        ),
        (
            {"questions": [{**QUESTION, "payload": {"x": [1, 3]}}]},
            Difference(
                ("questions", "q", "payload"),
                "Question “q”: answers",
                "changed",
                "x:\n- 1\n- 2",
                "x:\n- 1\n- 3",
            ),
        ),
    ],
)
def test_one_difference(changed: dict[str, Any], expected: Difference) -> None:
    assert compare(LESSON, lesson(**changed)) == (expected,)


def test_a_key_fact_by_its_halves() -> None:
    before = {"concepts": [{"slug": "a", "name": "A", "fact": {"prompt": "P?", "answer": "1"}}]}
    after = {"concepts": [{"slug": "a", "name": "A", "fact": {"prompt": "P?", "answer": "2"}}]}
    (found,) = compare(before, after)
    assert (found.label, found.markdown) == ("Concept “A”: key fact, answer", True)


def test_lessons_of_a_track_are_one_value() -> None:
    before = {"tracks": [{"slug": "t", "title": "T", "lessons": ["a", "b"]}]}
    after = {"tracks": [{"slug": "t", "title": "T", "lessons": ["b"]}]}
    assert compare(before, after) == (
        Difference(("tracks", "t", "lessons"), "Track “T”: lessons", "changed", "- a\n- b", "- b"),
    )


def test_only_what_moved_is_said_to_have_moved() -> None:
    def rows(slugs: str) -> dict[str, Any]:
        return {"concepts": [{"slug": slug, "name": slug} for slug in slugs]}

    moved = [found.path[1] for found in compare(rows("abcdef"), rows("eabdcf"))]
    assert len(moved) == 2
    assert "e" in moved


def test_counts() -> None:
    found = compare(LESSON, lesson(minutes=40, introduction="Far fewer bits now."))
    assert counts(found) == (3, 1)


KEYS = st.sampled_from(["slug", "concepts", "questions", "fact", "body"])
VALUES = st.recursive(
    st.sampled_from([None, True, 3, "", "a", "b\n"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["concepts", "title", "questions"]), VALUES, max_size=3)


@settings(max_examples=60)
@given(DOCUMENTS, DOCUMENTS)
def test_whatever_the_data(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert all(one.label for one in compare(before, after))
    assert compare(before, before) == ()
