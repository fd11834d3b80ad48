"""Outlines as documents, and documents of two versions that speak of the same things."""

from typing import Any

import pytest

from courses.content.schema import problems_of_course, problems_of_lesson, problems_of_notebooks
from courses.readme.documents import Documents, documents_of
from courses.readme.matching import Thing, partners
from courses.readme.merging import in_order, merged_course, merged_lesson
from courses.readme.naming import named_like
from courses.readme.reading import read
from courses.readme.slugs import Slugs, slug_of
from tests.courses.readme.samples import SETS, WEATHER


def documents(text: str) -> Documents:
    return documents_of(read(text.encode()).outline, slug="weather", title="Weather")


@pytest.mark.parametrize("name", SETS)
def test_documents_are_sound(name: str) -> None:
    found = documents(SETS[name])
    assert list(problems_of_course(found.course)) == []
    assert list(problems_of_notebooks(found.notebooks, set(found.lessons))) == []
    for data in found.lessons.values():
        assert list(problems_of_lesson(data, found.lessons)) == []


def test_documents_of_a_course() -> None:
    found = documents(WEATHER)
    assert [(row["slug"], row["lessons"]) for row in found.course["tracks"]] == [
        ("basics", ["air-pressure", "water-h2o"]),
        ("the-forecaster", ["models"]),
    ]
    pressure = found.lessons["basics/air-pressure"]
    assert [row["slug"] for row in pressure["concepts"]] == ["barometer", "isobar", "front"]
    assert (pressure["minutes"], pressure["status"]) == (7, "draft")
    assert [row["slug"] for row in found.notebooks["notebooks"]] == [
        "cloud-counter",
        "draw-isobars",
        "wind-rose",
    ]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("GGUF & llama.cpp", "gguf-llama-cpp"),
        ("The Novice’s Guide", "the-novices-guide"),
        ("Évaluation n° 1", "evaluation-n-1"),
        ("機器學習數學", ""),
        ("x" * 100, "x" * 74),
    ],
)
def test_addresses(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_addresses_are_numbered_where_they_would_meet() -> None:
    slugs = Slugs(frozenset({"notebooks"}))
    titles = ["A", "A", "A 2", "機器", "學習", "Notebooks"]
    assert [slugs.of(title, "lesson") for title in titles] == [
        *("a", "a-2", "a-2-2", "lesson-1", "lesson-2", "notebooks-2")
    ]


def thing(key: str, words: str, place: int) -> Thing:
    return Thing(key, key, frozenset(words.split()), place)


def test_partners_by_key_then_by_likeness() -> None:
    old = [thing("a", "one two", 0), thing("b", "three four five", 1), thing("c", "six", 2)]
    new = [thing("a", "nine", 0), thing("bb", "three four ten", 1), thing("d", "seven", 2)]
    assert partners(old, new) == {"a": "a", "bb": "b"}


BEFORE = """## Part

### 1. Wind

- **Gale**: A strong wind that breaks twigs off trees.
- **Calm**: Smoke rises straight up.

### 2. Rain

📚 References:
* [Drops](https://example.org/drops)
"""
AFTER = (
    BEFORE.replace("**Gale**", "**Strong gale**")
    .replace("### 2. Rain", "### 2. Rainfall")
    .replace("## Part", "## Parts")
)


def test_other_headings_keep_the_addresses() -> None:
    named = named_like(documents(AFTER), documents(BEFORE))
    assert list(named.documents.lessons) == ["part/wind", "part/rain"]
    concepts = named.documents.lessons["part/wind"]["concepts"]
    assert [(row["slug"], row["name"]) for row in concepts] == [
        ("gale", "Strong gale"),
        ("calm", "Calm"),
    ]
    assert named.moved == ()


def test_a_lesson_in_another_part_is_told_and_stays() -> None:
    after = BEFORE.replace("### 2. Rain", "## Other\n\n### 1. Rain")
    named = named_like(documents(after), documents(BEFORE))
    assert list(named.documents.lessons) == ["part/wind", "part/rain"]
    assert named.moved == ("other/rain",)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "order"),
    [
        ("abc", "abc", "abxc", "abxc"),
        ("abc", "acb", "abc", "acb"),
        ("abc", "abc", "cab", "cab"),
        ("abc", "abyc", "cab", "cabY"),
        ("", "ab", "ba", "ab"),
        ("", "", "ab", "ab"),
    ],
)
def test_order_is_ours_unless_the_readme_changed_it(
    base: str, ours: str, theirs: str, order: str
) -> None:
    stays = set(ours) | set(theirs)
    found = in_order(list(base), list(ours), list(theirs), stays)
    assert found == list(order.lower())


def lesson(**changes: Any) -> dict[str, Any]:
    concepts = [{"slug": "a", "name": "A", "body": changes.pop("body", "text\n")}]
    data = {"title": "L", "minutes": 5, "introduction": "I\n", "concepts": concepts}
    return {**data, **changes}


def test_what_one_side_changed_is_taken_and_what_both_did_is_a_conflict() -> None:
    ours = lesson(introduction="Ours\n", body="Ours\n", minutes=40, summary="S")
    theirs = lesson(title="New", body="Theirs\n", minutes=9)
    merged = merged_lesson(lesson(), ours, theirs, take=False)
    assert merged.document == lesson(
        title="New", summary="S", minutes=40, introduction="Ours\n", body="Ours\n"
    )
    assert [(one.path, one.ours, one.theirs) for one in merged.conflicts] == [
        (("concepts", "a", "body"), "Ours\n", "Theirs\n")
    ]
    taken = merged_lesson(lesson(), ours, theirs, take=True)
    assert taken.document["concepts"][0]["body"] == "Theirs\n"
    assert taken.document["introduction"] == "Ours\n"


def test_without_an_earlier_readme_nothing_of_ours_is_changed() -> None:
    merged = merged_lesson(None, lesson(), lesson(title="T", body="B\n"), take=False)
    assert merged.document == lesson()
    assert [one.path for one in merged.conflicts] == [("title",), ("concepts", "a", "body")]


def course(*tracks: tuple[str, list[str]], **fields: Any) -> dict[str, Any]:
    rows = [{"slug": s, "title": s, "optional": False, "lessons": names} for s, names in tracks]
    return {"slug": "c", "title": "C", "tracks": rows, **fields}


def test_parts_and_their_lists() -> None:
    base = course(("a", ["x", "y"]), ("b", ["z"]))
    ours = course(("a", ["x", "y", "own"]), ("b", ["z"]), edition="2025")
    theirs = course(("a", ["x", "new", "y"]), ("c", ["w"]), summary="S")
    merged = merged_course(base, ours, theirs, take=False, archived=frozenset({"b/z"}))
    assert merged.document == course(
        ("a", ["x", "new", "y", "own"]), ("c", ["w"]), edition="2025", summary="S"
    )
    assert merged.conflicts == ()
