"""Two texts made of one, without a database."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.editor.merging import Conflict, merge
from courses.editor.parts import Seen, kept, parts_of, read, seen_of, text_of, written


def lesson(**more: Any) -> dict[str, Any]:
    return text_of({"title": "T", "minutes": 30, "introduction": "I\n", "concepts": [], **more})


def concept(slug: str, body: str = "Text\n", **more: Any) -> dict[str, Any]:
    return {"slug": slug, "name": slug.title(), "body": body, **more}


def with_concepts(*slugs: str, **bodies: str) -> dict[str, Any]:
    return lesson(concepts=[concept(slug, bodies.get(slug, "Text\n")) for slug in slugs])


def bodies(document: dict[str, Any]) -> dict[str, str]:
    return {row["slug"]: row["body"] for row in document["concepts"]}


ABC = with_concepts("a", "b", "c")
CASES: dict[str, tuple[Any, Any, Any]] = {
    "each another part": (
        with_concepts("a", "b", "c", a="Mine\n"),
        with_concepts("a", "b", "c", c="Theirs\n"),
        with_concepts("a", "b", "c", a="Mine\n", c="Theirs\n"),
    ),
    "both the same": (
        with_concepts("a", "b", "c", a="New\n"),
        with_concepts("a", "b", "c", a="New\n"),
        with_concepts("a", "b", "c", a="New\n"),
    ),
    "one field of a row each": (
        lesson(concepts=[concept("a", claim="Mine"), concept("b"), concept("c")]),
        with_concepts("a", "b", "c", a="Theirs\n"),
        lesson(concepts=[concept("a", "Theirs\n", claim="Mine"), concept("b"), concept("c")]),
    ),
    "mine moved, theirs changed": (
        with_concepts("c", "a", "b"),
        with_concepts("a", "b", "c", b="Theirs\n"),
        with_concepts("c", "a", "b", b="Theirs\n"),
    ),
    "both moved alike": (
        with_concepts("c", "b", "a"),
        with_concepts("c", "b", "a"),
        with_concepts("c", "b", "a"),
    ),
    "added by each": (
        with_concepts("a", "mine", "b", "c"),
        with_concepts("theirs", "a", "b", "c"),
        with_concepts("theirs", "a", "mine", "b", "c"),
    ),
    "removed by me, left by them": (
        with_concepts("a", "c"),
        with_concepts("a", "b", "c"),
        with_concepts("a", "c"),
    ),
    "removed by them, left by me": (
        with_concepts("a", "b", "c"),
        with_concepts("b", "c"),
        with_concepts("b", "c"),
    ),
    "removed by both": (with_concepts("a"), with_concepts("a", "b"), with_concepts("a")),
    "moved by me, added and removed by them": (
        with_concepts("c", "b", "a"),
        with_concepts("a", "new", "c"),
        with_concepts("c", "a", "new"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_only_one_of_them_changed_needs_no_choice(case: str) -> None:
    mine, theirs, both = CASES[case]
    merged = merge(seen_of(ABC), mine, theirs)
    assert (merged.conflicts, merged.document) == ((), both)


def test_what_both_changed_is_a_conflict_until_it_is_chosen() -> None:
    mine, theirs = (with_concepts("a", "b", "c", a=text) for text in ("Mine\n", "Theirs\n"))
    path = ("concepts", "a", "body")
    merged = merge(seen_of(ABC), mine, theirs)
    assert merged.conflicts == (Conflict(path, "Mine\n", "Theirs\n"),)
    assert merged.document == mine
    assert merge(seen_of(ABC), mine, theirs, {path: "mine"}).document == mine
    chosen = merge(seen_of(ABC), mine, theirs, {path: "theirs"})
    assert (chosen.conflicts, chosen.document) == ((), theirs)


@pytest.mark.parametrize("turned", [False, True])
def test_removed_here_and_changed_there_is_a_conflict(turned: bool) -> None:
    removed, changed = with_concepts("a", "c"), with_concepts("a", "b", "c", b="New\n")
    mine, theirs = (changed, removed) if turned else (removed, changed)
    merged = merge(seen_of(ABC), mine, theirs)
    assert [one.path for one in merged.conflicts] == [("concepts", "b")]
    assert merge(seen_of(ABC), mine, theirs, {("concepts", "b"): "mine"}).document == mine
    assert merge(seen_of(ABC), mine, theirs, {("concepts", "b"): "theirs"}).document == theirs


def test_two_orders_are_a_conflict() -> None:
    mine, theirs = with_concepts("b", "a", "c"), with_concepts("a", "c", "b")
    merged = merge(seen_of(ABC), mine, theirs)
    assert merged.conflicts == (Conflict(("concepts",), ("b", "a", "c"), ("a", "c", "b")),)
    assert merge(seen_of(ABC), mine, theirs, {("concepts",): "theirs"}).document == theirs


def test_the_same_slug_added_twice_asks_field_by_field() -> None:
    mine, theirs = (with_concepts("a", "b", "c", "new", new=text) for text in ("M\n", "T\n"))
    merged = merge(seen_of(ABC), mine, theirs)
    assert [one.path for one in merged.conflicts] == [("concepts", "new", "body")]


def test_who_brought_nothing_overwrites_nothing() -> None:
    mine, theirs = with_concepts("a", a="Mine\n"), with_concepts("a", "b", a="Theirs\n")
    merged = merge(Seen(), mine, theirs)
    assert [one.path for one in merged.conflicts] == [("concepts", "a", "body")]
    assert list(bodies(merged.document)) == ["a", "b"]


words = st.sampled_from(["", "One\n", "Two\n", "🦓 \n"])
rows = st.lists(st.sampled_from("abcde"), unique=True, max_size=5)


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    concepts = [
        concept(slug, draw(words), claim=draw(words), fact={"prompt": "?", "answer": draw(words)})
        for slug in draw(rows)
    ]
    references = [
        {"title": draw(words) or "T", "url": f"https://{slug}.example", "kind": "paper"}
        for slug in draw(rows)
    ]
    return lesson(introduction=draw(words), concepts=concepts, references=references)


@settings(max_examples=60, deadline=None)
@given(documents(), documents())
def test_laws_of_merging(base: dict[str, Any], text: dict[str, Any]) -> None:
    seen = seen_of(base)
    for mine, theirs in ((base, text), (text, base), (text, text)):
        merged = merge(seen, mine, theirs)
        assert merged.conflicts == ()
        assert merged.document == text
    assert read(written(seen)) == seen
    assert kept(parts_of(text), parts_of(base)).orders == parts_of(text).orders


@settings(max_examples=60, deadline=None)
@given(documents(), documents(), documents())
def test_a_side_taken_whole_is_that_side_where_they_meet(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    seen = seen_of(base)
    merged = merge(seen, mine, theirs)
    paths = [one.path for one in merged.conflicts]
    assert len(set(paths)) == len(paths)
    for choices in (dict.fromkeys(paths, "mine"), dict.fromkeys(paths, "theirs")):
        settled = merge(seen, mine, theirs, choices)  # type: ignore[arg-type]
        assert settled.conflicts == ()
        keys = [row["slug"] for row in settled.document["concepts"]]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"lesson": []}', '{"lesson": 1}', "[" * 99999]
)
def test_what_a_form_brings_back_may_be_anything(text: str) -> None:
    assert read(text) is None
